import { defineRunJob } from '../../runs/run-job.ts';

/**
 * Looks up the claimed accounts, asks, and makes missing ones once a person confirmed it; or requests anew the tasks
 * that were open at the cut-over.
 */
export const importFirstSystemJob = defineRunJob('provisioning.import-first-system');

/** The step after those of the systems: makes the missing accounts. */
export const MAKE_STEP = 'make';

/** The one step, and the scope, of a run that requests anew. */
export const RESUBMIT_STEP = 'resubmit';
