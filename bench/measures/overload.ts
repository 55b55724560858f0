import type { Service } from '../application.ts';
import { callsPerSecond } from '../http-client.ts';
import type { Measure } from '../measure.ts';
import { openLoop } from '../open-loop.ts';
import { residentMb } from '../processor-time.ts';
import { batchBody } from '../submit.ts';

const CALLERS = 64;
const PEAK_MS = 10_000;
const OVERLOAD_MS = 60_000;
const TIMES = 3;
/** Normal again: this share of the peak, within this time. */
const NORMAL = 0.9;
const PROBE_MS = 1_000;
const PROBES_MAX = 30;
const LOOK_EVERY_MS = 250;

const READ = JSON.stringify({
  query: `query Tasks($filter: TaskFilter!) { tasks(first: 20, filter: $filter) {
    edges { cursor node { taskId system status createdAt person { employeeNumber } } } } }`,
  variables: { filter: { system: ['WELINK'] } },
});

/**
 * Three times as many calls as the service can answer, for a minute: a fifth of them new requests, the others pages
 * of tasks. Compares its answers and its memory with those at the peak, and measures how soon it is normal again.
 */
export const overload: Measure = (harness) => {
  const settings = { task_processing_enabled: false, api_rate_limit_points: 100_000_000 };
  return harness.withService({ latencyMs: 0, settings }, async (service) => {
    const body = mixed();
    const peakOf = (durationMs: number) =>
      callsPerSecond(() => service.http.post(body()), { callers: CALLERS, durationMs });
    await peakOf(PEAK_MS / 2);
    const peakMemory = watchMemory(service);
    const { perSecond: peak } = await peakOf(PEAK_MS);
    const memoryAtPeak = peakMemory.stop();

    const memory = watchMemory(service);
    const loop = await openLoop({
      url: service.url,
      headers: { authorization: `Bearer ${service.apiKey}` },
      perSecond: peak * TIMES,
      durationMs: OVERLOAD_MS,
      body,
    });
    const memoryUnderLoad = memory.stop();
    const unexplained = Object.values(loop.unexplained).reduce((sum, count) => sum + count, 0);
    if (unexplained > 0) process.stderr.write(`overload: unexplained ${JSON.stringify(loop.unexplained)}\n`);
    return [
      figure('overload-goodput', 'operations/s', (loop.good * 1_000) / OVERLOAD_MS, peak),
      figure('overload-refused', 'share', loop.refused / loop.sent, null),
      figure('overload-unexplained', 'operations', unexplained, null),
      figure('overload-memory', 'MB', memoryUnderLoad, memoryAtPeak),
      figure('overload-recovery', 's', await recovery(peakOf, peak), null),
    ];
  });
};

/** Every fifth call submits a new person. */
function mixed(): () => string {
  let calls = 0;
  return () => {
    calls += 1;
    return calls % 5 === 0 ? batchBody({ users: 1, systems: ['IDAAS'] }) : READ;
  };
}

async function recovery(
  peakOf: (durationMs: number) => Promise<{ readonly perSecond: number }>,
  peak: number,
): Promise<number> {
  const startedAt = performance.now();
  for (let probe = 0; probe < PROBES_MAX; probe += 1) {
    const { perSecond } = await peakOf(PROBE_MS);
    if (perSecond >= peak * NORMAL) break;
  }
  return (performance.now() - startedAt) / 1_000;
}

/** The highest resident memory until it is stopped. */
function watchMemory(service: Service): { readonly stop: () => number } {
  let highest = 0;
  const look = () => {
    highest = Math.max(highest, residentMb(service.pid));
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return highest;
    },
  };
}

function figure(name: string, unit: string, value: number, limit: number | null) {
  return { name, unit, values: [value], limits: limit === null ? null : [limit], cpuMsPerUnit: null };
}
