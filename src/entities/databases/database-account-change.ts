import { defineEntity, p } from '@mikro-orm/postgresql';
import { changeKinds } from '../../domain/databases/engines.ts';
import type { Permission } from '../../domain/databases/permissions/permission.ts';
import type { AttributeChanges } from '../../domain/databases/permissions/snapshot.ts';
import { SyncRun } from '../runs/sync-run.ts';
import { DatabaseAccount } from './database-account.ts';
import { DatabaseInstance } from './database-instance.ts';

export const DatabaseAccountChangeSchema = defineEntity({
  name: 'DatabaseAccountChange',
  tableName: 'database_account_change',
  properties: {
    id: p.bigint('string').primary(),
    instance: () => p.manyToOne(DatabaseInstance),
    account: () => p.manyToOne(DatabaseAccount),
    kind: p.enum(changeKinds),
    added: p.json<readonly Permission[]>(),
    removed: p.json<readonly Permission[]>(),
    other: p.json<AttributeChanges>(),
    run: () => p.manyToOne(SyncRun).nullable(),
    at: p.datetime(),
  },
});

/** An entry of the change log; only written, never changed. */
export class DatabaseAccountChange extends DatabaseAccountChangeSchema.class {}
DatabaseAccountChangeSchema.setClass(DatabaseAccountChange);
