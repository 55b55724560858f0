import { type RawBuilder, sql } from 'kysely';
import { anyKey } from '../../../entities/keys.ts';

/** An attempt that was opened for a task. */
export interface OpenedAttempt {
  readonly taskId: string;
  /** From 1. */
  readonly executionAttempt: number;
}

/**
 * Claims tasks for one attempt each: sets PROCESSING and opens an attempt, in one statement that commits before
 * anything is sent. The holder of the task's only live job owns the task, so an attempt that is still open belongs to
 * a worker whose lease ended: it is closed as LOST. Tasks that are not ready stay as they are and are not returned.
 */
export function claimTasks(options: {
  readonly tasks: readonly { readonly id: string; readonly jobId: string }[];
  /** Kept with each attempt: host, process, whether it is a trial. */
  readonly context: Readonly<Record<string, unknown>>;
}): RawBuilder<OpenedAttempt> {
  const ids = options.tasks.map((task) => task.id);
  const jobIds = options.tasks.map((task) => task.jobId);
  return sql<OpenedAttempt>`
    with picked as (
      select t.id from account_task t
      where t.id = ${anyKey(ids)} and t.status in ('PENDING', 'RETRY', 'PROCESSING')
      order by t.id for no key update
    ), lost as (
      update task_attempt a set outcome = 'LOST', finished_at = clock_timestamp(), error_code = 'WORKER_LOST'
      from picked p where a.task_id = p.id and a.task_id = ${anyKey(ids)} and a.finished_at is null
    ), claimed as (
      update account_task t set status = 'PROCESSING', next_attempt_at = null, updated_at = clock_timestamp()
      from picked p where t.id = p.id and t.id = ${anyKey(ids)} returning t.id, t.system, t.person_id
    )
    insert into task_attempt (task_id, execution_attempt, execution_context, started_at)
    select c.id, 1 + coalesce((select max(a.execution_attempt) from task_attempt a where a.task_id = c.id), 0),
      ${JSON.stringify(options.context)}::jsonb || jsonb_build_object(
        'job', j.job, 'personId', c.person_id::text, 'system', c.system),
      clock_timestamp()
    from claimed c join unnest(${ids}::bigint[], ${jobIds}::text[]) as j(task, job) on j.task = c.id
    returning task_id as "taskId", execution_attempt as "executionAttempt"`;
}
