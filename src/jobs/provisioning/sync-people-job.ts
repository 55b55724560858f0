import { z } from 'zod';
import { defineJob } from '../kit.ts';

/** Brings people from HR. Without a run: the schedule asks for one. At most one job per run. */
export const syncPeopleJob = defineJob({
  name: 'provisioning.sync-people',
  payload: z.object({ run: z.string().optional() }),
  key: ({ run }) => run ?? 'schedule',
});
