import { calendarRunKinds } from '../../domain/calendar/run-kinds.ts';
import type { JobArea } from '../areas/area.ts';
import { calendarRunJob, calendarScheduleJob } from './calendar-run-job.ts';
import { calendarPersonalData } from './personal-data.ts';
import { reopenFailedEffects } from './reopen-failed.ts';
import { calendarRetention } from './retention.ts';
import { calendarSchedules } from './schedules.ts';
import { calendarWork } from './work.ts';

const kind = {
  job: calendarRunJob,
  failedItems: { reopen: reopenFailedEffects },
  rivals: calendarRunKinds,
} as const;

/** Area 2: course timetables become calendars at WPS. */
export const calendar: JobArea = {
  queues: () => [calendarRunJob, calendarScheduleJob],
  runKinds: {
    CALENDAR_FULL: kind,
    CALENDAR_INCREMENTAL: kind,
    CALENDAR_USERS: kind,
    CALENDAR_RECONCILIATION: kind,
    CALENDAR_DELETION: kind,
    CALENDAR_RESTORE: kind,
  },
  schedules: calendarSchedules,
  upkeep: [],
  retention: calendarRetention,
  personalData: calendarPersonalData,
  work: calendarWork,
};
