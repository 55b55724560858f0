import type { Measure } from '../measure.ts';
import { planned, submit } from '../submit.ts';

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
      const requestId = await submit(service, { users: TASKS, systems: ['IDAAS'] });
      await planned(service, requestId);
      const before = service.processorMs() + harness.postgresMs();
      await service.set({ task_processing_enabled: true });
      await service.until(`select status = 'COMPLETED' as done from account_request where request_id = $1`, [
        requestId,
      ]);
      cpuMs += service.processorMs() + harness.postgresMs() - before;
      const { rows } = await service.sql.query<{ seconds: number }>(
        `select extract(epoch from r.completed_at - s.updated_at)::float8 as seconds
         from account_request r, setting s where r.request_id = $1 and s.key = 'task_processing_enabled'`,
        [requestId],
      );
      values.push(TASKS / (rows[0]?.seconds ?? Number.NaN));
      await service.set({ task_processing_enabled: false });
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
