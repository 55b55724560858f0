import { defineRunJob } from '../../runs/run-job.ts';

/** Plans tasks for people who lack accounts. */
export const createTasksJob = defineRunJob('provisioning.create-tasks');
