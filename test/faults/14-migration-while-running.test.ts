import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { createOrm } from '../../src/database/orm.ts';
import { untilBlocked } from '../setup/facts.ts';
import { operatorOf } from '../setup/operator.ts';
import { ProvisioningBench } from '../setup/provisioning.ts';
import { findViolations } from './setup/invariants.ts';

/** Tables of the work, each read and written by statements that are prepared once. */
const TABLES = [
  'person',
  'account_request',
  'request_item',
  'account_task',
  'task_attempt',
  'account',
  'system_state',
];

const DEADLOCK = '40P01';

/** SQLSTATE of the failure that Postgres may end it with; null where it ends well. */
function codeOf(work: Promise<void>): Promise<string | null> {
  return work.then(
    () => null,
    (error: unknown) => {
      if (error instanceof pg.DatabaseError && error.code === DEADLOCK) return error.code;
      throw error;
    },
  );
}

let bench: ProvisioningBench;
beforeAll(async () => {
  bench = await ProvisioningBench.start({ settings: { rate_limit_idaas_per_second: 100 } });
});
afterAll(() => bench.stop());

test('a later version migrates under the work of this one, with two migrators at once', async () => {
  const ask = operatorOf(bench);
  const list = () =>
    ask(`{ requests(first: 1) { nodes { items(first: 5) { nodes {
      tasks { taskId person { fullName } attempts { outcome } } } } } } }`);
  const id = await bench.submit(
    Array.from({ length: 100 }, (_, index) => ({ employeeNumber: `MIGRATED-${index}` })),
  );
  await bench.sandbox.control.whenCalled({ system: 'IDAAS', operation: 'create', count: 10 });
  // On several connections, which prepare what they read.
  await Promise.all(Array.from({ length: 10 }, list));

  const orms = await Promise.all([1, 2].map(() => createOrm({ url: bench.core.directUrl, poolSize: 2 })));

  // What a later version's migration does: every table gets a column, and all are locked until it commits.
  const later = new pg.Client({ connectionString: bench.core.directUrl });
  await later.connect();
  const alter = async () => {
    await later.query('rollback; begin');
    for (const table of TABLES)
      await later.query(
        `alter table ${table} add column if not exists of_a_later_version text not null default 'x'`,
      );
  };
  // It takes its locks in an order of its own: a deadlock with the work is gone through again, however often.
  while ((await codeOf(alter())) === DEADLOCK);
  // Two readers at least; the work may be waiting for something else just now.
  const readers = Promise.all([list(), list()]);
  await untilBlocked(bench, 2);
  const migrators = Promise.all(orms.map((orm) => migrate(orm, bench.core.directUrl)));
  await later.query('commit');
  await later.end();
  expect(await migrators).toEqual([[], []]);
  await readers;
  await Promise.all(orms.map((orm) => orm.close(true)));

  // What was prepared before the change is not what the tables are now.
  const read = await Promise.all(Array.from({ length: 20 }, list));
  for (const { requests } of read) expect(requests.nodes[0].items.nodes).toHaveLength(5);
  expect(await bench.finished(id)).toMatchObject({ status: 'COMPLETED', round: 1 });
  const { rows } = await sql<{ outcome: string; count: number }>`
    select outcome, count(*)::int as count from task_attempt where outcome <> 'THROTTLED' group by outcome`.execute(
    bench.sql,
  );
  // Calls that waited for the locks come at once after them, which a system may answer with "later".
  expect(rows).toEqual([{ outcome: 'CREATED', count: 300 }]);
  expect(await findViolations(bench, { processes: 1 })).toEqual([]);
});
