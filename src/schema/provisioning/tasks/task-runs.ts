import { checkEmployeeStatuses } from '../../../domain/provisioning/intake/employee-statuses.ts';
import { startCreateTasks } from '../../../jobs/provisioning/task-runs/start-create-tasks.ts';
import { startProcessTasks } from '../../../jobs/provisioning/task-runs/start-process-tasks.ts';
import { addMutation } from '../../building/mutation.ts';
import { operationContext } from '../../context/operation.ts';
import { needs } from '../../permissions/rules.ts';
import { runMode } from '../../runs/enums.ts';
import { RunPayload } from '../../runs/run-payload.ts';
import { addStatusKind } from '../../runs/sync-status.ts';

addStatusKind({
  kind: 'TASK_CREATION',
  enabled: (settings) =>
    settings.get('account_creation_enabled') && settings.get('task_auto_creation_enabled'),
});

addStatusKind({
  kind: 'TASK_PROCESSING',
  enabled: (settings) => settings.get('account_creation_enabled') && settings.get('task_processing_enabled'),
});

addMutation('createAccountTasks', {
  rule: needs('operate'),
  description:
    'Starts a run that plans tasks for all people who lack accounts, and returns at once: first items of requests that wait for their tasks, then people of HR, in every system of enabled_account_types. Asks no confirmation, for any number of people; joins a running one, and confirms it where it waits for that (other statuses than those of that run are INVALID_STATE). Works whatever the Settings task_auto_creation_enabled and request_task_creation_enabled; with account_creation_enabled off it is FEATURE_DISABLED.',
  about: 'For whom tasks are to be planned.',
  input: (t) => ({
    mode: t.field(
      runMode(
        'DRY_RUN says what would be planned: `SyncRun.summary` how many, `SyncRun.items` the first 1,000 people with their systems.',
      ),
    ),
    employeeStatus: t.stringList({
      description:
        'People of HR with one of these statuses, instead of those who work here by the Setting valid_employee_statuses.',
    }),
  }),
  run: async ({ mode, employeeStatus }, scope) => {
    const checked = checkEmployeeStatuses(employeeStatus ?? null);
    if ('problem' in checked) return { id: null, userErrors: [checked.problem] };
    const { statuses: employeeStatuses } = checked;
    return startCreateTasks(operationContext(scope), { mode, trigger: 'MANUAL_TASK', employeeStatuses });
  },
  payload: RunPayload,
});

addMutation('processAccountTasks', {
  rule: needs('operate'),
  description:
    'Starts a run of ready tasks, the oldest of the highest priority first, and returns at once: each is run once, together with tasks that it makes ready, and the run ends with the last. Rates, pauses and circuits apply. Works also while task_processing_enabled is off; with account_creation_enabled off it is FEATURE_DISABLED. Joins a run that is under way.',
  about: 'How many tasks are to be run.',
  input: (t) => ({
    mode: t.field(
      runMode(
        'DRY_RUN lists the tasks that would be run (`SyncRun.items`, WOULD_RUN) and those that wait, with what for (WAITS).',
      ),
    ),
    maxTasks: t.int({
      description: 'Most tasks of the run, 1 to 10,000; default: the Setting max_tasks_per_batch.',
    }),
  }),
  run: ({ mode, maxTasks }, scope) =>
    startProcessTasks(operationContext(scope), { mode, maxTasks: maxTasks ?? null }),
  payload: RunPayload,
});
