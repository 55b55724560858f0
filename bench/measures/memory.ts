import { setTimeout as delay } from 'node:timers/promises';
import type { Figure, Measure } from '../measure.ts';
import { residentMb } from '../processor-time.ts';
import { planned, submit } from '../submit.ts';

const USERS = 10_000;
const ROUNDS = 3;
/** What is only for the moment is given back meanwhile. */
const REST_MS = 2_000;

/** Resident memory of the service: after its start, and after 10,000 users were accepted and planned. */
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
  return [figure('memory-idle', idle), figure('memory-10000', full)];
};

function figure(name: string, values: readonly number[]): Figure {
  return { name, unit: 'MB', values, limits: null, cpuMsPerUnit: null };
}
