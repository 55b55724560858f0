import { sql } from 'kysely';
import { countedOutcomes } from '../../domain/provisioning/states.ts';
import type { JobContext } from './job-context.ts';
import { releaseWaiting } from './release-waiting.ts';
import { enqueueReadyTasks, type ReadyTask } from './task-jobs.ts';

interface RequeuedRow extends ReadyTask {
  readonly status: string;
  readonly person_id: string;
}

/**
 * Opens tasks again: PENDING where their dependencies are met, else WAITING, with a fresh allowance of attempts
 * (counted so far + 1 + retries). Tasks for whose account another task is open are left alone. Enqueues what can
 * run; the caller holds the locks and re-derives items afterwards. Returns the ids of the tasks that were opened.
 */
export async function requeueTasks(
  context: JobContext,
  options: { readonly taskIds: readonly string[]; readonly maxRetries: number },
): Promise<string[]> {
  const { tx } = context;
  const { rows } = await sql<RequeuedRow>`
    update account_task t set
      status = 'WAITING', next_attempt_at = null, error_code = null, error_parameters = null, completed_at = null,
      updated_at = clock_timestamp(),
      max_attempts = 1 + ${options.maxRetries}::int + (
        select count(*) from task_attempt a where a.task_id = t.id
          and a.outcome = any(${[...countedOutcomes]}::text[]) and not (
            coalesce((a.execution_context->>'trial')::boolean, false) and a.outcome in ('RETRYABLE', 'UNCERTAIN')))
    where t.id in (
        select distinct on (f.person_id, f.system) f.id from account_task f
        where f.id = any(${[...options.taskIds]}::bigint[]) and f.status in ('FAILED', 'CANCELLED')
        order by f.person_id, f.system, f.id desc)
      and not exists (
        select 1 from account_task o where o.person_id = t.person_id and o.system = t.system
          and o.status not in ('COMPLETED', 'FAILED', 'CANCELLED'))
    returning t.id, t.system, t.origin_system as "originSystem", t.priority, t.status, t.person_id`.execute(
    tx,
  );
  const released = await releaseWaiting(tx, [...new Set(rows.map((row) => row.person_id))]);
  await enqueueReadyTasks(context, released);
  return rows.map((row) => row.id);
}
