import { MAX_TASKS_PER_BATCH } from '../../../domain/provisioning/settings/task-settings.ts';
import type { RunMode } from '../../../domain/runs/run-states.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { type OperationContext, operationError } from '../../kit/operation.ts';
import { enqueueRun } from '../../runs/run-job.ts';
import { startRun } from '../../runs/start-run.ts';
import { processTasksJob } from './process-tasks-job.ts';
import { creationDisabled, type StartRunOutcome } from './start-create-tasks.ts';

/** The one step of a run of processing. */
export const TASKS_STEP = 'tasks';

/**
 * Starts a run of ready tasks, once each, also while `task_processing_enabled` is off, or joins the running one, and
 * returns at once. `maxTasks` null: the Setting `max_tasks_per_batch`.
 */
export async function startProcessTasks(
  context: OperationContext,
  input: { readonly mode: RunMode; readonly maxTasks: number | null },
): Promise<StartRunOutcome> {
  const { settings, boss } = context;
  const maxTasks = input.maxTasks ?? settings.get('max_tasks_per_batch');
  const refused = creationDisabled(settings) ?? maxTasksError(maxTasks);
  if (refused !== null) return { id: null, joined: false, userErrors: [refused] };
  return inTransaction(context.em, async (tx) => {
    const run = await startRun(tx, {
      kind: 'TASK_PROCESSING',
      scope: '',
      mode: input.mode,
      trigger: 'MANUAL_TASK',
      options: { maxTasks },
      createdBy: context.principal,
      displayTimeZone: context.displayTimeZone,
      steps: [{ key: TASKS_STEP, parentKey: null }],
    });
    await enqueueRun({ tx, boss }, processTasksJob, run);
    return { id: run.id, joined: run.joined, userErrors: [] };
  });
}

function maxTasksError(maxTasks: number) {
  if (maxTasks >= 1 && maxTasks <= MAX_TASKS_PER_BATCH) return null;
  const parameters = { field: 'maxTasks', variant: 'RANGE', minimum: 1, maximum: MAX_TASKS_PER_BATCH };
  return operationError('INVALID', { path: ['maxTasks'], parameters });
}
