import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { untilOutcome } from '../../setup/facts.ts';
import { endLeases } from '../../setup/leases.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';
import { findViolations } from '../setup/invariants.ts';
import { takeForReal } from '../setup/playing.ts';
import { ServiceChild, workerVariables } from '../setup/service-child.ts';

/** A second signal within this time is taken for the same one (start.ts). */
const SAME_SIGNAL_MS = 1_000;
/** Slots are taken back after 15 s of silence (shared-slots.ts), an open transaction after 20 (application-core.ts). */
const SLOTS_BACK = { timeout: 120_000, interval: 100 };

let bench: ProvisioningBench;
let worker: ServiceChild;
beforeEach(async () => {
  bench = await ProvisioningBench.start({ worker: false });
  await takeForReal(bench, true);
  worker = new ServiceChild({ ...workerVariables(bench), LOG_LEVEL: 'info' });
  await worker.ready();
});
afterEach(async () => {
  await worker.kill();
  await bench.stop();
});

/** Ten people in the middle of whose accounts the worker is held up at two creates. */
async function holdUp(apply: boolean): Promise<string> {
  const { control } = bench.sandbox;
  await control.addFault({
    system: 'IDAAS',
    operation: 'create',
    fault: 'hang',
    times: 2,
    afterCalls: 3,
    apply,
  });
  const id = await bench.submit(Array.from({ length: 10 }, () => ({})));
  await control.whenCalled({ system: 'IDAAS', operation: 'create', count: 10 });
  await untilOutcome(bench, id, { outcome: 'CREATED', count: 8 });
  return id;
}

/** Another worker, in this process, brings the request to its end. */
async function finishElsewhere(id: string): Promise<void> {
  await takeForReal(bench, false);
  await bench.startWorker();
  expect((await bench.finished(id)).status).toBe('COMPLETED');
}

test('SIGTERM in the middle of a batch: what runs ends, the rest is given back, nothing is lost', async () => {
  const id = await holdUp(true);
  worker.signal('SIGTERM');
  await worker.logged('stopping');
  bench.sandbox.control.release();
  expect(await worker.ended()).toBe(0);
  await finishElsewhere(id);
  const outcomes = (await bench.tasks(id)).flatMap((task) => task.outcomes ?? []);
  expect(outcomes).toEqual(outcomes.map(() => 'CREATED'));
  expect(await findViolations(bench, { processes: 2, logs: [worker.stderr] })).toEqual([]);
});

test.each([
  [true, 'ADOPTED'],
  [false, 'CREATED'],
])('a second SIGTERM ends at once; whoever follows looks first (applied: %s)', async (apply, outcome) => {
  const id = await holdUp(apply);
  worker.signal('SIGTERM');
  await worker.logged('stopping');
  await delay(SAME_SIGNAL_MS + 100);
  worker.signal('SIGTERM');
  expect(await worker.ended()).toBe(1);
  await endLeases(bench, 'provisioning.%');
  await finishElsewhere(id);
  const lost = (await bench.tasks(id)).filter((task) => task.outcomes?.includes('LOST'));
  expect(lost.map((task) => task.outcomes)).toEqual([
    ['LOST', outcome],
    ['LOST', outcome],
  ]);
  expect(await findViolations(bench, { processes: 2 })).toEqual([]);
});

test('SIGSTOP past the lease, then SIGCONT: what the zombie writes changes nothing', async () => {
  const id = await holdUp(true);
  worker.signal('SIGSTOP');
  await endLeases(bench, 'provisioning.%');
  // It owns slots too, until they are taken back for want of a sign of life.
  const next = await bench.submit(
    Array.from({ length: 10 }, () => ({})),
    { systems: ['IDAAS'] },
  );
  await takeForReal(bench, false);
  await bench.startWorker();
  const completed = async (request: string) => (await bench.request(request)).status === 'COMPLETED';
  await vi.waitUntil(async () => (await completed(next)) && (await completed(id)), SLOTS_BACK);
  const before = await versions();
  // Its answers are there when it wakes up.
  bench.sandbox.control.release();
  worker.signal('SIGCONT');
  // It ends in order only after it has dealt with everything it holds.
  worker.signal('SIGTERM');
  expect(await worker.ended()).toBe(0);
  expect(await versions()).toEqual(before);
  const lost = (await bench.tasks(id)).filter((task) => task.outcomes?.includes('LOST'));
  expect(lost.length).toBeGreaterThanOrEqual(2);
  for (const { outcomes } of lost)
    expect(outcomes).toEqual(['LOST', expect.stringMatching(/CREATED|ADOPTED/)]);
  expect(await findViolations(bench, { processes: 2, logs: [worker.stderr] })).toEqual([]);
});

/** Everything that tells of the work, row by row: changes with any write. */
async function versions(): Promise<readonly string[]> {
  const { rows } = await sql<{ version: string }>`
    select 'task ' || id || ' ' || xmin::text as version from account_task
    union all select 'attempt ' || id || ' ' || xmin::text from task_attempt
    union all select 'account ' || id || ' ' || xmin::text from account
    union all select 'item ' || id || ' ' || xmin::text from request_item
    union all select 'request ' || id || ' ' || xmin::text from account_request order by 1`.execute(
    bench.sql,
  );
  return rows.map(({ version }) => version);
}
