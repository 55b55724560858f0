import pg from 'pg';
import { afterEach, expect, test, vi } from 'vitest';
import { batchOf } from '../../setup/batch.ts';
import { Portal } from '../../setup/portal.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';
import { findViolations } from '../setup/invariants.ts';
import { takeForReal } from '../setup/playing.ts';
import { findProgressViolations, followProgress } from '../setup/progress.ts';
import { CHILD_KEY, ServiceChild, serverVariables, workerVariables } from '../setup/service-child.ts';

/** What an administrator of the database does at night without thinking of us. */

const PEOPLE = 60;
/** Longer than a lease, and than any statement may take. */
const LOCKED_SECONDS = 20;

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

test('all connections ended again and again, then a table locked past leases and timeouts', {
  timeout: 240_000,
}, async () => {
  const bench = await ProvisioningBench.start({
    worker: false,
    settings: { rate_limit_idaas_per_second: 15 },
    sandbox: { latencyMs: { min: 20, max: 60 } },
  });
  undo.push(() => bench.stop());
  await takeForReal(bench, true);
  const { control } = bench.sandbox;
  const children = [serverVariables(bench), workerVariables(bench), workerVariables(bench)].map(
    (variables) => new ServiceChild(variables),
  );
  undo.push(() => Promise.all(children.map((child) => child.kill())));
  const [server, ...workers] = children;
  const portal = new Portal((await server?.ready()) ?? '', CHILD_KEY);
  await Promise.all(workers.map((worker) => worker.ready()));
  const admin = new pg.Client({ connectionString: bench.core.directUrl });
  await admin.connect();
  undo.push(() => admin.end());

  const input = batchOf(PEOPLE);
  const requestId = await portal.submit(input);
  const following = followProgress(requestId, () => portal);
  for (let round = 1; round <= 4; round += 1) {
    await control.whenCalled({ system: 'IDAAS', operation: 'create', count: round * 8 });
    const { rowCount } = await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
    );
    expect(rowCount).toBeGreaterThan(0);
  }
  await control.whenCalled({ system: 'IDAAS', operation: 'create', count: 40 });
  await admin.query('begin');
  await admin.query('lock table account_task in access exclusive mode');
  await admin.query('select pg_sleep($1)', [LOCKED_SECONDS]);
  await admin.query('commit');

  const events = await following;
  expect(events.at(-1)).toMatchObject({ final: true, completedUsers: PEOPLE });
  expect(findProgressViolations(events)).toEqual([]);
  const answers = [{ key: input.businessKey, requestId }];
  const logs = children.map(({ stderr }) => stderr);
  await vi.waitFor(
    async () => expect(await findViolations(bench, { processes: 3, answers, logs })).toEqual([]),
    { timeout: 30_000, interval: 1_000 },
  );
});
