import { defineEntity, p } from '@mikro-orm/postgresql';
import { databaseEngines, instanceStates, tlsModes } from '../../domain/databases/engines.ts';
import type { CategoryCoverage } from '../../domain/databases/permissions/catalog.ts';

export const DatabaseInstanceSchema = defineEntity({
  name: 'DatabaseInstance',
  tableName: 'database_instance',
  properties: {
    id: p.bigint('string').primary(),
    name: p.string(),
    engine: p.enum(databaseEngines),
    host: p.string(),
    port: p.integer(),
    databaseName: p.string().nullable(),
    username: p.string(),
    /** As `SecretKeys.seal` made it. */
    password: p.string(),
    tls: p.enum(tlsModes),
    caCertificate: p.string().nullable(),
    state: p.enum(instanceStates),
    tags: p.array(),
    /** LIKE patterns over names, added to the engine's own. */
    systemAccounts: p.array(),
    product: p.string().nullable(),
    version: p.string().nullable(),
    coverage: p.json<readonly CategoryCoverage[]>(),
    rolesHash: p.string().nullable(),
    /** Of all that was read and stored last. */
    catalogHash: p.string().nullable(),
    inventoriedAt: p.datetime().nullable(),
    lastSuccessAt: p.datetime().nullable(),
    createdBy: p.string(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** A database server whose accounts are read. */
export class DatabaseInstance extends DatabaseInstanceSchema.class {}
DatabaseInstanceSchema.setClass(DatabaseInstance);

export const DatabaseConnectionTestSchema = defineEntity({
  name: 'DatabaseConnectionTest',
  tableName: 'database_connection_test',
  properties: {
    id: p.bigint('string').primary(),
    instance: () => p.manyToOne(DatabaseInstance),
    /** Null until a worker has answered. */
    result: p.json<unknown>().nullable(),
    createdAt: p.datetime(),
  },
});

/** A test of a connection that a person waits for. */
export class DatabaseConnectionTest extends DatabaseConnectionTestSchema.class {}
DatabaseConnectionTestSchema.setClass(DatabaseConnectionTest);
