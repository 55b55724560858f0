import { drainQueue } from '../drain-queue.ts';
import type { Harness } from '../harness.ts';
import type { Figure, Measure } from '../measure.ts';
import { drainGraphileWorker, hasPeer } from '../peers.ts';

const TASKS = 4_000;
const LATENCY_MS = 100;
const IN_FLIGHT = 40;
const ROUNDS = 3;
const LIMIT = IN_FLIGHT / (LATENCY_MS / 1_000);

/** 4,000 tasks at one system, 40 at a time, every attempt recorded; the limit is what the upstream's time allows. */
export const drain: Measure = async (harness) => [
  await drainOurs(harness),
  ...(hasPeer('graphile-worker') ? [await drainPeer(harness)] : []),
];

function drainOurs(harness: Harness): Promise<Figure> {
  const settings = { max_concurrency_idaas: IN_FLIGHT, task_processing_enabled: false };
  return harness.withService({ latencyMs: LATENCY_MS, settings }, async (service) => {
    const values: number[] = [];
    let cpuMs = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const drained = await drainQueue(service, { tasks: TASKS, harness });
      values.push(drained.tasksPerSecond);
      cpuMs += drained.cpuMs;
    }
    return {
      name: 'drain',
      unit: 'tasks/s',
      values,
      limits: values.map(() => LIMIT),
      cpuMsPerUnit: cpuMs / (ROUNDS * TASKS),
    };
  });
}

/** The same number of jobs that make the same call and record nothing. */
async function drainPeer(harness: Harness): Promise<Figure> {
  const values: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const options = { jobs: TASKS, latencyMs: LATENCY_MS, inFlight: IN_FLIGHT };
    values.push(await harness.withDatabase((url) => drainGraphileWorker(url, options)));
  }
  return {
    name: 'drain-graphile-worker',
    unit: 'jobs/s',
    values,
    limits: values.map(() => LIMIT),
    cpuMsPerUnit: null,
  };
}
