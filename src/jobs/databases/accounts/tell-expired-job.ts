import { z } from 'zod';
import { defineJob } from '../../kit/job.ts';

/** Logs accounts that the clock has locked or freed since yesterday. */
export const tellExpiredJob = defineJob({
  name: 'databases.tell-expired',
  payload: z.object({}),
  key: () => 'expired',
});
