import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Service } from '../application.ts';
import type { Measure } from '../measure.ts';
import { isAlive } from '../processor-time.ts';
import { planned, submit } from '../submit.ts';
import { timedJob } from '../timed-job.ts';

const SYSTEMS = ['IDAAS', 'WELINK', 'EMAIL'];
const REQUESTS = 7;
const USERS = 10_000;
const SWEEPS = 3;
const LATENCY_MS = 20;
/** How long outcomes come before the stop. */
const WORKED_MS = 10_000;
const LOOK_EVERY_MS = 5;

const controlSchema = z.object({ accounts: z.record(z.string(), z.number()) });

/**
 * Beside 210,000 ready tasks: the sweep, and a stop in the middle of the work at rates that nothing holds back. What was
 * made upstream and not recorded when it has stopped is counted.
 */
export const queue: Measure = (harness) => {
  const settings = {
    task_processing_enabled: false,
    account_dependencies: Object.fromEntries(SYSTEMS.map((system) => [system, []])),
    ...Object.fromEntries(SYSTEMS.map((system) => [`max_concurrency_${system.toLowerCase()}`, 64])),
  };
  return harness.withService({ latencyMs: LATENCY_MS, settings }, async (service) => {
    for (let count = 0; count < REQUESTS; count += 1)
      await planned(service, await submit(service, { users: USERS, systems: SYSTEMS }));
    const sweeps: number[] = [];
    for (let count = 0; count < SWEEPS; count += 1)
      sweeps.push(await timedJob(service, 'provisioning.sweep'));

    await service.set({ task_processing_enabled: true });
    await service.until(`select exists (select 1 from account_task where status = 'COMPLETED') as done`);
    const before = await recorded(service);
    const startedAt = performance.now();
    await delay(WORKED_MS);
    const perSecond = ((await recorded(service)) - before) / ((performance.now() - startedAt) / 1_000);
    const stoppedAt = performance.now();
    process.kill(service.pid, 'SIGTERM');
    while (isAlive(service.pid)) await delay(LOOK_EVERY_MS);
    const stopMs = performance.now() - stoppedAt;
    const figure = (name: string, unit: string, ...values: number[]) => ({
      name,
      unit,
      values,
      limits: null,
      cpuMsPerUnit: null,
    });
    return [
      figure('queue-sweep', 'ms', ...sweeps),
      figure('queue-recorded', 'tasks/s', perSecond),
      figure('queue-stop', 'ms', stopMs),
      figure('queue-stop-unrecorded', 'accounts', (await made(service)) - (await recorded(service))),
    ];
  });
};

async function recorded(service: Service): Promise<number> {
  const { rows } = await service.sql.query<{ count: number }>(
    `select count(*)::int as count from account_task where status = 'COMPLETED'`,
  );
  return rows[0]?.count ?? 0;
}

/** Accounts at the upstreams. */
async function made({ controlUrl }: Service): Promise<number> {
  const response = await fetch(`${controlUrl}/__sandbox/counts`);
  const { accounts } = controlSchema.parse(await response.json());
  return Object.values(accounts).reduce((sum, count) => sum + count, 0);
}
