import { cancelTasks } from '../../../jobs/provisioning/corrections/cancel-tasks.ts';
import type { TaskGroup as TaskGroupShape } from '../../../jobs/provisioning/corrections/change-tasks.ts';
import { TASKS_MAX } from '../../../jobs/provisioning/corrections/change-tasks.ts';
import { retryTasks } from '../../../jobs/provisioning/corrections/retry-tasks.ts';
import { builder } from '../../building/builder.ts';
import { addMutation } from '../../building/mutation.ts';
import { operationContext } from '../../context/operation.ts';
import { needsSightOfAll } from '../../permissions/rules.ts';
import { RunModeEnum } from '../../runs/enums.ts';
import { AccountSystemEnum } from '../../systems/account-system.ts';
import { taskById } from '../rows/row-loaders.ts';
import { AccountTask } from '../rows/rows.ts';
import { TaskFilter } from './task-filter.ts';

const operations = [
  {
    name: 'retryTasks',
    run: retryTasks,
    about: 'Which tasks to try again.',
    changed: { field: 'requeuedTasks', description: 'Tasks queued again by this call; 0 in a dry run.' },
    filter:
      'At least one condition. Without `status`: FAILED and RETRY; CANCELLED tasks only where `status` names them.',
    description:
      'As retryTask, for every task of a filter: the newest of each person and system that ended without an account, and those that wait for their next attempt, which are due now. Look with DRY_RUN first. RUN changes some hundred tasks at a time and stops after 6 seconds; while `remaining` is not 0, send it again.',
  },
  {
    name: 'cancelTasks',
    run: cancelTasks,
    about: 'Which tasks to cancel.',
    changed: { field: 'cancelledTasks', description: 'Tasks cancelled by this call; 0 in a dry run.' },
    filter:
      'At least one condition. Takes PENDING, WAITING and RETRY. With `requestId`, tasks that another open request wants too are kept; without it they are cancelled for all requests.',
    description:
      'Cancels the tasks of a filter that have not been sent; what is under way finishes. Items and requests follow. Look with DRY_RUN first. RUN changes some hundred tasks at a time and stops after 6 seconds; while `remaining` is not 0, send it again.',
  },
] as const;

export const TaskGroup = builder.objectRef<TaskGroupShape>('TaskGroup').implement({
  description: 'Tasks of one system and error.',
  fields: (t) => ({
    system: t.field({ type: AccountSystemEnum, description: 'Where.', resolve: ({ system }) => system }),
    code: t.exposeString('code', {
      nullable: true,
      description: 'What went wrong; null where nothing has.',
    }),
    count: t.exposeInt('count', { description: 'How many.' }),
  }),
});

for (const { name, run, about, changed, filter, description } of operations) {
  addMutation(name, {
    rule: needsSightOfAll('operate'),
    description,
    about,
    input: (t) => ({
      filter: t.field({ type: TaskFilter, required: true, description: filter }),
      mode: t.field({
        type: RunModeEnum,
        required: true,
        description: 'DRY_RUN only counts and names them; there is no default.',
      }),
      maxTasks: t.int({
        required: true,
        defaultValue: TASKS_MAX,
        description: `Most tasks of this call, oldest first: 1 to ${TASKS_MAX}.`,
      }),
      expectedCount: t.int({
        description:
          'The `matched` of a dry run: where it differs by more than a tenth (and more than 10), nothing is changed.',
      }),
    }),
    run: (given, scope) =>
      run(operationContext(scope), { ...given, expectedCount: given.expectedCount ?? null }),
    payload: (t) => ({
      matched: t.exposeInt('matched', { description: 'Tasks it applied to when the call began.' }),
      [changed.field]: t.exposeInt('changed', { description: changed.description }),
      remaining: t.exposeInt('remaining', {
        description: 'Tasks this call did not come to: 0 when all is done.',
      }),
      people: t.exposeInt('people', { description: 'People whose tasks those are.' }),
      requests: t.exposeInt('requests', { description: 'Requests that want those accounts.' }),
      groups: t.field({
        type: [TaskGroup],
        description: 'The same by system and error, most frequent first, as before the call.',
        resolve: ({ groups }) => groups,
      }),
      tasks: t.field({
        type: [AccountTask],
        description: 'The first 100 of them, oldest first, as they are now.',
        resolve: async ({ taskIds }, _args, scope) => {
          const tasks = await Promise.all(taskIds.map((id) => taskById(scope).load(id)));
          return tasks.filter((task) => task !== null);
        },
      }),
    }),
    userErrors: 'Why nothing was done; empty when something was.',
  });
}
