import { defineRunJob } from '../../runs/run-job.ts';

/** Looks the claimed accounts up, asks, and makes those that are missing once a person said so. */
export const importFirstSystemJob = defineRunJob('provisioning.import-first-system');

/** The step after those of the systems: makes what was missing. */
export const MAKE_STEP = 'make';
