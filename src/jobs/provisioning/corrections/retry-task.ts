import { sql } from 'kysely';
import type { TaskStatus } from '../../../domain/provisioning/states/states.ts';
import { openTask } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { bringForward } from '../../kit/job.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { freshAllowance } from '../tasks/counted-attempts.ts';
import { lockAffected, rederive } from '../tasks/derive-states.ts';
import { historyCodes } from '../tasks/history-task.ts';
import { requeueTasks } from '../tasks/requeue-tasks.ts';
import { runTaskJob } from '../tasks/task-jobs.ts';

export interface RetryTaskOutcome {
  /** Primary key of the task that is open now; null when there is none of this id. */
  readonly id: string | null;
  readonly userErrors: readonly OperationError[];
}

interface FoundTask {
  readonly id: string;
  readonly person_id: string;
  readonly system: string;
  readonly status: TaskStatus;
  readonly error_code: string | null;
  /** Set: its person was erased. */
  readonly erased_at: string | null;
}

/**
 * Retries one task: opens a FAILED or CANCELLED one, makes a RETRY due now; any other state is INVALID_STATE. Where
 * another task is open for the same account, links the items to it and returns it.
 */
export function retryTask(
  context: OperationContext,
  input: { readonly taskId: string },
): Promise<RetryTaskOutcome> {
  return inTransaction(context.em, (tx) => retry(tx, context, input.taskId));
}

async function retry(tx: Sql, context: OperationContext, taskId: string): Promise<RetryTaskOutcome> {
  const candidate = await findTask(tx, taskId);
  if (candidate === null) {
    const error = operationError('NOT_FOUND', { path: ['taskId'], parameters: { kind: 'task', id: taskId } });
    return { id: null, userErrors: [error] };
  }
  await lockAffected(tx, [candidate.person_id]);
  const task = (await findTask(tx, taskId)) ?? candidate;
  switch (task.status) {
    case 'RETRY':
      await makeDue(tx, context, task);
      return { id: task.id, userErrors: [] };
    case 'FAILED':
    case 'CANCELLED':
      if (task.error_code !== null && historyCodes.includes(task.error_code)) {
        const parameters = { variant: 'HISTORY', kind: 'task', id: taskId, status: task.status };
        const refusal = operationError('INVALID_STATE', { path: ['taskId'], parameters });
        return { id: task.id, userErrors: [refusal] };
      }
      if (task.erased_at !== null) {
        const parameters = { variant: 'ERASED', kind: 'task', id: taskId, status: task.status };
        return {
          id: task.id,
          userErrors: [operationError('INVALID_STATE', { path: ['taskId'], parameters })],
        };
      }
      return { id: await open(tx, context, task), userErrors: [] };
    case 'PENDING':
    case 'WAITING':
    case 'PROCESSING':
    case 'UNCERTAIN':
    case 'COMPLETED': {
      const parameters = { kind: 'task', id: taskId, status: task.status };
      return { id: task.id, userErrors: [operationError('INVALID_STATE', { path: ['taskId'], parameters })] };
    }
  }
}

async function findTask(tx: Sql, taskId: string): Promise<FoundTask | null> {
  const row = await tx
    .selectFrom('account_task as t')
    .innerJoin('person as p', 'p.id', 't.person_id')
    .select(['t.id', 't.person_id', 't.system', 't.status', 't.error_code', 'p.erased_at'])
    .where('t.task_id', '=', taskId)
    .executeTakeFirst();
  return row ?? null;
}

async function open(tx: Sql, context: OperationContext, task: FoundTask): Promise<string> {
  const maxRetries = context.settings.get('account_creation_max_retries');
  const [opened] = await requeueTasks({ tx, boss: context.boss }, { taskIds: [task.id], maxRetries });
  const openId = opened ?? (await shareOpenTask(tx, task)) ?? task.id;
  const { rows: items } = await sql<{ id: string; request_id: string }>`
    select i.id, i.request_id from request_item_task l join request_item i on i.id = l.item_id
    where l.task_id = ${task.id}::bigint`.execute(tx);
  await sql`
    update account_request set cancelled_at = null
    where id = any(${items.map((item) => item.request_id)}::bigint[]) and cancelled_at is not null`.execute(
    tx,
  );
  await rederive(tx, { personIds: [task.person_id], reviveItemIds: items.map((item) => item.id) });
  return openId;
}

async function shareOpenTask(tx: Sql, task: FoundTask): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from account_task where person_id = ${task.person_id}::bigint and system = ${task.system}
      and status ${openTask}`.execute(tx);
  const [other] = rows;
  if (other === undefined) return null;
  await sql`
    insert into request_item_task (item_id, task_id)
    select item_id, ${other.id}::bigint from request_item_task where task_id = ${task.id}::bigint
    on conflict do nothing`.execute(tx);
  return other.id;
}

/** Moves the queued job of the task to now, with a fresh allowance of attempts. */
async function makeDue(tx: Sql, context: OperationContext, task: FoundTask): Promise<void> {
  const maxRetries = context.settings.get('account_creation_max_retries');
  await sql`
    update account_task t set next_attempt_at = clock_timestamp(), updated_at = clock_timestamp(),
      max_attempts = ${freshAllowance(maxRetries)}
    where t.id = ${task.id}::bigint`.execute(tx);
  await bringForward(tx, runTaskJob(task.system), [{ task: task.id }]);
}
