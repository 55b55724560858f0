import { z } from 'zod';
import { defineJob } from '../../kit/job.ts';
import { defineRunJob } from '../../runs/run-job.ts';

/** Begins and continues runs over database instances: each instance is a job of its own. */
export const syncDatabasesJob = defineRunJob('databases.sync');

/** Reads one instance of a run. A round is a time the item was made PENDING: confirmed or tried again, it is another job. */
export const syncInstanceJob = defineJob({
  name: 'databases.sync-instance',
  payload: z.object({ item: z.string(), round: z.int() }),
  key: ({ item, round }) => `${item}:${round}`,
});

/** Stages of a run; done and total count instances. */
export const DATABASE_STEPS = ['connect', 'inventory', 'collection', 'classify'] as const;
export type DatabaseStep = (typeof DATABASE_STEPS)[number];
