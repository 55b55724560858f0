import { spawnSync } from 'node:child_process';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { untilOutcome } from '../../setup/facts.ts';
import { endLeases } from '../../setup/leases.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';
import { findViolations } from '../setup/invariants.ts';
import { takeForReal } from '../setup/playing.ts';
import { findDead } from '../setup/resources.ts';
import { ServiceChild, workerVariables } from '../setup/service-child.ts';

/** What `faketime` would preload; npm between it and node would not pass it on. Null where it is missing. */
function findFaketime(): string | null {
  const { stdout, status } = spawnSync('faketime', ['-f', '+0', 'printenv', 'LD_PRELOAD'], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : null;
}

const library = findFaketime();
if (library === null)
  console.log('fault 8 is skipped: no faketime on the PATH (Debian: apt-get install faketime)');

let bench: ProvisioningBench;
const workers: ServiceChild[] = [];
beforeEach(async () => {
  bench = await ProvisioningBench.start({ worker: false });
  await takeForReal(bench, true);
});
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.kill();
  await bench.stop();
});

/** A worker whose clock is off by so many hours. */
async function start(hours: '+3h' | '-3h'): Promise<ServiceChild> {
  const worker = new ServiceChild({
    ...workerVariables(bench),
    LD_PRELOAD: library ?? '',
    FAKETIME: hours,
    // Only the time of day is off: what counts how long something takes goes on as ever.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    LOG_LEVEL: 'info',
  });
  workers.push(worker);
  await worker.ready();
  return worker;
}

/** How far what was written is from the time of the database, in seconds. */
async function farthest(): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`
    select max(abs(extract(epoch from clock_timestamp() - at)))::float8 as seconds from (
      select unnest(array[created_at, updated_at, completed_at]) as at from account_request
      union all select unnest(array[created_at, updated_at, completed_at, next_attempt_at]) from account_task
      union all select unnest(array[started_at, finished_at]) from task_attempt
      union all select unnest(array[created_on, started_on, completed_on, start_after, heartbeat_on])
        from pgboss.job where name like 'provisioning.%'
      union all select unnest(array[throttled_until, last_success_at, opened_at]) from system_state) times`.execute(
    bench.sql,
  );
  return rows[0]?.seconds ?? 0;
}

test.skipIf(library === null)(
  'workers three hours ahead and behind: leases, pauses and order are the database’s',
  async () => {
    const { control } = bench.sandbox;
    await control.addFault({
      system: 'WELINK',
      operation: 'create',
      fault: 'throttle',
      retryAfter: 1,
      times: 2,
    });
    await control.addFault({ system: 'IDAAS', operation: 'create', fault: 'answer-lost', times: 2 });
    await control.addFault({
      system: 'IDAAS',
      operation: 'create',
      fault: 'invisible',
      delayMs: 3_000,
      times: 6,
    });
    await control.addFault({ system: 'EMAIL', operation: 'create', fault: 'reset', times: 2 });
    const pair = await Promise.all([start('+3h'), start('-3h')]);
    // Their logs are in their own time: they really are off.
    const hours = pair.map(({ stderr, stdout }) => /"time":"([^"]+)"/.exec(stderr + stdout)?.[1] ?? '');
    expect(hours.map((time) => Math.round((Date.parse(time) - Date.now()) / 3_600_000))).toEqual([3, -3]);
    const id = await bench.submit(Array.from({ length: 30 }, () => ({})));
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    const outcomes = (await bench.tasks(id)).flatMap((task) => task.outcomes ?? []);
    // Nobody took a lease of the other for one that has ended, and nobody waited for three hours.
    expect(outcomes).not.toContain('LOST');
    expect(new Set(outcomes)).toEqual(
      new Set(['CREATED', 'ADOPTED', 'THROTTLED', 'UNCERTAIN', 'NOT_VISIBLE_YET']),
    );
    expect(await farthest()).toBeLessThan(120);
    const living = Object.fromEntries(pair.map((worker) => [`worker ${worker.pid}`, worker]));
    expect([...(await findViolations(bench, { processes: 2 })), ...findDead(living)]).toEqual([]);
  },
);

test.skipIf(library === null)('a worker three hours ahead takes over from one that died', async () => {
  const { control } = bench.sandbox;
  await control.addFault({ system: 'IDAAS', operation: 'create', fault: 'hang', apply: true });
  const first = await start('-3h');
  const id = await bench.submit([{}, {}]);
  await untilOutcome(bench, id, { outcome: 'CREATED', count: 3 });
  await first.kill();
  await endLeases(bench, 'provisioning.%');
  await start('+3h');
  expect((await bench.finished(id)).status).toBe('COMPLETED');
  expect(await findViolations(bench, { processes: 2 })).toEqual([]);
});
