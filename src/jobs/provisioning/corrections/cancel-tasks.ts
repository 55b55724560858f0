import { type SqlBool, sql } from 'kysely';
import type { TaskStatus } from '../../../domain/provisioning/states/states.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { OperationContext } from '../../kit/operation.ts';
import { rederive } from '../tasks/derive-states.ts';
import { type BatchTask, changeTasks, type TaskBatchInput, type TaskBatchOutcome } from './change-tasks.ts';

/** States in which nothing is in flight; other tasks finish and are recorded. */
const cancellable: readonly TaskStatus[] = ['PENDING', 'WAITING', 'RETRY'];

/**
 * Cancels the tasks of a filter that are not in flight. With a `requestId` it keeps tasks that another open request
 * wants too, as `cancelRequest` does; without one it cancels them for all requests. Items and requests follow.
 */
export function cancelTasks(context: OperationContext, input: TaskBatchInput): Promise<TaskBatchOutcome> {
  const { requestId } = input.filter;
  const unwanted =
    requestId == null
      ? sql<SqlBool>`true`
      : sql<SqlBool>`not exists (select 1 from request_item_task l join request_item i on i.id = l.item_id
          join account_request r on r.id = i.request_id
          where l.task_id = t.id and r.cancelled_at is null and r.request_id <> ${requestId})`;
  return changeTasks(context, input, {
    allowed: cancellable,
    applies: sql<SqlBool>`t.status in ('PENDING', 'WAITING', 'RETRY') and ${unwanted}`,
    change: cancelBatch,
  });
}

async function cancelBatch(tx: Sql, tasks: readonly BatchTask[]): Promise<number> {
  const { rows } = await sql<{ person_id: string }>`
    update account_task t set status = 'CANCELLED', next_attempt_at = null, completed_at = clock_timestamp(),
      updated_at = clock_timestamp()
    where t.id = any(${tasks.map((task) => task.id)}::bigint[]) and t.status in ('PENDING', 'WAITING', 'RETRY')
    returning t.person_id`.execute(tx);
  await rederive(tx, { personIds: rows.map((row) => row.person_id) });
  return rows.length;
}
