import { defineRunJob } from '../../runs/run-job.ts';

/** Runs a number of ready tasks, once each. */
export const processTasksJob = defineRunJob('provisioning.process-tasks');
