import { z } from 'zod';
import { defineJob } from '../../kit/job.ts';

/** The safety net: finds what events missed. */
export const sweepJob = defineJob({
  name: 'provisioning.sweep',
  payload: z.object({}),
  key: () => 'sweep',
  policy: 'short',
});
