import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { startCore } from '../../src/application/core.ts';
import { checkServer } from '../../src/database/check-server.ts';
import { parseEnv } from '../../src/environment/env.ts';
import { connectorDefinitions } from '../../src/integrations/registry.ts';
import { SecretKeys } from '../../src/jobs/secrets/secret-keys.ts';
import { createLogger } from '../../src/logger.ts';
import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { createEmptyDatabase } from '../setup/database.ts';
import { inDatabase } from '../setup/database-url.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

const logger = createLogger({ level: 'silent', pretty: false });

async function admin(statement: string, database?: string): Promise<void> {
  const url = inject('adminUrl');
  const client = new pg.Client({
    connectionString: database === undefined ? url : inDatabase(url, database),
  });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

const nameOf = (url: string) => new URL(url).pathname.slice(1);
/** The defaults of files/postgres-01-role-defaults.sql, for everybody in one database. */
const DEFAULTS = [
  "statement_timeout = '10s'",
  "lock_timeout = '50ms'",
  "idle_in_transaction_session_timeout = '5s'",
  "TimeZone = 'America/New_York'",
  "DateStyle = 'SQL, DMY'",
  "IntervalStyle = 'sql_standard'",
  "bytea_output = 'escape'",
  'standard_conforming_strings = off',
  "search_path = 'accountsync_private'",
  "default_transaction_isolation = 'serializable'",
];

async function withDefaults(url: string): Promise<void> {
  for (const setting of DEFAULTS) await admin(`alter database ${nameOf(url)} set ${setting}`);
}

describe('PG04', () => {
  test('three replicas start at once on an empty database, whatever its defaults are', async () => {
    const database = await createEmptyDatabase();
    open.push(() => database.drop());
    await withDefaults(database.url);
    const env = parseEnv({ SANDBOX: 'on' }, connectorDefinitions);
    const secrets = new SecretKeys([Buffer.alloc(32, 1)]);
    const cores = await Promise.all(
      Array.from({ length: 3 }, () =>
        startCore({ env, url: database.url, directUrl: database.url, secrets, logger }),
      ),
    );
    for (const core of cores) open.push(() => core.close());
    expect(cores).toHaveLength(3);
  });

  test('times are the same as without them', async () => {
    const bench = await ApiBench.start({
      through: async (url) => {
        await withDefaults(url);
        return {};
      },
    });
    open.push(() => bench.stop());
    await bench.portal.mapDepartments(['D001']);
    const before = Date.now();
    const requestId = await bench.portal.submit(batchOf(1));
    await bench.portal.finished(requestId);
    const { request } = await bench.portal.read(
      'query($id: String!) { request(requestId: $id) { status createdAt completedAt } }',
      { id: requestId },
    );
    expect(request.status).toBe('COMPLETED');
    for (const time of [request.createdAt, request.completedAt]) {
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
      expect(Math.abs(Date.parse(time) - before)).toBeLessThan(120_000);
    }
  });
});

describe('PG02', () => {
  test.for(['SQL_ASCII', 'EUC_CN'])('a database of %s is refused in one sentence', async (encoding) => {
    const name = `field_${encoding.toLowerCase()}_${process.pid}`;
    await admin(
      `create database ${name} template template0 encoding '${encoding}' lc_collate 'C' lc_ctype 'C'`,
    );
    open.push(() => admin(`drop database ${name} with (force)`));
    await expect(checkServer(inDatabase(inject('adminUrl'), name), null)).rejects.toThrow(
      `encoded in ${encoding}, which cannot hold every name: it has to be UTF8`,
    );
  });
});

describe('PG01', () => {
  test('a primary that takes no writes is the database away: 503, not ready, and all is done afterwards', async () => {
    const bench = await ApiBench.start();
    open.push(() => bench.stop());
    await bench.portal.mapDepartments(['D001']);
    const database = await databaseOf(bench);
    const requestId = await bench.portal.submit(batchOf(20));
    // New connections take no writes; those there are lose theirs.
    await admin(`alter database ${database} set default_transaction_read_only = on`);
    await admin(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}' and pid <> pg_backend_pid()`,
    );
    const origin = new URL(bench.url).origin;
    await expect.poll(async () => (await fetch(`${origin}/readyz`)).status).toBe(503);
    await expect
      .poll(async () => {
        const { status, body } = await bench.portal.post({
          query: `mutation($input: CreateAccountsInput!) { createAccounts(input: $input) { request { requestId } } }`,
          variables: { input: batchOf(1) },
        });
        return [status, body.errors?.[0]?.extensions?.code];
      })
      .toEqual([503, 'UNAVAILABLE']);
    await admin(`alter database ${database} reset default_transaction_read_only`);
    await expect.poll(async () => (await fetch(`${origin}/readyz`)).status).toBe(200);
    await bench.portal.finished(requestId);
    const { request } = await bench.portal.read(
      'query($id: String!) { request(requestId: $id) { status } }',
      {
        id: requestId,
      },
    );
    expect(request.status).toBe('COMPLETED');
  });
});

async function databaseOf({ db }: ApiBench): Promise<string> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db);
  return rows[0]?.name ?? '';
}
