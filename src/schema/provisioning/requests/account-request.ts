import { displayRequestStatus } from '../../../domain/provisioning/states/status-display.ts';
import { cancelRequest } from '../../../jobs/provisioning/requests/cancel-request.ts';
import { retryRequest } from '../../../jobs/provisioning/requests/retry-request.ts';
import { Advice, adviceFor } from '../../building/advice.ts';
import { byPageSize, localeArgument, pageArguments } from '../../building/arguments.ts';
import { builder } from '../../building/builder.ts';
import { addMutation, rowAfterwards } from '../../building/mutation.ts';
import { addNode } from '../../building/node.ts';
import { notFound } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { explanationText } from '../../context/words.ts';
import { needs } from '../../permissions/rules.ts';
import { askedColumns } from '../../reading/asked-columns.ts';
import { ITEM_PAGE_MAX, parsePage } from '../../reading/connection.ts';
import { encodeGlobalId } from '../../reading/global-id.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import { explainRequestRow } from '../explain/explanations.ts';
import {
  countsOf,
  errorSummaryOf,
  itemTotalsByRequest,
  taskTotalsByRequest,
} from '../rows/request-loaders.ts';
import { requestById } from '../rows/row-loaders.ts';
import { AccountRequest } from '../rows/rows.ts';
import { seesRequest } from '../rows/sees.ts';
import { PriorityEnum, RequestStatusEnum } from '../rows/states.ts';
import { ErrorSummaryEntry, ItemCount, TaskCount } from '../tasks/task-counts.ts';
import { ItemConnection, itemFilter, itemFilterArguments, itemsOfRequest } from './items-of-request.ts';

AccountRequest.implement({
  description:
    'One `createAccounts` call: some people, the systems they need accounts in, and how far that is.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: (request) => encodeGlobalId('AccountRequest', request.id),
    }),
    requestId: t.exposeString('request_id', {
      description: 'Public id: `req_YYYYMMDD_` (Asia/Shanghai) followed by 12 hexadecimal digits.',
    }),
    originSystem: t.exposeString('origin_system', {
      description: 'The portal that asked, as it calls itself.',
    }),
    businessKey: t.exposeString('business_key', { description: "The portal's own key of the matter." }),
    accountType: t.exposeString('account_type', { description: 'Person type, or an alias of one.' }),
    employeeType: t.exposeString('employee_type', {
      description: 'Employment status of people HR does not know.',
    }),
    systemList: t.field({
      type: [AccountSystemEnum],
      description: 'Systems every person of the request needs an account in.',
      resolve: (request) => request.system_list,
    }),
    priority: t.field({
      type: PriorityEnum,
      description: 'Order among the requests of one origin system.',
      resolve: (request) => request.priority,
    }),
    status: t.field({
      type: RequestStatusEnum,
      description: 'Derived from the items.',
      resolve: (request) => request.status,
    }),
    statusDisplay: t.string({
      description: 'The status as people read it.',
      args: localeArgument,
      resolve: (request, { locale }, scope) => displayRequestStatus(request.status, locale ?? scope.locale),
    }),
    explanation: t.string({
      nullable: true,
      description: 'Why it is not finished or not completed, and what would help; null when completed.',
      args: localeArgument,
      resolve: async (request, { locale }, scope) =>
        explanationText(scope, await explainRequestRow(scope, request), {
          locale,
          facts: { requestId: request.request_id },
        }),
    }),
    advice: t.field({
      type: [Advice],
      description: 'What to do about it, in three forms; empty when nothing has to be done.',
      args: localeArgument,
      resolve: async (request, { locale }, scope) => {
        const facts = { requestId: request.request_id, taskId: null };
        const explanations = await explainRequestRow(scope, request);
        return adviceFor(explanations.at(-1), facts, locale ?? scope.locale);
      },
    }),
    totalUsers: t.exposeInt('total_users', { description: 'Items of the request.' }),
    processedUsers: t.int({
      description: 'Items in a final state.',
      resolve: async (request, _args, scope) =>
        countsOf(request, await itemTotalsByRequest(scope).load(request.id)).processed,
    }),
    completedUsers: t.int({
      description: 'Items whose accounts all exist.',
      resolve: async (request, _args, scope) =>
        countsOf(request, await itemTotalsByRequest(scope).load(request.id)).completed,
    }),
    failedUsers: t.int({
      description: 'Items that failed.',
      resolve: async (request, _args, scope) =>
        countsOf(request, await itemTotalsByRequest(scope).load(request.id)).failed,
    }),
    rejectedUsers: t.exposeInt('rejected_users', {
      description: 'Rows refused at intake under ACCEPT_VALID; not among totalUsers.',
    }),
    progress: t.float({
      description:
        '0 to 100: wanted accounts that are settled (active, or failed for good) of all wanted accounts.',
      resolve: async (request, _args, scope) =>
        countsOf(request, await itemTotalsByRequest(scope).load(request.id)).percent,
    }),
    round: t.exposeInt('round', {
      description: 'Starts at 1; a retry that re-opens a final request adds 1.',
    }),
    itemCounts: t.field({
      type: [ItemCount],
      description: 'Items by state; states without any are left out.',
      resolve: (request, _args, scope) => itemTotalsByRequest(scope).load(request.id),
    }),
    taskCounts: t.field({
      type: [TaskCount],
      description: 'Tasks of the items by system and state; what has none is left out.',
      resolve: (request, _args, scope) => taskTotalsByRequest(scope).load(request.id),
    }),
    errorSummary: t.field({
      type: [ErrorSummaryEntry],
      description: 'What failed, grouped by system and error, most frequent first.',
      resolve: (request, _args, scope) => errorSummaryOf(scope, request),
    }),
    createdBy: t.exposeString('created_by', { description: 'Principal that sent the call.' }),
    createdAt: t.expose('created_at', { type: 'DateTime', description: 'When it was accepted.' }),
    updatedAt: t.expose('updated_at', { type: 'DateTime', description: 'When its state last changed.' }),
    completedAt: t.expose('completed_at', {
      type: 'DateTime',
      nullable: true,
      description: 'When it became final; null while it is not.',
    }),
    items: t.field({
      type: ItemConnection,
      description: `The people of the request, in input order; at most ${ITEM_PAGE_MAX} per page.`,
      args: { ...pageArguments, ...itemFilterArguments },
      complexity: byPageSize,
      resolve: (request, args, scope, info) => {
        requestById(scope).prime(request.id, request);
        const page = parsePage(args, { list: 'items', max: ITEM_PAGE_MAX });
        const columns = askedColumns(info, 'AccountRequestItem');
        return itemsOfRequest(scope, request.id, { page, ...itemFilter(args), columns });
      },
    }),
  }),
});

