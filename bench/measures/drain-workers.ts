import { drainQueue } from '../drain-queue.ts';
import type { Figure, Measure } from '../measure.ts';

const WORKERS = 3;
const TASKS_PER_WORKER = 1_000;
const LATENCY_MS = 250;
/** Calls that one process runs at a system at once (`SLOTS_PER_PROCESS`). */
const IN_FLIGHT_PER_WORKER = 64;
const ROUNDS = 3;

/**
 * The same queue with one worker, two and three. The limit is the number of calls that this many workers can make in
 * the upstream's time: as long as the ratio holds, another worker adds as much as the first; where it falls, Postgres
 * or the processors are the limit.
 */
export const drainWorkers: Measure = (harness) => {
  const settings = { max_concurrency_idaas: WORKERS * IN_FLIGHT_PER_WORKER, task_processing_enabled: false };
  return harness.withService({ latencyMs: LATENCY_MS, settings }, async (service) => {
    const figures: Figure[] = [];
    for (let workers = 1; workers <= WORKERS; workers += 1) {
      if (workers > 1) await service.addWorker();
      const values: number[] = [];
      let cpuMs = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        const drained = await drainQueue(service, { tasks: workers * TASKS_PER_WORKER, harness });
        values.push(drained.tasksPerSecond);
        cpuMs += drained.cpuMs;
      }
      const limit = (workers * IN_FLIGHT_PER_WORKER) / (LATENCY_MS / 1_000);
      figures.push({
        name: `drain-workers-${workers}`,
        unit: 'tasks/s',
        values,
        limits: values.map(() => limit),
        cpuMsPerUnit: cpuMs / (ROUNDS * workers * TASKS_PER_WORKER),
      });
    }
    return figures;
  });
};
