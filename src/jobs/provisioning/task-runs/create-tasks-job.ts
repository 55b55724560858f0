import { defineRunJob } from '../../runs/run-job.ts';
import type { RunKindWork } from '../../runs/run-kind.ts';

/** Plans tasks for people who lack accounts. */
export const createTasksJob = defineRunJob('provisioning.create-tasks');

/** How runs of TASK_CREATION go on. */
export const taskCreationWork: RunKindWork = {
  job: createTasksJob,
  failedItems: { refused: 'NOTHING_FAILED' },
};
