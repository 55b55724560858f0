import { defineEntity, p } from '@mikro-orm/postgresql';
import { accountStates, personMatches } from '../../domain/databases/engines.ts';
import type { CapabilityReason } from '../../domain/databases/facts/capabilities.ts';
import type { StoredMatchReason } from '../../domain/databases/facts/fact-texts.ts';
import type { Attributes } from '../../domain/databases/permissions/snapshot.ts';
import { Person } from '../people/person.ts';
import { DatabaseInstance } from './database-instance.ts';

export const DatabaseAccountSchema = defineEntity({
  name: 'DatabaseAccount',
  tableName: 'database_account',
  properties: {
    id: p.bigint('string').primary(),
    instance: () => p.manyToOne(DatabaseInstance),
    identity: p.string(),
    name: p.string(),
    host: p.string().nullable(),
    displayName: p.string(),
    nativeId: p.string().nullable(),
    isRole: p.boolean(),
    isSystem: p.boolean(),
    state: p.enum(accountStates),
    attributes: p.json<Attributes>(),
    /** Null: it has disappeared. */
    snapshotHash: p.string().nullable(),
    marksHash: p.string().nullable(),
    lockReasons: p.array(),
    locksAt: p.datetime().nullable(),
    lockedTold: p.boolean(),
    expiresAt: p.datetime().nullable(),
    lastLoginAt: p.datetime().nullable(),
    /** But LOCKED, which depends on the clock. */
    capabilities: p.array(),
    capabilityReasons: p.json<readonly CapabilityReason[]>(),
    memberOf: p.array(),
    effectiveRoles: p.array(),
    person: () => p.manyToOne(Person).nullable(),
    personMatch: p.enum(personMatches),
    personMatchReason: p.json<StoredMatchReason>().nullable(),
    /** Who said whose it is; null: found by name. */
    linkedBy: p.string().nullable(),
    firstSeenAt: p.datetime(),
    /** Of one that has disappeared; of others it is when their instance was last read. */
    lastSeenAt: p.datetime(),
    disappearedAt: p.datetime().nullable(),
  },
});

/** An account or role of a database server. */
export class DatabaseAccount extends DatabaseAccountSchema.class {}
DatabaseAccountSchema.setClass(DatabaseAccount);
