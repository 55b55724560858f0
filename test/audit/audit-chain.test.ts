import { type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inTransaction } from '../../src/entities/transaction.ts';
import { purgeAudit } from '../../src/jobs/audit/purge-audit.ts';
import { sealAudit } from '../../src/jobs/audit/seal-audit.ts';
import { type AuditVerification, verifyAudit } from '../../src/jobs/audit/verify-audit.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { insertTask, sqlOf } from '../setup/rows.ts';

/** The chain over the audit log: what cannot be changed unnoticed (docs/audit.md). */

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const run = <T>(statement: RawBuilder<T>) => statement.execute(sqlOf(database.orm));
const sealNow = () => sealAudit({ em: database.orm.em });
const verify = (head: string | null = null): Promise<AuditVerification> =>
  verifyAudit(sqlOf(database.orm), { after: '0', head });

/** Transactions of the whole server count: other tests have some of their own. */
async function untilAllAreOver(): Promise<void> {
  await run(sql`
    do $$ begin
      for i in 1..4000 loop
        exit when pg_snapshot_xmin(pg_current_snapshot()) > coalesce((select max(txid::text::bigint) from audit_entry), 0)::text::xid8;
        perform pg_sleep(0.005);
      end loop;
    end $$`);
}

async function seal(): Promise<number> {
  await untilAllAreOver();
  return await sealNow();
}

/** Two tasks and their end, sealed. */
async function happen(): Promise<void> {
  const ids = [await insertTask(sqlOf(database.orm)), await insertTask(sqlOf(database.orm))];
  await run(sql`update account_task set status = 'FAILED' where id = any(${ids}::bigint[])`);
  await seal();
}

/** What whoever owns the database can do. */
async function tamper(statement: RawBuilder<unknown>): Promise<void> {
  const tables = ['audit_entry', 'audit_seal'];
  for (const table of tables) await run(sql`alter table ${sql.table(table)} disable trigger user`);
  await run(statement);
  for (const table of tables) await run(sql`alter table ${sql.table(table)} enable trigger user`);
}

async function taskEntries(): Promise<string[]> {
  const { rows } = await run(sql<{ id: string }>`
    select id from audit_entry where subject_kind = 'TASK' order by id`);
  return rows.map(({ id }) => id);
}

test('an untouched chain is whole, and has an older head', async () => {
  expect(await verify()).toMatchObject({ seals: 0, complete: true, problem: null, head: null });
  await happen();
  const { head } = await verify();
  await happen();
  await happen();
  expect(await verify(head)).toMatchObject({
    seals: 3,
    complete: true,
    problem: null,
    headFound: true,
    unsealed: 0,
  });
  expect(await verify('ab'.repeat(32))).toMatchObject({
    headFound: false,
    problem: { kind: 'HEAD_MISSING' },
  });
});

test('two that seal at once seal everything once; an open transaction is waited for', async () => {
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  await other.query(
    `begin; update setting set value = value; insert into setting (key, value) values ('late', '1')`,
  );
  await insertTask(sqlOf(database.orm));
  await sealNow();
  expect(await verify()).toMatchObject({ problem: null, complete: true });
  expect((await verify()).unsealed).toBeGreaterThan(0);
  await other.query('commit');
  await other.end();
  await untilAllAreOver();
  await Promise.all([sealNow(), sealNow(), sealNow()]);
  expect(await verify()).toMatchObject({ problem: null, unsealed: 0 });
  const { rows } = await run(sql<{ sealed: number; all: number }>`
    select (select sum(entries) from audit_seal)::int as sealed, (select count(*) from audit_entry)::int as all`);
  expect(rows[0]?.sealed).toBe(rows[0]?.all);
});

test.for([
  [
    'ENTRY_ALTERED',
    (id: string) => sql`update audit_entry set actor = 'somebody else' where id = ${id}::bigint`,
  ],
  [
    'ENTRY_ALTERED',
    (id: string) =>
      sql`update audit_entry set happened_at = happened_at - interval '1 ms' where id = ${id}::bigint`,
  ],
  [
    'ENTRY_ALTERED',
    (id: string) => sql`update audit_entry set after = '{"status": "COMPLETED"}' where id = ${id}::bigint`,
  ],
  ['ENTRY_REMOVED', (id: string) => sql`delete from audit_entry where id = ${id}::bigint`],
] as const)('%s: an entry that was changed is named (%#)', async ([kind, change]) => {
  await happen();
  await happen();
  const [, victim = ''] = await taskEntries();
  await tamper(change(victim));
  expect((await verify()).problem).toMatchObject({ kind, seal: '1', entry: victim });
});

