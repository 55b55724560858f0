import { z } from 'zod';
import { defineJob } from '../kit/job.ts';

/** Asks one system, or the HR source, whether it answers and accepts our credentials; somebody waits for the answer. */
export const checkSystemJob = defineJob({
  name: 'provisioning.check-system',
  payload: z.object({ system: z.string() }),
  key: (payload) => payload.system,
  // Who asks while a check runs wants one that begins after: what it waits for may be about to change.
  policy: 'short',
});
