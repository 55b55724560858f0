import { TASKS_MAX } from '../../../jobs/provisioning/corrections/change-tasks.ts';
import { dismissTasks } from '../../../jobs/provisioning/corrections/dismiss-tasks.ts';
import { addMutation } from '../../building/mutation.ts';
import { operationContext } from '../../context/operation.ts';
import { needsSightOfAll } from '../../permissions/rules.ts';
import { RunModeEnum } from '../../runs/enums.ts';
import { TaskGroup } from './task-batches.ts';
import { TaskFilter } from './task-filter.ts';

addMutation('dismissTasks', {
  rule: needsSightOfAll('operate'),
  description:
    'Puts failures away that nobody will settle, with a reason: `overview` and `status` leave them out until the task changes again. Nothing else changes; they can be retried, and `restore` brings them back. Both are in the audit log. Without `system` in the filter, people refused before they had a task are put away too.',
  about: 'Which failures to put away.',
  input: (t) => ({
    filter: t.field({
      type: TaskFilter,
      required: true,
      description: 'At least one condition; of FAILED tasks only.',
    }),
    reason: t.string({
      required: true,
      description: 'Why, for later readers; 1 to 500 characters.',
    }),
    restore: t.boolean({
      required: true,
      defaultValue: false,
      description: 'True: bring back what was put away.',
    }),
    mode: t.field({
      type: RunModeEnum,
      required: true,
      description: 'DRY_RUN only counts them; there is no default.',
    }),
    expectedCount: t.int({
      description:
        'The `matched` of a dry run: where it differs by more than a tenth (and more than 10), nothing is changed.',
    }),
  }),
  run: (given, scope) =>
    dismissTasks(operationContext(scope), {
      ...given,
      maxTasks: TASKS_MAX,
      expectedCount: given.expectedCount ?? null,
    }),
  payload: (t) => ({
    matched: t.exposeInt('matched', { description: 'Tasks it applied to when the call began.' }),
    dismissedTasks: t.exposeInt('changed', {
      description: 'Tasks put away, or brought back, by this call; 0 in a dry run.',
    }),
    dismissedItems: t.exposeInt('items', {
      description: 'People refused before they had a task, likewise; in a dry run: how many there are.',
    }),
    remaining: t.exposeInt('remaining', {
      description: 'Tasks this call did not come to: 0 when all is done.',
    }),
    groups: t.field({
      type: [TaskGroup],
      description: 'The tasks by system and error, most frequent first.',
      resolve: ({ groups }) => groups,
    }),
  }),
  userErrors: 'Why nothing was done; empty when something was.',
});
