import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiBench } from '../../setup/api.ts';
import { batchOf } from '../../setup/batch.ts';
import { findViolations } from '../setup/invariants.ts';
import { findProgressViolations, followProgress } from '../setup/progress.ts';

const DISK = join(tmpdir(), `accountsync-small-disk-${process.pid}`);
const TABLES = [
  'account_request',
  'request_item',
  'account_task',
  'task_attempt',
  'person',
  'pgboss.job_common',
];
const DISK_FULL = '53100';

let bench: ApiBench | null = null;
let refusal: string | null = null;

/** A disk of its own for the tables that grow, which only a process with the rights to mount one can have. */
beforeAll(async () => {
  bench = await ApiBench.start({
    settings: { rate_limit_idaas_per_second: 40, rate_limit_welink_per_second: 40 },
  });
  const { rows } = await sql<{ data_directory: string }>`show data_directory`.execute(bench.db);
  const { uid, gid } = statSync(rows[0]?.data_directory ?? '/');
  mkdirSync(DISK, { recursive: true });
  const options = `size=48m,uid=${uid},gid=${gid},mode=0700`;
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', DISK], { encoding: 'utf8' });
  if (mounted.status !== 0) refusal = mounted.stderr || String(mounted.error);
});
afterAll(async () => {
  await bench?.stop();
  if (bench !== null && refusal === null) {
    await tablespace((client) => client.query('drop tablespace if exists small_disk'));
    spawnSync('umount', ['-l', DISK]);
  }
  rmSync(DISK, { recursive: true, force: true });
});

/** Tablespaces belong to the whole server, and are made outside of transactions. */
async function tablespace(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const { inject } = await import('vitest');
  const client = new pg.Client({ connectionString: inject('adminUrl') });
  await client.connect();
  await work(client).finally(() => client.end());
}

test('a disk that is full while people are worked on, and freed', async (context) => {
  if (bench === null || refusal !== null) {
    console.log(`fault 15 is skipped: no disk of its own could be mounted (${refusal?.trim()})`);
    return context.skip();
  }
  const { portal, db, sandbox } = bench;
  await portal.mapDepartments(['D001']);
  await tablespace((client) => client.query(`create tablespace small_disk location '${DISK}'`));
  for (const table of TABLES)
    await sql`alter table ${sql.table(table)} set tablespace small_disk`.execute(db);
  await sql`create table filler (text text) tablespace small_disk`.execute(db);
  await sql`alter table filler alter column text set storage external`.execute(db);

  const requestId = await portal.submit(batchOf(150));
  const events = followProgress(requestId, () => portal);
  await sandbox.control.whenCalled({ system: 'IDAAS', operation: 'create', count: 20 });
  const codes = new Set<string>();
  // First by megabytes, then to the last page.
  for (const size of [1_000_000, 8_000]) {
    for (;;) {
      const error: unknown = await sql`insert into filler values (repeat('x', ${size}::int))`
        .execute(db)
        .then(
          () => null,
          (thrown: unknown) => thrown,
        );
      if (error === null) continue;
      codes.add(error instanceof Error && 'code' in error ? String(error.code) : String(error));
      break;
    }
  }
  expect([...codes]).toEqual([DISK_FULL]);
  const late = batchOf(2_000);
  const refused = await portal.post({
    query:
      'mutation M($input: CreateAccountsInput!) { createAccounts(input: $input) { request { requestId } } }',
    variables: { input: late },
  });
  expect(JSON.stringify(refused.body)).not.toMatch(/tablespace|small_disk|insert into/);
  expect(refused.body.errors?.[0]?.extensions.code).toBe('UNAVAILABLE');
  const before = await portal.read(
    'query Q($id: String!) { request(requestId: $id) { status completedUsers } }',
    {
      id: requestId,
    },
  );
  expect(before.request.status).toBe('PROCESSING');

  await sql`drop table filler`.execute(db);
  await sql`checkpoint`.execute(db);
  const seen = await events;
  expect(seen.at(-1)).toMatchObject({ completedUsers: 150, request: { status: 'COMPLETED' } });
  // Whoever was refused asks again, and is accepted once.
  const again = await portal.createAccounts({ ...late, userList: late.userList.slice(0, 50) });
  expect(again).toMatchObject({ replayed: false, userErrors: [] });
  await portal.finished(again.request.requestId);
  const found = await findViolations({ sql: db, sandbox }, { processes: 1 });
  expect([...found, ...findProgressViolations(seen)]).toEqual([]);
  expect((await fetch(new URL('/readyz', bench.url))).status).toBe(200);
});
