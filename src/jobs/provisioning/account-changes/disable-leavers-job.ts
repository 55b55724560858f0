import { defineRunJob } from '../../runs/run-job.ts';

/** Finds leavers and sends the jobs that disable their accounts. */
export const disableLeaversJob = defineRunJob('provisioning.disable-leavers');

/** The steps of a run of leavers: find them, then disable account by account. */
export const LEAVERS_STEP = 'leavers';
export const ACCOUNTS_STEP = 'accounts';
