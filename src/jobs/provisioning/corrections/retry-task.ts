import type { AccountTask } from '../../../entities/provisioning/account-task.ts';
import type { Sql } from '../../../entities/tables.ts';
import { bringForward } from '../../kit/job.ts';
import type { OperationContext } from '../../kit/operation.ts';
import { rederive } from '../tasks/derive-states.ts';
import { joinOpenTasks, reviveItems } from '../tasks/join-open-tasks.ts';
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
  const [shared] = opened === undefined ? await joinOpenTasks(tx, [task.id]) : [];
  await rederive(tx, { personIds: [task.person.id], reviveItemIds: await reviveItems(tx, [task.id]) });
  return opened ?? shared?.open ?? task.id;
}
