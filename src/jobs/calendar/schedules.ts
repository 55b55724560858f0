import type { ScheduleDefinition } from '../schedules/schedule.ts';
import { calendarScheduleJob } from './calendar-run-job.ts';

/** Monday, before school begins. */
const WEEKLY = 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=4;BYMINUTE=10';
const WEEK_MINUTES = 10_080;

/** Schedules of area 2: one firing starts a run of every open term. */
export const calendarSchedules: readonly ScheduleDefinition[] = [
  {
    name: 'calendar_incremental',
    kind: 'CALENDAR_INCREMENTAL',
    queue: calendarScheduleJob.name,
    key: 'calendar_incremental',
    intervalMinutes: (settings) => settings.get('calendar_incremental_interval_minutes'),
    enabled: (settings) => settings.get('calendar_incremental_interval_minutes') > 0,
    settings: ['calendar_incremental_interval_minutes'],
    needs: 'WPS',
  },
  {
    name: 'calendar_reconciliation',
    kind: 'CALENDAR_RECONCILIATION',
    queue: calendarScheduleJob.name,
    key: 'calendar_reconciliation',
    intervalMinutes: () => WEEK_MINUTES,
    rule: () => WEEKLY,
    enabled: () => true,
    settings: [],
    needs: 'WPS',
  },
];