test('entries that changed places are named', async () => {
  await happen();
  const [first = '', second = ''] = await taskEntries();
  await tamper(sql`
    update audit_entry a set txid = b.txid, happened_at = b.happened_at, actor = b.actor, subject_id = b.subject_id,
      correlation_id = b.correlation_id, action = b.action, before = b.before, after = b.after
    from audit_entry b
    where (a.id, b.id) in ((${first}::bigint, ${second}::bigint), (${second}::bigint, ${first}::bigint))`);
  expect((await verify()).problem).toMatchObject({ kind: 'ENTRY_MOVED', entry: first });
});

test('an entry that is put into the past is named', async () => {
  await run(sql`select nextval('audit_entry_id_seq')`);
  for (let round = 0; round < 3; round += 1) await happen();
  const [place = ''] = (
    await run(sql<{ id: string }>`
    select (min(id) - 1)::text as id from audit_entry`)
  ).rows.map(({ id }) => id);
  await tamper(sql`
    insert into audit_entry (id, actor, action, subject_kind, subject_id) overriding system value
    values (${place}::bigint, 'admin', 'task.changed', 'TASK', '1')`);
  expect((await verify()).problem).toMatchObject({ kind: 'ENTRY_INSERTED', entry: place });
});

test.for([
  ['SEAL_ALTERED', '2', sql`update audit_seal set sealed_at = sealed_at - interval '1 day' where id = 2`],
  ['SEAL_ALTERED', '2', sql`update audit_seal set digests = decode('00', 'hex') where id = 2`],
  ['SEAL_REMOVED', '3', sql`delete from audit_seal where id = 2`],
  ['SEAL_REMOVED', '2', sql`delete from audit_seal where id = 1`],
] as const)('%s: a seal that was changed is named (%#)', async ([kind, where, change]) => {
  for (let round = 0; round < 3; round += 1) await happen();
  await tamper(change);
  expect((await verify()).problem).toMatchObject({ kind, seal: where, entry: null });
});

test('the newest seals cut off, entries and all, show against a head that was noted', async () => {
  for (let round = 0; round < 2; round += 1) await happen();
  const { head } = await verify();
  await tamper(sql`delete from audit_entry e using audit_seal s where s.id = 2 and s.entry_ids @> e.id`);
  await tamper(sql`delete from audit_seal where id = 2`);
  expect((await verify()).problem).toBeNull();
  expect((await verify(head)).problem).toMatchObject({ kind: 'HEAD_MISSING', head });
});

test('only the purge removes, only what is past its days, and the rest is still a chain', async () => {
  await happen();
  // As if the first had happened long ago: all of it in one seal made then.
  await tamper(sql`delete from audit_seal`);
  await tamper(sql`update audit_entry set happened_at = now() - interval '200 days'`);
  for (let round = 0; round < 4; round += 1) {
    await seal();
    await happen();
  }
  const { entries } = await verify();
  await expect(
    run(sql`delete from audit_entry where id = (select max(id) from audit_entry)`),
  ).rejects.toThrow('append-only');
  await expect(run(sql`delete from audit_seal where id = 2`)).rejects.toThrow('append-only');

  const purged = await inTransaction(database.orm.em, (tx) => purgeAudit(tx, 180));
  expect(purged).toBeGreaterThan(0);
  expect(await inTransaction(database.orm.em, (tx) => purgeAudit(tx, 180))).toBe(0);
  await seal();
  expect(await verify()).toMatchObject({
    problem: null,
    complete: true,
    unsealed: 0,
    entries: entries - purged + 1,
  });
  await tamper(sql`delete from audit_seal where id = 2`);
  expect((await verify()).problem).toMatchObject({ kind: 'SEAL_REMOVED', seal: '3' });
});

test('what has grown since the last look is sealed in several seals, each behind the other', async () => {
  await run(sql`
    insert into department_mapping (idata_department_code, idaas_department_code, ou)
    select 'D' || n, 'W', 'OU' from generate_series(1, 45000) n`);
  expect(await seal()).toBeGreaterThanOrEqual(45_000);
  await happen();
  expect(await verify()).toMatchObject({ seals: 4, problem: null, complete: true, unsealed: 0 });
});
