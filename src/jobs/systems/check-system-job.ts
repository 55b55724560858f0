import { z } from 'zod';
import { defineJob } from '../kit/job.ts';

/**
 * Asks one system, or the HR source, whether it answers and accepts our credentials; a person waits for the result.
 */
export const checkSystemJob = defineJob({
  name: 'provisioning.check-system',
  payload: z.object({ system: z.string() }),
  key: (payload) => payload.system,
  // A caller during a running check needs one that begins later, because what it asks about may have changed.
  policy: 'short',
});
