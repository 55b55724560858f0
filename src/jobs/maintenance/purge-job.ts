import { z } from 'zod';
import { defineJob } from '../kit/job.ts';

/** Removes rows whose retention has ended. */
export const purgeJob = defineJob({
  name: 'maintenance.purge',
  payload: z.object({}),
  key: () => 'purge',
});
