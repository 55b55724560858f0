import { defineRunJob } from '../../runs/run-job.ts';

/**
 * Looks the claimed accounts up, asks, and makes those that are missing once a person said so; or requests anew what
 * was open at the cut-over.
 */
export const importFirstSystemJob = defineRunJob('provisioning.import-first-system');

/** The step after those of the systems: makes what was missing. */
export const MAKE_STEP = 'make';

/** The one step, and the scope, of a run that requests anew. */
export const RESUBMIT_STEP = 'resubmit';
