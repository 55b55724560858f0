import type { Service } from './application.ts';
import type { Harness } from './harness.ts';
import { planned, submit } from './submit.ts';

/** Queues tasks at one system while processing is off, switches it on, and waits until every outcome is recorded. */
export async function drainQueue(
  service: Service,
  options: { readonly tasks: number; readonly harness: Harness },
): Promise<{ readonly tasksPerSecond: number; readonly cpuMs: number }> {
  const { tasks, harness } = options;
  const requestId = await submit(service, { users: tasks, systems: ['IDAAS'] });
  await planned(service, requestId);
  const before = service.processorMs() + harness.postgresMs();
  await service.set({ task_processing_enabled: true });
  await service.until(`select status = 'COMPLETED' as done from account_request where request_id = $1`, [
    requestId,
  ]);
  const cpuMs = service.processorMs() + harness.postgresMs() - before;
  const { rows } = await service.sql.query<{ seconds: number }>(
    `select extract(epoch from r.completed_at - s.updated_at)::float8 as seconds
     from account_request r, setting s where r.request_id = $1 and s.key = 'task_processing_enabled'`,
    [requestId],
  );
  await service.set({ task_processing_enabled: false });
  return { tasksPerSecond: tasks / (rows[0]?.seconds ?? Number.NaN), cpuMs };
}
