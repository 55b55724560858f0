import { displayTaskStatus } from '../../../domain/provisioning/states/status-display.ts';
import { localeArgument } from '../../building/arguments.ts';
import { builder } from '../../building/builder.ts';
import { addNode } from '../../building/node.ts';
import { storedErrorType } from '../../building/stored-error.ts';
import { askedColumns, reading } from '../../reading/asked-columns.ts';
import { encodeGlobalId } from '../../reading/global-id.ts';
import { renderFor } from '../../reading/render-explanation.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import { explainTaskRow } from '../explain/explanations.ts';
import { attemptsByTask, personById, taskById } from '../rows/row-loaders.ts';
import { AccountTask, Person } from '../rows/rows.ts';
import { TaskStatusEnum } from '../rows/states.ts';
import { lastErrorOf } from '../rows/stored-errors.ts';
import { TaskAttempt } from './task-attempt.ts';
import { personOfTask } from './task-listing.ts';
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
      resolve: async (task, { locale }, scope) => renderFor(scope, await explainTaskRow(scope, task), locale),
    }),
    accountIdentifier: t.exposeString('identifier', {
      nullable: true,
      description: 'What the system calls the account: IDAAS user name, WELINK corpUserId, EMAIL address.',
    }),
    result: t.expose('result', {
      type: 'JSON',
      nullable: true,
      description:
        'What became of it: `outcome`, `identifier`, the `remoteId` of the system and notes on how names were chosen; null before.',
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
