import { type SqlBool, sql } from 'kysely';
import type { TaskStatus } from '../../../domain/provisioning/states/states.ts';
import { accountOfTask } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { bringForward } from '../../kit/job.ts';
import type { OperationContext } from '../../kit/operation.ts';
import { freshAllowance } from '../tasks/counted-attempts.ts';
import { rederive } from '../tasks/derive-states.ts';
import { isHistory } from '../tasks/history-task.ts';
import { joinOpenTasks, reviveItems } from '../tasks/join-open-tasks.ts';
import { requeueTasks } from '../tasks/requeue-tasks.ts';
import { runTaskJob } from '../tasks/task-jobs.ts';
import { type BatchTask, changeTasks, type TaskBatchInput, type TaskBatchOutcome } from './change-tasks.ts';

/** States that can be retried, and those that are unless the filter names states: cancelled tasks stay so. */
const retryable: readonly TaskStatus[] = ['FAILED', 'CANCELLED', 'RETRY'];
const retriedByDefault: readonly TaskStatus[] = ['FAILED', 'RETRY'];

/**
 * `retryTask` for every task of a filter: the newest of each person and system that ended without an account, and
 * tasks that wait for their next attempt. Skips tasks that only cancelled requests want, unless the filter names
 * CANCELLED.
 */
export function retryTasks(context: OperationContext, input: TaskBatchInput): Promise<TaskBatchOutcome> {
  const statuses = input.filter.status ?? retriedByDefault;
  const revives = statuses.includes('CANCELLED');
  // A filter that names states is a condition already; said twice, it makes the planner expect hardly any.
  const inState =
    input.filter.status == null ? sql<SqlBool>`t.status = any(${[...statuses]}::text[])` : sql<SqlBool>`true`;
  // Those that failed and were made good are not even looked at.
  const candidates = revives
    ? sql<SqlBool>`true`
    : sql<SqlBool>`t.id in (select f.task_id from standing_failure f
        union all select r.id from account_task r where r.status = 'RETRY')`;
  const wanted = revives
    ? sql<SqlBool>`true`
    : sql<SqlBool>`(not exists (select 1 from request_item_task l where l.task_id = t.id)
        or exists (select 1 from request_item_task l join request_item i on i.id = l.item_id
          join account_request r on r.id = i.request_id where l.task_id = t.id and r.cancelled_at is null))`;
  return changeTasks(context, input, {
    allowed: retryable,
    applies: sql<SqlBool>`${candidates} and ${inState}
      and (t.status = 'RETRY' or not exists (select 1 from account_task n
        where n.person_id = t.person_id and n.system = t.system and n.id > t.id))
      and not exists (${accountOfTask} offset 0)
      and ${wanted} and not ${isHistory}`,
    change: (tx, tasks) => retryBatch(tx, context, { tasks, revives }),
  });
}

async function retryBatch(
  tx: Sql,
  context: OperationContext,
  batch: { readonly tasks: readonly BatchTask[]; readonly revives: boolean },
): Promise<number> {
  const maxRetries = context.settings.get('account_creation_max_retries');
  const due = batch.tasks.filter((task) => task.status === 'RETRY');
  const ended = batch.tasks.filter((task) => task.status !== 'RETRY');
  await makeDue(tx, due, maxRetries);
  const endedIds = ended.map((task) => task.id);
  const opened = await requeueTasks({ tx, boss: context.boss }, { taskIds: endedIds, maxRetries });
  const shared = await joinOpenTasks(tx, endedIds);
  const reviveItemIds = batch.revives ? await reviveItems(tx, endedIds) : [];
  await rederive(tx, { personIds: ended.map((task) => task.person_id), reviveItemIds });
  return due.length + opened.length + shared.length;
}

/** Moves the queued jobs of these tasks to now, with a fresh allowance of attempts. */
async function makeDue(tx: Sql, tasks: readonly BatchTask[], maxRetries: number): Promise<void> {
  if (tasks.length === 0) return;
  await sql`
    update account_task t set next_attempt_at = clock_timestamp(), updated_at = clock_timestamp(),
      max_attempts = ${freshAllowance(maxRetries)}
    where t.id = any(${tasks.map((task) => task.id)}::bigint[])`.execute(tx);
  for (const [system, ofSystem] of Map.groupBy(tasks, (task) => task.system))
    await bringForward(
      tx,
      runTaskJob(system),
      ofSystem.map((task) => ({ task: task.id })),
    );
}
