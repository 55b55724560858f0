import type { TaskResolution } from '../../../domain/provisioning/states/states.ts';
import { displayTaskStatus } from '../../../domain/provisioning/states/status-display.ts';
import { resolveTask } from '../../../jobs/provisioning/corrections/resolve-task.ts';
import { retryTask } from '../../../jobs/provisioning/corrections/retry-task.ts';
import { taskConditions } from '../../../jobs/provisioning/tasks/task-conditions.ts';
import { Advice, adviceFor } from '../../building/advice.ts';
import { byPageSize, localeArgument, pageArguments } from '../../building/arguments.ts';
import { builder } from '../../building/builder.ts';
import { addMutation, rowAfterwards } from '../../building/mutation.ts';
import { addNode } from '../../building/node.ts';
import type { Described } from '../../building/shared-enums.ts';
import { storedErrorType } from '../../building/stored-error.ts';
import { notFound } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { explanationText } from '../../context/words.ts';
import { needs } from '../../permissions/rules.ts';
import { askedColumns, askedColumnsOf, reading } from '../../reading/asked-columns.ts';
import { PAGE_MAX, parsePage } from '../../reading/connection.ts';
import { encodeGlobalId } from '../../reading/global-id.ts';
import { readListing } from '../../reading/listing.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import { explainTaskRow } from '../explain/explanations.ts';
import { factsInText, factsOfTask } from '../explain/facts.ts';
import { attemptsByTask, findTask, personById, taskById } from '../rows/row-loaders.ts';
import { AccountTask, Person } from '../rows/rows.ts';
import { seesTask } from '../rows/sees.ts';
import { TaskStatusEnum } from '../rows/states.ts';
import { lastErrorOf } from '../rows/stored-errors.ts';
import { TaskAttempt } from './task-attempt.ts';
import { TaskFilter } from './task-filter.ts';
import { personOfTask, TaskConnection, taskListing } from './task-listing.ts';
import { countedAttemptsByTask, dependenciesOf } from './task-loaders.ts';

const TaskError = storedErrorType('TaskError', 'Why the last attempt at a task did not succeed.');

AccountTask.implement({
  description: 'Brings one account into being. At most one open task per person and system.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: reading(['id'], (task) => encodeGlobalId('AccountTask', task.id)),
    }),
    taskId: t.exposeString('task_id', { description: 'Public id: `<employee number>_<system>_<8 hex>`.' }),
    system: t.expose('system', { type: AccountSystemEnum, description: 'Where the account is to be.' }),
    status: t.expose('status', { type: TaskStatusEnum, description: 'Its state.' }),
    statusDisplay: t.string({
      description: 'The status as people read it.',
      args: localeArgument,
      resolve: reading(['status'], (task, { locale }, scope) =>
        displayTaskStatus(task.status, locale ?? scope.locale),
      ),
    }),
    person: t.field({
      type: Person,
      nullable: true,
      description: 'Whose account it is.',
      resolve: reading(['person_id'], (task, _args, scope, info) => {
        const found = personOfTask.found(scope).get(task);
        if (found !== undefined) return found;
        return personById(scope, askedColumns(info, 'Person')).load(task.person_id);
      }),
    }),
    dependsOn: t.field({
      type: [AccountTask],
      description: "The person's newest tasks in the systems this one depends on.",
      resolve: (task, _args, scope) => dependenciesOf(scope, task),
    }),
    attemptCount: t.int({
      description:
        'Attempts that count against maxAttempts. Free are those whose outcome says so, and single trials of a system whose circuit is open.',
      resolve: reading(
        ['id'],
        async (task, _args, scope) => (await countedAttemptsByTask(scope).load(task.id)) ?? 0,
      ),
    }),
    maxAttempts: t.exposeInt('max_attempts', {
      description:
        '1 + the Setting account_creation_max_retries when the task was planned; a retry by hand grants as many again.',
    }),
    nextAttemptAt: t.expose('next_attempt_at', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is tried, or looked up, again; null unless it waits for a time.',
    }),
    explanation: t.string({
      nullable: true,
      description: 'Why it is not done yet, and what would unblock it; null when done.',
      args: localeArgument,
      resolve: async (task, { locale }, scope) =>
        explanationText(scope, await explainTaskRow(scope, task), {
          locale,
          facts: await factsInText(scope, () => factsOfTask(scope, task)),
        }),
    }),
    advice: t.field({
      type: [Advice],
      description: 'What to do about it, in three forms; empty when nothing has to be done.',
      args: localeArgument,
      resolve: async (task, { locale }, scope) => {
        const [lead] = await explainTaskRow(scope, task);
        return adviceFor(lead, await factsOfTask(scope, task), locale ?? scope.locale);
      },
    }),
    accountIdentifier: t.exposeString('identifier', {
      nullable: true,
      description: 'What the system calls the account: IDAAS user name, WELINK corpUserId, EMAIL address.',
    }),
    result: t.expose('result', {
      type: 'JSON',
      nullable: true,
      description:
        'Its result: `outcome`, `identifier`, the `remoteId` of the system and notes on how names were chosen; null before.',
    }),
    lastError: t.field({
      type: TaskError,
      nullable: true,
      description: 'Why the last attempt did not succeed; null unless RETRY, UNCERTAIN or FAILED.',
      resolve: reading(['task_id', 'system', 'status', 'error_code', 'error_parameters'], lastErrorOf),
    }),
    attempts: t.field({
      type: [TaskAttempt],
      description: 'Every execution, first to last.',
      resolve: reading(['id'], (task, _args, scope) => attemptsByTask(scope).load(task.id)),
    }),
    createdAt: t.expose('created_at', { type: 'DateTime', description: 'When it was planned.' }),
    updatedAt: t.expose('updated_at', { type: 'DateTime', description: 'When its state last changed.' }),
    completedAt: t.expose('completed_at', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended, completed or failed.',
    }),
  }),
});

