import type { ApiList } from '../building/api-list.ts';
import './calendar-event.ts';
import './calendar-member.ts';
import './calendar-runs.ts';
import './conflict.ts';
import './course-calendar.ts';
import './finding.ts';
import './leavers.ts';
import './lesson-block.ts';
import './term.ts';
import './timetable-of.ts';

/** The API of area 2: course calendars. */
export const calendar: ApiList = {
  enumValues: {
    RunKind: {
      CALENDAR_FULL: { description: 'The whole timetable to calendars.' },
      CALENDAR_INCREMENTAL: { description: 'What changed in the timetable.' },
      CALENDAR_USERS: { description: 'Members of calendars.' },
      CALENDAR_RECONCILIATION: { description: 'Calendars compared with WPS.' },
      CALENDAR_DELETION: { description: 'The calendars of a term deleted.' },
      CALENDAR_RESTORE: { description: 'One person put back into their calendars.' },
    },
    WebhookEvent: {
      CALENDAR_RUN_FINISHED: {
        value: 'calendar.run_finished',
        description: '`calendar.run_finished`: a calendar run changed something at WPS; says how much.',
      },
      CALENDAR_SYSTEM_ERROR: {
        value: 'calendar.system_error',
        description: '`calendar.system_error`: a calendar run was stopped by what a person has to put right.',
      },
    },
  },
};
