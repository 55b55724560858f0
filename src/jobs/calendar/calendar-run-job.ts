import { z } from 'zod';
import { defineJob } from '../kit/job.ts';
import { defineRunJob } from '../runs/run-job.ts';

/** Does the calendar runs of all kinds. */
export const calendarRunJob = defineRunJob('calendar.run');

/** Starts the runs that the clock asks for, one per open term. */
export const calendarScheduleJob = defineJob({
  name: 'calendar.schedule',
  payload: z.object({ schedule: z.enum(['calendar_incremental', 'calendar_reconciliation']) }),
  key: ({ schedule }) => schedule,
});