addNode('AccountTask', { rule: ['requests:read'], loader: taskById });

builder.queryFields((t) => ({
  task: t.field({
    ...needs('requests:read'),
    type: AccountTask,
    nullable: true,
    description: 'One task; null when unknown.',
    args: { taskId: t.arg.string({ required: true, description: 'Public id of the task.' }) },
    resolve: (_root, { taskId }, scope) => (canBeStored(taskId) ? findTask(scope, taskId) : null),
  }),
  tasks: t.field({
    ...needs('requests:read'),
    type: TaskConnection,
    description: 'Tasks, newest first.',
    args: { ...pageArguments, filter: t.arg({ type: TaskFilter, description: 'Narrows the list.' }) },
    complexity: byPageSize,
    resolve: (_root, { filter, ...args }, scope, info) => {
      const page = parsePage(args, { list: taskListing.list, max: PAGE_MAX });
      const conditions = taskConditions(filter ?? {});
      const columns = askedColumns(info, 'AccountTask');
      const along = askedColumnsOf(info, 'AccountTask', 'person');
      return readListing(scope, taskListing, { page, conditions, columns, along });
    },
  }),
}));

const taskResolutions = {
  EXISTS: { description: 'The account is there, under `identifier`.' },
  SEND_AGAIN: { description: 'It is not there: the task is sent again.' },
  GIVE_UP: { description: 'It is not to be tried further: the task fails, for `reason`.' },
} as const satisfies Described<TaskResolution>;

const TaskResolutionEnum = builder.enumType('TaskResolution', {
  description: 'What a person found out about a task whose answer was lost.',
  values: taskResolutions,
});

addMutation('retryTask', {
  rule: needs('requests:write', 'operate'),
  description: 'Queues a task again that failed, was cancelled or waits for its next attempt.',
  about: 'What to try again.',
  input: (t) => ({ taskId: t.string({ required: true, description: 'Public id of the task.' }) }),
  run: async ({ taskId }, scope) =>
    (await seesTask(scope, taskId))
      ? retryTask(operationContext(scope), { taskId })
      : notFound('task', taskId, 'taskId'),
  payload: (t) => ({
    task: t.field(
      rowAfterwards(
        AccountTask,
        taskById,
        'The task that is open now, which may be another one for the same account; null when unknown.',
      ),
    ),
  }),
});

addMutation('resolveTask', {
  rule: needs('operate'),
  description:
    'Settles a task that is UNCERTAIN by what a person found at its system, which is not asked again. The account is ACTIVE and LINKED and what waited for it goes on; or the task is sent again; or it fails. A task at a system that can neither be searched nor refuses duplicates waits for this.',
  about: 'What a person found out about a task whose answer was lost.',
  input: (t) => ({
    taskId: t.string({ required: true, description: 'Public id of the task.' }),
    outcome: t.field({ type: TaskResolutionEnum, required: true, description: 'What was found.' }),
    identifier: t.string({
      description:
        'With EXISTS, and required there: what the system calls the account: IDAAS the login, WELINK the corpUserId, EMAIL the address; at most 320 characters.',
    }),
    remoteId: t.string({
      description: "With EXISTS: the system's own id, where it has one; at most 320 characters.",
    }),
    reason: t.string({
      description:
        'With GIVE_UP, and required there: the reason, shown with the task; at most 500 characters.',
    }),
    attempt: t.int({
      description:
        'The newest `executionAttempt` when the person looked: refused with VERSION_CONFLICT if it was sent again since. Default: whichever it is.',
    }),
  }),
  run: async ({ taskId, outcome, ...given }, scope) =>
    (await seesTask(scope, taskId))
      ? resolveTask(operationContext(scope), {
          taskId,
          outcome,
          identifier: given.identifier ?? null,
          remoteId: given.remoteId ?? null,
          reason: given.reason ?? null,
          attempt: given.attempt ?? null,
        })
      : notFound('task', taskId, 'taskId'),
  payload: (t) => ({
    task: t.field(rowAfterwards(AccountTask, taskById, 'The task as it is now; null when unknown.')),
  }),
});
