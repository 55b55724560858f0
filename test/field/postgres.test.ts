import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { startCore } from '../../src/application/core.ts';
import { checkServer } from '../../src/database/check-server.ts';
import { migrate } from '../../src/database/migrate.ts';
import { migrationsList } from '../../src/database/migrations-list.ts';
import { createOrm, type Orm } from '../../src/database/orm.ts';
import { parseEnv } from '../../src/environment/env.ts';
import { connectorDefinitions } from '../../src/integrations/registry.ts';
import { sealAudit } from '../../src/jobs/audit/seal-audit.ts';
import { verifyAudit } from '../../src/jobs/audit/verify-audit.ts';
import { SecretKeys } from '../../src/jobs/secrets/secret-keys.ts';
import { createLogger } from '../../src/logger.ts';
import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { createEmptyDatabase } from '../setup/database.ts';
import { inDatabase } from '../setup/database-url.ts';
import { insertTask, sqlOf } from '../setup/rows.ts';

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

const PEOPLE = 100_000;
/** The last migrations of this build: the upgrade. */
const UPGRADES = 3;

/** Of every person's days and moments. */
async function fingerprint(orm: Orm): Promise<string | null> {
  const { rows } = await sql<{ hash: string | null }>`
    select md5(string_agg(concat_ws(' ', employee_number, birth_day, created_at), ',' order by id)) as hash
    from person where employee_number ~ '^P[0-9]+$'`.execute(sqlOf(orm));
  return rows[0]?.hash ?? null;
}

/** Seals once; transactions of the whole server count, and those of other tests end. */
async function seal({ em }: Orm): Promise<void> {
  await expect.poll(() => sealAudit({ em })).toBeGreaterThan(0);
}

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

  test('an upgrade of many people changes none of their times, and seals hold across both', async () => {
    const database = await createEmptyDatabase();
    open.push(() => database.drop());
    const upTo = migrationsList.at(-UPGRADES - 1)?.name ?? '';
    await database.orm.migrator.up({ to: upTo });
    await sql`
      insert into person (employee_number, full_name, person_type, employee_status, source, birth_day, created_at)
      select 'P' || n, '张三', '11', '1', 'REQUEST', date '1988-07-01' + n % 9000, timestamptz '2026-11-30 17:17:00.123456Z'
        + n * interval '1 minute' from generate_series(1, ${PEOPLE}::int) n`.execute(sqlOf(database.orm));
    await insertTask(sqlOf(database.orm));
    const before = await fingerprint(database.orm);
    await seal(database.orm);

    await withDefaults(database.url);
    const upgraded = await createOrm({ url: database.url, poolSize: 2 });
    open.push(() => upgraded.close(true));
    expect(await migrate(upgraded, database.url)).toHaveLength(UPGRADES);
    expect(await fingerprint(upgraded)).toBe(before);
    await insertTask(sqlOf(upgraded));
    await seal(upgraded);
    for (const orm of [upgraded, database.orm]) {
      expect(await verifyAudit(sqlOf(orm), { after: '0', head: null })).toMatchObject({
        seals: 2,
        complete: true,
        problem: null,
      });
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
