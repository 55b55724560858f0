import type { Explanation } from '../../../domain/explanations/explanation.ts';
import { explainItem } from '../../../domain/provisioning/explain/explain-item.ts';
import { explainRequest } from '../../../domain/provisioning/explain/explain-request.ts';
import { explainTask } from '../../../domain/provisioning/explain/explain-task.ts';
import type { TaskFact } from '../../../domain/provisioning/states/item-state.ts';
import type { RequestScope } from '../../context/context.ts';
import { switchesOf, systemConditions } from '../../systems/conditions.ts';
import {
  countsOf,
  errorSummaryOf,
  itemTotalsByRequest,
  taskTotalsByRequest,
} from '../rows/request-loaders.ts';
import { accountsByPerson, requestById, standingTasksByPerson, tasksByItem } from '../rows/row-loaders.ts';
import type { AccountRequestRow, AccountTaskRow, RequestItemRow } from '../rows/rows.ts';
import { employeeNumberOf, errorOfItem, errorOfTask } from '../rows/stored-errors.ts';

/** Why a task is not done; reads the person's accounts and tasks only while it waits for one of them. */
export async function explainTaskRow(scope: RequestScope, row: AccountTaskRow): Promise<Explanation[]> {
  const ready = row.status === 'PENDING' || row.status === 'RETRY';
  const waiting = row.status === 'WAITING';
  const [conditions, accounts, personTasks] = await Promise.all([
    ready ? systemConditions(scope).read() : [],
    waiting ? accountsByPerson(scope).load(row.person_id) : [],
    waiting ? standingTasksByPerson(scope).load(row.person_id) : [],
  ]);
  return explainTask({
    task: { ...factOf(row), nextAttemptAt: row.next_attempt_at },
    employeeNumber: employeeNumberOf(row),
    accounts: Object.fromEntries(accounts.map((account) => [account.system, account.state])),
    personTasks: Object.fromEntries(personTasks.map((task) => [task.system, factOf(task)])),
    condition: conditions.find((condition) => condition.system === row.system) ?? null,
    switches: switchesOf(scope),
    nowMs: Date.now(),
  });
}

/** Why an item is not completed. */
export async function explainItemRow(scope: RequestScope, row: RequestItemRow): Promise<Explanation[]> {
  const moving = row.status === 'TASK_CREATED';
  const [request, tasks] = await Promise.all([
    moving ? requestById(scope).load(row.request_id) : null,
    moving ? tasksByItem(scope).load(row.id) : [],
  ]);
  const explained = tasks.map(async (task) => ({
    status: task.status,
    explanations: await explainTaskRow(scope, task),
  }));
  return explainItem({
    status: row.status,
    error: errorOfItem(row),
    cancelled: request !== null && request.cancelled_at !== null,
    tasks: await Promise.all(explained),
    switches: switchesOf(scope),
  });
}

/** Why a request is not completed. */
export async function explainRequestRow(scope: RequestScope, row: AccountRequestRow): Promise<Explanation[]> {
  const processing = row.status === 'PROCESSING';
  const failed = row.status === 'FAILED' || row.status === 'PARTIAL_FAILED';
  const [totals, tasks, errors, conditions] = await Promise.all([
    processing || failed ? itemTotalsByRequest(scope).load(row.id) : [],
    processing ? taskTotalsByRequest(scope).load(row.id) : [],
    processing || failed ? errorSummaryOf(scope, row) : [],
    processing ? systemConditions(scope).read() : [],
  ]);
  const counts = countsOf(row, totals);
  return explainRequest({
    status: row.status,
    cancelled: row.cancelled_at !== null,
    purged: row.purged_at !== null,
    totalUsers: row.total_users,
    processedUsers: counts.processed,
    failedUsers: counts.failed,
    syncedUsers: totals.find((total) => total.status === 'SYNCED')?.count ?? 0,
    tasks,
    errors,
    conditions,
    switches: switchesOf(scope),
    nowMs: Date.now(),
  });
}

/** A task as explanations look at it. */
export function factOf(row: AccountTaskRow): TaskFact {
  return {
    system: row.system,
    status: row.status,
    dependsOn: row.depends_on_systems,
    error: errorOfTask(row),
  };
}
