import { setTimeout as delay } from 'node:timers/promises';
import type { Harness } from '../harness.ts';
import type { Figure, Measure } from '../measure.ts';
import { residentMb } from '../processor-time.ts';
import { planned, submit } from '../submit.ts';

const USERS = 10_000;
const PEOPLE = 100_000;
const ROUNDS = 3;
/** Temporary memory is released meanwhile. */
const REST_MS = 2_000;

/** Resident memory of the service: after its start, after 10,000 users were planned, and after 100,000 people from HR. */
export const memory: Measure = async (harness) => {
  const idle: number[] = [];
  const full: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const settings = { task_processing_enabled: false };
    await harness.withService({ latencyMs: 0, settings }, async (service) => {
      await delay(REST_MS);
      idle.push(residentMb(service.pid));
      await planned(service, await submit(service, { users: USERS, systems: ['IDAAS', 'WELINK', 'EMAIL'] }));
      await delay(REST_MS);
      full.push(residentMb(service.pid));
    });
  }
  return [figure('memory-idle', idle), figure('memory-10000', full), await afterPeople(harness)];
};

/** After a whole sync over HTTP, which creates no tasks. */
async function afterPeople(harness: Harness): Promise<Figure> {
  const settings = { hr_sync_enabled: false, task_auto_creation_enabled: false, hieds_pages_per_second: 100 };
  const values: number[] = [];
  await harness.withService({ latencyMs: 0, settings, people: PEOPLE }, async (service) => {
    const query = 'mutation { syncHr(input: {}) { run { runId } userErrors { message } } }';
    await service.http.post(Buffer.from(JSON.stringify({ query })));
    await service.until(`select exists (select 1 from sync_run where status = 'COMPLETED') as done`);
    await delay(REST_MS);
    values.push(residentMb(service.pid));
  });
  return figure('memory-100000-people', values);
}

function figure(name: string, values: readonly number[]): Figure {
  return { name, unit: 'MB', values, limits: null, cpuMsPerUnit: null };
}
