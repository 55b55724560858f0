import { z } from 'zod';
import { defineJob } from '../kit/job.ts';

/** Turns events into deliveries. */
export const relayJob = defineJob({
  name: 'notifications.relay',
  payload: z.object({}),
  key: () => 'relay',
  policy: 'short',
});

/** One attempt to deliver. A job sent while it runs is its own retry. */
export const deliverJob = defineJob({
  name: 'notifications.deliver',
  payload: z.object({ delivery: z.string() }),
  key: ({ delivery }) => delivery,
  policy: 'short',
});