addNode('AccountRequest', { rule: ['requests:read'], loader: requestById });

addMutation('cancelRequest', {
  rule: needs('requests:write', 'operate'),
  description:
    'Cancels tasks that have not been sent and that no other request wants. Tasks in flight finish; accounts stay.',
  about: 'Which request is no longer wanted.',
  input: (t) => ({ requestId: t.string({ required: true, description: 'Public id, `req_…`.' }) }),
  run: async ({ requestId }, scope) =>
    (await seesRequest(scope, requestId))
      ? cancelRequest(operationContext(scope), { requestId })
      : notFound('request', requestId, 'requestId'),
  payload: (t) => ({
    request: t.field(
      rowAfterwards(AccountRequest, requestById, 'The request as it is now; null when unknown.'),
    ),
  }),
});

addMutation('retryRequest', {
  rule: needs('requests:write', 'operate'),
  description:
    'Queues the failed and cancelled tasks of a request again; a final request starts a new round.',
  about: 'What to try again.',
  input: (t) => ({
    requestId: t.string({ required: true, description: 'Public id, `req_…`.' }),
    systems: t.field({
      type: [AccountSystemEnum],
      description: 'Only tasks of these systems; absent: all.',
    }),
  }),
  run: async ({ requestId, systems }, scope) =>
    (await seesRequest(scope, requestId))
      ? retryRequest(operationContext(scope), { requestId, systems: systems ?? null })
      : { ...notFound('request', requestId, 'requestId'), requeuedTasks: 0 },
  payload: (t) => ({
    request: t.field(
      rowAfterwards(AccountRequest, requestById, 'The request as it is now; null when unknown.'),
    ),
    requeuedTasks: t.exposeInt('requeuedTasks', { description: 'How many tasks were queued again.' }),
  }),
});
