import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { isFinalRequest } from '../../../src/domain/provisioning/states/states.ts';
import type { FaultInput } from '../../../src/sandbox/playing/faults.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';
import { findViolations } from '../setup/invariants.ts';
import { findDead } from '../setup/resources.ts';
import { chooseSeed } from '../setup/seed.ts';
import { ServiceChild, workerVariables } from '../setup/service-child.ts';

const ORIGINS = ['OA', 'SUPPLIER', 'HRPORTAL'];
const PEOPLE_OF_EACH = 50;
const SYSTEMS = ['IDAAS', 'WELINK', 'EMAIL'] as const;
/** Slow enough that the work outlasts many a worker: 150 accounts a system at eight calls a second. */
const RATE_PER_SECOND = 8;
const KILL_EVERY_MS = 4_000;
/** The last lease of a killed worker ends 20 seconds later. */
const KILLS = 8;
/** It takes about a minute on a quiet machine. */
const DEADLINE_MS = 240_000;

/** Every way to lose, slow or spoil an answer, each by a sequence of its own that the seed gives again. */
function faultsOf(seed: number): FaultInput[] {
  const faults: readonly [Partial<FaultInput> & Pick<FaultInput, 'fault'>, number][] = [
    [{ operation: 'create', fault: 'answer-lost' }, 0.1],
    [{ operation: 'create', fault: 'reset' }, 0.05],
    [{ operation: 'create', fault: 'garbage' }, 0.03],
    [{ operation: 'create', fault: 'html' }, 0.02],
    [{ operation: 'create', fault: 'empty' }, 0.02],
    [{ operation: 'create', fault: 'half' }, 0.02],
    [{ operation: 'create', fault: 'duplicate' }, 0.02],
    [{ operation: 'create', fault: 'status', status: 502 }, 0.03],
    [{ operation: '*', fault: 'throttle', retryAfter: 1 }, 0.01],
    [{ operation: 'find', fault: 'reset' }, 0.05],
    [{ operation: 'find', fault: 'status', status: 503 }, 0.05],
    [{ operation: 'create', fault: 'delay', delayMs: 800 }, 0.05],
  ];
  return faults.map(([fault, probability], index) => ({
    system: '*',
    times: 'forever',
    probability,
    seed: seed + index,
    ...fault,
  }));
}

let bench: ProvisioningBench;
const workers = new Set<ServiceChild>();
const logs: string[] = [];
let started = 0;

beforeAll(async () => {
  const rates = Object.fromEntries(
    SYSTEMS.map((system) => [`rate_limit_${system.toLowerCase()}_per_second`, RATE_PER_SECOND]),
  );
  bench = await ProvisioningBench.start({
    worker: false,
    settings: { ...rates, account_creation_max_retries: 20, uncertain_second_delay_seconds: 0.5 },
  });
});
afterAll(async () => {
  for (const worker of workers) await worker.kill();
  await bench.stop();
});

function startWorker(): ServiceChild {
  started += 1;
  const worker = new ServiceChild(workerVariables(bench));
  workers.add(worker);
  return worker;
}

/** SIGKILL, and another in its place at once. */
async function replace(worker: ServiceChild): Promise<ServiceChild> {
  await worker.kill();
  workers.delete(worker);
  logs.push(worker.stderr);
  return startWorker();
}

test('two workers, one killed every four seconds, and upstreams that lose, slow and spoil answers', {
  timeout: DEADLINE_MS + 30_000,
}, async () => {
  const seed = chooseSeed('chaos');
  const { control } = bench.sandbox;
  let [next, other] = [startWorker(), startWorker()];
  await Promise.all([next.ready(), other.ready()]);
  for (const fault of faultsOf(seed)) await control.addFault(fault);

  const begun = performance.now();
  const requests = await Promise.all(
    ORIGINS.map((originSystem, origin) =>
      bench.submit(
        Array.from({ length: PEOPLE_OF_EACH }, (_, index) => ({
          employeeNumber: `CHAOS-${origin}-${index}`,
          phoneNumber: `1370000${origin}${String(index).padStart(3, '0')}`,
        })),
        { originSystem },
      ),
    ),
  );
  const isOver = async () => {
    const states = await Promise.all(requests.map((id) => bench.request(id)));
    const { rows } = await sql`
      select from pgboss.job where state in ('created', 'retry', 'active')
        and (name like 'provisioning.run-task%' or name like 'provisioning.resolve-uncertain%'
          or name = 'provisioning.intake-request') limit 1`.execute(bench.sql);
    return states.every(({ status }) => isFinalRequest(status)) && rows.length === 0;
  };
  let kills = 0;
  while (kills < KILLS && !(await isOver())) {
    await delay(KILL_EVERY_MS);
    [next, other] = [other, await replace(next)];
    kills += 1;
  }
  await vi.waitUntil(isOver, { timeout: DEADLINE_MS, interval: 200 });
  const tookMs = performance.now() - begun;
  const played = control.faults().map(({ rule, hits }) => `${rule.operation} ${rule.fault} ${hits}`);
  console.log(`chaos: ${kills} kills, ${Math.round(tookMs / 1_000)} s; ${played.join(', ')}`);

  expect(kills).toBeGreaterThanOrEqual(6);
  expect(control.faults().reduce((sum, { hits }) => sum + hits, 0)).toBeGreaterThan(50);
  const people = ORIGINS.length * PEOPLE_OF_EACH;
  expect(control.counts()).toMatchObject({
    accounts: Object.fromEntries(SYSTEMS.map((system) => [system, people])),
    applied: Object.fromEntries(SYSTEMS.map((system) => [`${system} create`, people])),
  });
  for (const id of requests) {
    const { status, items } = await bench.request(id);
    expect({ seed, status, failed: items.filter((item) => item.status !== 'COMPLETED') }).toEqual({
      seed,
      status: 'COMPLETED',
      failed: [],
    });
  }
  const alive = [...workers];
  const found = await findViolations(bench, {
    processes: started,
    logs: [...logs, ...alive.map(({ stderr }) => stderr)],
  });
  const dead = findDead(Object.fromEntries(alive.map((worker, index) => [`worker ${index}`, worker])));
  expect({ seed, violations: [...found, ...dead] }).toEqual({ seed, violations: [] });
});
