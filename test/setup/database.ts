import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createOrm, type Orm } from '../../src/database/orm.ts';
import { inDatabase } from './database-url.ts';

export interface TestDatabase {
  /** `postgres://…`, for connections of the test's own. */
  readonly url: string;
  readonly orm: Orm;
  /** Closes the orm and removes the database, whoever is still connected. */
  drop(): Promise<void>;
}

/**
 * A database of its own, migrated, with pg-boss's schema and no queues (`startTestBoss` creates those). A clone of
 * the template: about 30 ms. Call it per file or per test, and `drop` it in `afterAll` or `afterEach`.
 */
export async function createTestDatabase(
  options: { readonly poolSize?: number } = {},
): Promise<TestDatabase> {
  const name = await createDatabase(`template ${inject('templateDatabase')}`);
  return openDatabase(name, options.poolSize ?? 10);
}

/** As `createTestDatabase`, but with nothing in it: for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return openDatabase(await createDatabase(''), 4);
}

async function createDatabase(options: string): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdmin(`create database ${name} ${options}`);
  return name;
}

async function openDatabase(name: string, poolSize: number): Promise<TestDatabase> {
  const url = inDatabase(inject('adminUrl'), name);
  const orm = await createOrm({ url, poolSize });
  const drop = async () => {
    await orm.close(true);
    await untilLeft(name);
    await asAdmin(`drop database if exists ${name} with (force)`);
  };
  return { url, orm, drop };
}

/**
 * A pool has ended when it has said goodbye on every connection, not when the server heard it: one that is thrown out
 * meanwhile has nobody left to listen to its error. Whoever stays longer is thrown out all the same.
 */
async function untilLeft(name: string): Promise<void> {
  await asAdmin(`do $$ begin
    for i in 1..200 loop
      perform pg_stat_clear_snapshot();
      exit when not exists (select 1 from pg_stat_activity where datname = '${name}' and backend_type = 'client backend');
      perform pg_sleep(0.01);
    end loop;
  end $$`);
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('adminUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
