import { setTimeout as delay } from 'node:timers/promises';
import type { Service } from '../application.ts';
import type { Harness } from '../harness.ts';
import type { Figure, Measure } from '../measure.ts';
import { planned, submit } from '../submit.ts';

const RATE = 60;
const IN_FLIGHT = 120;
const LATENCY_MS = 100;
/** A call that hangs occupies a slot for this long. */
const TIMEOUT_SECONDS = 5;
const RAMP_UP_MS = 10_000;
const WINDOW_MS = 30_000;
/** More than the windows take. */
const QUEUED = 5_000;
const KILL_ROUNDS = 3;

/** Throughput while a third of the calls fails, and the time until a killed worker's tasks run again. */
export const faults: Measure = async (harness) => [
  await goodput(harness, 'faults-goodput', { IDAAS_LOOKUP_PATH: '' }),
  await goodput(harness, 'faults-goodput-looked-up', {}),
  await rescue(harness),
];

/**
 * IDaaS at 60 calls a second: first clean, then with 30 % errors (a 500 answer, after which the effect is unknown)
 * and 5 % that never answer. By default, without a look-up, a lost answer costs one more call; with a look-up it
 * costs three (two look-ups, provisioning.md §5), and all of them count against the 60.
 */
function goodput(
  harness: Harness,
  name: string,
  variables: Readonly<Record<string, string>>,
): Promise<Figure> {
  const settings = {
    rate_limit_idaas_per_second: RATE,
    max_concurrency_idaas: IN_FLIGHT,
    task_processing_enabled: false,
  };
  const environment = { UPSTREAM_TIMEOUT_SECONDS: String(TIMEOUT_SECONDS), ...variables };
  return harness.withService({ latencyMs: LATENCY_MS, settings, environment }, async (service) => {
    await planned(service, await submit(service, { users: QUEUED, systems: ['IDAAS'] }));
    await service.set({ task_processing_enabled: true });
    const clean = await completedPerSecond(service);
    await addFault(service, { fault: 'status', status: 500, probability: 0.3, seed: 30, times: 'forever' });
    await addFault(service, { fault: 'hang', probability: 0.07, seed: 5, times: 'forever' });
    const dirty = await completedPerSecond(service);
    await fetch(`${service.controlUrl}/__sandbox/release`, { method: 'POST' });
    return { name, unit: 'tasks/s', values: [dirty], limits: [clean], cpuMsPerUnit: null };
  });
}

/** In the middle of a long queue, once the pace is steady. */
async function completedPerSecond(service: Service): Promise<number> {
  await delay(RAMP_UP_MS);
  const [before, startedAt] = [await completedTasks(service), performance.now()];
  await delay(WINDOW_MS);
  return (((await completedTasks(service)) - before) * 1_000) / (performance.now() - startedAt);
}

async function completedTasks(service: Service): Promise<number> {
  const { rows } = await service.sql.query<{ count: number }>(
    `select count(*)::int as count from account_task where status = 'COMPLETED'`,
  );
  return rows[0]?.count ?? 0;
}

async function addFault(service: Service, rule: Readonly<Record<string, unknown>>): Promise<void> {
  const answer = await fetch(`${service.controlUrl}/__sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ system: 'IDAAS', operation: 'create', ...rule }),
  });
  if (!answer.ok) throw new Error(`The sandbox refused a fault: ${await answer.text()}`);
}

/** Two workers under load, one killed: from SIGKILL until the last task it held has been tried again. */
async function rescue(harness: Harness): Promise<Figure> {
  const values: number[] = [];
  for (let round = 0; round < KILL_ROUNDS; round += 1) {
    const settings = { max_concurrency_idaas: IN_FLIGHT, task_processing_enabled: false };
    values.push(
      await harness.withService({ latencyMs: 1_000, settings, role: 'server' }, async (service) => {
        const [killed] = [await service.addWorker(), await service.addWorker()];
        await planned(service, await submit(service, { users: 2_000, systems: ['IDAAS'] }));
        await service.set({ task_processing_enabled: true });
        await delay(RAMP_UP_MS / 2);
        return timeToRescue(service, killed);
      }),
    );
  }
  return { name: 'faults-rescue', unit: 's', values, limits: null, cpuMsPerUnit: null };
}

async function timeToRescue(service: Service, pid: number): Promise<number> {
  const startedAt = performance.now();
  process.kill(pid, 'SIGKILL');
  // The other goes on: what has been open for longer than any call takes belonged to the one that is gone.
  await service.sql.query(`create table bench_open as
    select task_id, execution_attempt from task_attempt where finished_at is null`);
  await service.until(`select not exists (select 1 from bench_open b join task_attempt a using (task_id, execution_attempt)
    where a.finished_at is null) as done`);
  return (performance.now() - startedAt) / 1_000;
}
