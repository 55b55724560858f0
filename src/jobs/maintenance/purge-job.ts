import { z } from 'zod';
import { defineJob } from '../kit/job.ts';

/** Removes what was kept long enough. */
export const purgeJob = defineJob({
  name: 'maintenance.purge',
  payload: z.object({}),
  key: () => 'purge',
});
