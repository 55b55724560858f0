import { sql } from 'kysely';
import { z } from 'zod';
import { isBigint } from '../../../schema/reading/global-id.ts';
import { sqlOf } from '../../../schema/reading/loaders.ts';
import { canBeStored } from '../../../schema/reading/text-filter.ts';
import { visibleRows } from '../../../schema/reading/visible-rows.ts';
import { accountType, choice, equals } from '../lists/filters.ts';
import { listParameters } from '../lists/list-parameters.ts';
import { pageOfAll, type RestList, readPage } from '../lists/read-page.ts';
import { restOperation } from '../wire/operation.ts';
import { invalidFields, refused } from '../wire/problem.ts';
import { textOf } from '../wire/read-fields.ts';
import { ok, type RestAnswer, type RestCall, type RestRoute } from '../wire/route.ts';
import { fill, texts } from '../wire/texts.ts';
import { assertDone, userErrors } from '../wire/user-errors.ts';
import { taskStates, taskStatesBehind } from '../wire/values.ts';
import { readTaskObjects, type TaskObject } from './task-object.ts';

const taskList: RestList = {
  from: (scope) => sql`from ${visibleRows(scope, 'account_task')} t join person p on p.id = t.person_id`,
  id: 't.id',
  filters: {
    status: choice('t.status', taskStates, (state) => taskStatesBehind[state]),
    account_type: accountType('t.system'),
    person__employee_number: equals('p.employee_number'),
  },
  searched: ['t.task_id', 'p.employee_number', 'p.full_name'],
  ordered: { created_at: 't.created_at', updated_at: 't.updated_at', status: 't.status' },
  order: '-created_at',
};

const retryTask = restOperation(
  'mutation RestRetryTask($id: String!) { retryTask(input: { taskId: $id }) { userErrors { code message path } } }',
  z.object({ retryTask: z.object({ userErrors }) }),
);

/** The task of a path: by its number, or by its own id. @throws {RestProblem} 404 */
async function findTask(call: RestCall): Promise<TaskObject> {
  const { scope } = call;
  const key = call.path['id'] ?? '';
  const { rows } = canBeStored(key)
    ? await sql<{ id: string }>`
        select t.id from ${visibleRows(scope, 'account_task')} t
        where t.task_id = ${key} or t.id = ${isBigint(key) ? key : null}::bigint`.execute(sqlOf(scope))
    : { rows: [] };
  const [found] = await readTaskObjects(
    call,
    rows.slice(0, 1).map(({ id }) => id),
  );
  if (found === undefined) throw refused(404, texts.notFound[scope.locale]);
  return found;
}

async function listTasks(call: RestCall): Promise<RestAnswer> {
  return ok(await readPage(call, taskList, (ids) => readTaskObjects(call, ids)));
}

async function retry(call: RestCall, found: TaskObject): Promise<void> {
  const { retryTask: outcome } = await call.run(retryTask, { id: found.task_id });
  assertDone(outcome.userErrors, {});
}

/** Changes a task; the only change is back to pending. */
async function changeTask(call: RestCall): Promise<RestAnswer> {
  const found = await findTask(call);
  const wanted = textOf(call.body['status']);
  if (wanted?.trim().toLowerCase() !== 'pending')
    throw invalidFields({ status: [texts.onlyPending[call.scope.locale]] });
  await retry(call, found);
  return ok(await findTask(call));
}

const RETRIED = {
  ZH_CN: '任务 {id} 已重新排队。',
  EN: 'Task {id} is queued again.',
} as const;

async function retryByName(call: RestCall): Promise<RestAnswer> {
  const found = await findTask(call);
  await retry(call, found);
  return ok({ success: true, message: fill(RETRIED[call.scope.locale], 'id', found.task_id) });
}

const changed = [
  { status: 200, schema: 'AccountCreationTask' },
  { status: 409, schema: 'Conflict' },
] as const;

/** Tasks: the list, one, its failed attempts, and its retry. */
export const taskRoutes: readonly RestRoute[] = [
  {
    method: 'GET',
    path: '/account-creation/',
    operationId: 'account_creation_list',
    field: 'Query.tasks',
    text: { ZH_CN: '任务列表', EN: 'Tasks' },
    query: listParameters(taskList, {
      status: { enum: [...taskStates] },
      account_type: { $ref: '#/components/schemas/AccountTypeEnum' },
    }),
    answers: [{ status: 200, schema: 'PaginatedAccountCreationTaskList' }],
    answer: listTasks,
  },
  {
    method: 'GET',
    path: '/account-creation/{id}/',
    operationId: 'account_creation_retrieve',
    field: 'Query.task',
    text: { ZH_CN: '一个任务，按数字编号或 task_id', EN: 'One task, by its number or its task_id' },
    answers: [{ status: 200, schema: 'AccountCreationTask' }],
    answer: async (call) => ok(await findTask(call)),
  },
  {
    method: 'PUT',
    path: '/account-creation/{id}/',
    operationId: 'account_creation_update',
    field: 'Mutation.retryTask',
    text: { ZH_CN: '重试任务（status 为 pending）', EN: 'Retries a task: status is pending' },
    body: { schema: 'PatchedAccountCreationTask', forms: true },
    answers: changed,
    answer: changeTask,
  },
  {
    method: 'PATCH',
    path: '/account-creation/{id}/',
    operationId: 'account_creation_partial_update',
    field: 'Mutation.retryTask',
    text: { ZH_CN: '重试任务（status 为 pending）', EN: 'Retries a task: status is pending' },
    body: { schema: 'PatchedAccountCreationTask', forms: true },
    answers: changed,
    answer: changeTask,
  },
  {
    method: 'POST',
    path: '/account-creation/{id}/retry_task/',
    operationId: 'account_creation_retry_task_create',
    field: 'Mutation.retryTask',
    text: { ZH_CN: '重试任务', EN: 'Retries a task' },
    answers: [
      { status: 200, schema: 'TaskRetry' },
      { status: 409, schema: 'Conflict' },
    ],
    answer: retryByName,
  },
  {
    method: 'GET',
    path: '/account-creation/{id}/logs/',
    operationId: 'account_creation_logs_list',
    field: 'Query.task',
    text: { ZH_CN: '任务失败的各次执行', EN: 'The failed executions of a task' },
    query: listParameters(null, {}),
    answers: [{ status: 200, schema: 'PaginatedAccountCreationLogList' }],
    answer: async (call) => ok(pageOfAll(call, (await findTask(call)).error_logs)),
  },
];
