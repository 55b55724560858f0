import { startProcessTasks } from '../../../jobs/provisioning/task-runs/start-process-tasks.ts';
import { builder } from '../../building/builder.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { RunModeEnum } from '../../runs/enums.ts';
import { RunPayload, runPayload } from '../../runs/run-payload.ts';

const input = builder.inputType('ProcessAccountTasksInput', {
  description: 'How many tasks are to be run.',
  fields: (t) => ({
    mode: t.field({
      type: RunModeEnum,
      required: true,
      defaultValue: 'RUN',
      description:
        'DRY_RUN lists the tasks that would be run (`SyncRun.items`, WOULD_RUN) and those that wait, with what for (WAITS).',
    }),
    maxTasks: t.int({
      description: 'At most so many ready tasks, 1 to 10,000; default: the Setting max_tasks_per_batch.',
    }),
  }),
});
builder.mutationField('processAccountTasks', (t) =>
  t.field({
    ...needs('operate'),
    type: RunPayload,
    description:
      'Begins to run ready tasks, the oldest of the highest priority first, and returns at once: each is run once, together with tasks that become ready by it, and the run ends when all were. Rates, pauses and circuits hold as ever. Works whatever the Setting task_processing_enabled; with account_creation_enabled off it is FEATURE_DISABLED. Joins a run that is under way.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { mode, maxTasks } }, scope) =>
      runPayload(
        scope,
        await startProcessTasks(operationContext(scope), { mode, maxTasks: maxTasks ?? null }),
      ),
  }),
);
