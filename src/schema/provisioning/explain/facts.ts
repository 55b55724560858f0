import { sql } from 'kysely';
import type { ErrorParameters } from '../../../domain/errors/error-entry.ts';
import type { RequestScope } from '../../context/context.ts';
import { oneByKey, sqlOf } from '../../reading/loaders.ts';
import { requestById } from '../rows/row-loaders.ts';
import type { AccountTaskRow, RequestItemRow } from '../rows/rows.ts';
import { employeeNumberOf } from '../rows/stored-errors.ts';

/** The newest request that wants a task. */
const requestOfTask = oneByKey<string>(async (scope, taskIds) => {
  const { rows } = await sql<{ task: string; request: string }>`
    select distinct on (l.task_id) l.task_id as task, q.request_id as request from request_item_task l
    join request_item i on i.id = l.item_id join account_request q on q.id = i.request_id
    where l.task_id = any(${[...taskIds]}::bigint[]) order by l.task_id, q.id desc`.execute(sqlOf(scope));
  return new Map(rows.map(({ task, request }) => [task, request]));
});

/** Ids that fill the advice about a task. */
export async function factsOfTask(scope: RequestScope, task: AccountTaskRow): Promise<ErrorParameters> {
  return {
    taskId: task.task_id,
    system: task.system,
    employeeNumber: employeeNumberOf(task),
    errorCode: task.error_code,
    requestId: await requestOfTask(scope).load(task.id),
  };
}

/** Ids that fill the advice about an item. */
export async function factsOfItem(scope: RequestScope, item: RequestItemRow): Promise<ErrorParameters> {
  const request = await requestById(scope).load(item.request_id);
  return {
    taskId: null,
    employeeNumber: item.employee_number,
    requestId: request?.request_id ?? null,
    errorCode: item.error_code,
  };
}

/** Ids are only read for who sees them in a text: the API names operations. */
export function factsInText(
  scope: RequestScope,
  read: () => Promise<ErrorParameters>,
): Promise<ErrorParameters> | ErrorParameters {
  return scope.form === 'COMMAND' ? read() : {};
}
