import type { ApiList } from '../building/api-list.ts';

/** The API of area 2: course calendars. */
export const calendar: ApiList = {
  enumValues: {
    RunKind: {
      CALENDAR_FULL: { description: 'The whole timetable to calendars.' },
      CALENDAR_INCREMENTAL: { description: 'What changed in the timetable.' },
      CALENDAR_USERS: { description: 'Members of calendars.' },
    },
  },
};
