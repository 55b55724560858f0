import { checkEmployeeStatuses } from '../../../domain/provisioning/intake/employee-statuses.ts';
import { startCreateTasks } from '../../../jobs/provisioning/task-runs/start-create-tasks.ts';
import { builder } from '../../building/builder.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { RunModeEnum } from '../../runs/enums.ts';
import { RunPayload, runPayload } from '../../runs/run-payload.ts';

const input = builder.inputType('CreateAccountTasksInput', {
  description: 'For whom tasks are to be planned.',
  fields: (t) => ({
    mode: t.field({
      type: RunModeEnum,
      required: true,
      defaultValue: 'RUN',
      description:
        'DRY_RUN says what would be planned: `SyncRun.summary` how many, `SyncRun.items` the first 1,000 people with their systems.',
    }),
    employeeStatus: t.stringList({
      description:
        'People of HR with one of these statuses, instead of those who work here by the Setting valid_employee_statuses.',
    }),
  }),
});
builder.mutationField('createAccountTasks', (t) =>
  t.field({
    ...needs('operate'),
    type: RunPayload,
    description:
      'Begins to plan tasks for everybody who lacks accounts, and returns at once: items of requests that wait for their tasks, whatever their people, then people of HR, in every system of enabled_account_types. Asks nobody, however many they are; joins a run that is under way, and confirms it where it waits for that (other statuses than those of that run are INVALID_STATE). Works whatever the Settings task_auto_creation_enabled and request_task_creation_enabled; with account_creation_enabled off it is FEATURE_DISABLED.',
    args: { input: t.arg({ type: input, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: { mode, employeeStatus } }, scope) => {
      const checked = checkEmployeeStatuses(employeeStatus ?? null);
      if ('problem' in checked) return runPayload(scope, { id: null, userErrors: [checked.problem] });
      const { statuses: employeeStatuses } = checked;
      const start = { mode, trigger: 'MANUAL_TASK', employeeStatuses } as const;
      return runPayload(scope, await startCreateTasks(operationContext(scope), start));
    },
  }),
);
