import { sql } from 'kysely';
import type { AccountTask } from '../../../entities/provisioning/account-task.ts';
import { openTask } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { bringForward } from '../../kit/job.ts';
import type { OperationContext } from '../../kit/operation.ts';
import { rederive } from '../tasks/derive-states.ts';
import { countAttempts, refusedTask, type TaskOutcome, withTask } from '../tasks/locked-task.ts';
import { requeueTasks } from '../tasks/requeue-tasks.ts';
import { runTaskJob } from '../tasks/task-jobs.ts';

/**
 * Retries one task: opens a FAILED or CANCELLED one, makes a RETRY due now; any other state is INVALID_STATE. Where
 * another task is open for the same account, links the items to it and returns it.
 */
export function retryTask(
  context: OperationContext,
  input: { readonly taskId: string },
): Promise<TaskOutcome> {
  return withTask(context, input.taskId, async (task, { tx, em, at }) => {
    const refusal = task.refuseRetry();
    if (refusal !== null) return refusedTask(task, refusal, 'taskId');
    const maxRetries = context.settings.get('account_creation_max_retries');
    if (task.status !== 'RETRY')
      return { id: await open(tx, { ...context, maxRetries }, task), userErrors: [] };
    const { counted } = await countAttempts(tx, task);
    task.makeDue(counted + 1 + maxRetries, at);
    await em.flush();
    await bringForward(tx, runTaskJob(task.system), [{ task: task.id }]);
    return { id: task.id, userErrors: [] };
  });
}

/** Opens the task, or shares the one that is open for its account; returns the open one. */
async function open(
  tx: Sql,
  { boss, maxRetries }: Pick<OperationContext, 'boss'> & { readonly maxRetries: number },
  task: AccountTask,
): Promise<string> {
  const [opened] = await requeueTasks({ tx, boss }, { taskIds: [task.id], maxRetries });
  const openId = opened ?? (await shareOpenTask(tx, task)) ?? task.id;
  const { rows: items } = await sql<{ id: string; request_id: string }>`
    select i.id, i.request_id from request_item_task l join request_item i on i.id = l.item_id
    where l.task_id = ${task.id}::bigint`.execute(tx);
  await sql`
    update account_request set cancelled_at = null
    where id = any(${items.map((item) => item.request_id)}::bigint[]) and cancelled_at is not null`.execute(
    tx,
  );
  await rederive(tx, { personIds: [task.person.id], reviveItemIds: items.map((item) => item.id) });
  return openId;
}

async function shareOpenTask(tx: Sql, task: AccountTask): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from account_task where person_id = ${task.person.id}::bigint and system = ${task.system}
      and status ${openTask}`.execute(tx);
  const [other] = rows;
  if (other === undefined) return null;
  await sql`
    insert into request_item_task (item_id, task_id)
    select item_id, ${other.id}::bigint from request_item_task where task_id = ${task.id}::bigint
    on conflict do nothing`.execute(tx);
  return other.id;
}
