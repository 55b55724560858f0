import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endLeases } from '../../setup/leases.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';
import type { Answer } from '../setup/answers.ts';
import { findViolations } from '../setup/invariants.ts';
import { takeForReal } from '../setup/playing.ts';
import { findDead } from '../setup/resources.ts';
import { ServiceChild, workerVariables } from '../setup/service-child.ts';

const KILLS = 6;
const KILL_EVERY_MS = 5_000;
/** As many people as IDaaS takes until the next kill, and some more: every kill finds work under way. */
const PEOPLE_PER_REQUEST = 80;
const PEOPLE_PER_SECOND = 15;

let bench: ProvisioningBench;
const workers: ServiceChild[] = [];
beforeEach(async () => {
  const settings = { rate_limit_idaas_per_second: PEOPLE_PER_SECOND };
  bench = await ProvisioningBench.start({
    worker: false,
    settings,
    // Long enough that each worker has calls under way whenever it is killed.
    sandbox: { latencyMs: { min: 200, max: 400 } },
  });
  await takeForReal(bench, true);
});
afterEach(async () => {
  for (const worker of workers) await worker.kill();
  await bench.stop();
});

async function start(): Promise<ServiceChild> {
  const worker = new ServiceChild(workerVariables(bench));
  workers.push(worker);
  await worker.ready();
  return worker;
}

test('a worker killed every 5 s: every request ends, every account is there once', {
  timeout: 180_000,
}, async () => {
  const alive = [await start(), await start()];
  const answers: Answer[] = [];
  const ids: string[] = [];
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const businessKey = `KILL-${kill}`;
    const id = await bench.submit(
      Array.from({ length: PEOPLE_PER_REQUEST }, () => ({})),
      { businessKey },
    );
    ids.push(id);
    answers.push({ key: businessKey, requestId: (await bench.request(id)).request_id });
    await delay(KILL_EVERY_MS);
    const victim = alive.shift();
    await victim?.kill();
    alive.push(await start());
  }
  // The leases of the last ones would take 15 seconds; those before ended by themselves.
  await endLeases(bench, 'provisioning.%');
  await bench.set('rate_limit_idaas_per_second', 1_000);
  for (const id of ids) expect((await bench.finished(id)).status).toBe('COMPLETED');
  const found = await findViolations(bench, {
    processes: workers.length,
    answers,
    logs: workers.map(({ stderr }) => stderr),
  });
  const living = Object.fromEntries(alive.map((worker) => [`worker ${worker.pid}`, worker]));
  expect([...found, ...findDead(living)]).toEqual([]);
  const lost = (await Promise.all(ids.map((id) => bench.tasks(id)))).flat();
  expect(lost.filter((task) => task.outcomes?.includes('LOST')).length).toBeGreaterThan(0);
});
