import { drainQueue } from '../drain-queue.ts';
import type { Measure } from '../measure.ts';

const TASKS = 4_000;
const LATENCY_MS = 100;
const IN_FLIGHT = 40;
const ROUNDS = 3;

/** 4,000 tasks at one system, 40 at a time, every attempt recorded; the limit is what the upstream's time allows. */
export const drain: Measure = (harness) => {
  const settings = { max_concurrency_idaas: IN_FLIGHT, task_processing_enabled: false };
  return harness.withService({ latencyMs: LATENCY_MS, settings }, async (service) => {
    const values: number[] = [];
    let cpuMs = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const drained = await drainQueue(service, { tasks: TASKS, harness });
      values.push(drained.tasksPerSecond);
      cpuMs += drained.cpuMs;
    }
    const limit = IN_FLIGHT / (LATENCY_MS / 1_000);
    return [
      {
        name: 'drain',
        unit: 'tasks/s',
        values,
        limits: values.map(() => limit),
        cpuMsPerUnit: cpuMs / (ROUNDS * TASKS),
      },
    ];
  });
};
