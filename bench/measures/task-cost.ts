import type { Measure } from '../measure.ts';
import { completed, submit } from '../submit.ts';

const USERS = 1_000;
const SYSTEMS = ['IDAAS', 'WELINK', 'EMAIL'];
const LATENCY_MS = 20;
const ROUNDS = 3;

/** Processor time of service and Postgres per completed task, from accepting the request to COMPLETED. */
export const taskCost: Measure = (harness) =>
  harness.withService({ latencyMs: LATENCY_MS }, async (service) => {
    await completed(service, await submit(service, { users: 100, systems: SYSTEMS }));
    const values: number[] = [];
    const ofService: number[] = [];
    const perSecond: number[] = [];
    const tasks = USERS * SYSTEMS.length;
    for (let round = 0; round < ROUNDS; round += 1) {
      const startedAt = performance.now();
      const before = { service: service.processorMs(), postgres: harness.postgresMs() };
      await completed(service, await submit(service, { users: USERS, systems: SYSTEMS }));
      const serviceMs = service.processorMs() - before.service;
      values.push((serviceMs + harness.postgresMs() - before.postgres) / tasks);
      ofService.push(serviceMs / tasks);
      perSecond.push((tasks * 1_000) / (performance.now() - startedAt));
    }
    return [
      { name: 'task-cost', unit: 'ms', values, limits: null, cpuMsPerUnit: null },
      { name: 'task-cost-service', unit: 'ms', values: ofService, limits: null, cpuMsPerUnit: null },
      { name: 'task-cost-speed', unit: 'tasks/s', values: perSecond, limits: null, cpuMsPerUnit: null },
    ];
  });
