import { sql } from 'kysely';
import { daysAgo, type RetentionRule } from '../maintenance/retention-rule.ts';

/** Rows that left both the timetable and WPS, and repaired or closed findings, are kept as long as runs. */
export const calendarRetention: readonly RetentionRule[] = [
  {
    table: 'lesson_block',
    due: (days) => sql`
      select id from lesson_block
      where removed_at < ${daysAgo(days.runs)} and event_state = 'DELETED' and wps_event_id is null order by id`,
  },
  {
    table: 'calendar_member',
    due: (days) => sql`
      select id from calendar_member where state = 'REMOVED' and updated_at < ${daysAgo(days.runs)} order by id`,
  },
  {
    table: 'calendar_finding',
    due: (days) => sql`
      select id from calendar_finding where coalesce(repaired_at, closed_at) < ${daysAgo(days.runs)} order by id`,
  },
  {
    table: 'attendance_course',
    due: (days) => sql`
      select id from attendance_course where deleted_at < ${daysAgo(days.runs)} order by id`,
  },
];
