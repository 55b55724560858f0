import { defineRunJob } from '../../runs/run-job.ts';

/** Brings people from HR. */
export const syncPeopleJob = defineRunJob('provisioning.sync-people');
