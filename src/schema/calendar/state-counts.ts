import { sql } from 'kysely';
import type {
  CalendarEventState,
  CalendarMemberState,
  CourseCalendarState,
} from '../../domain/calendar/states.ts';
import { listByKey, sqlOf } from '../reading/loaders.ts';

interface States {
  readonly calendars: CourseCalendarState;
  readonly events: CalendarEventState;
  readonly members: CalendarMemberState;
}

/** How many of one kind are in a state. */
export interface StateCount<Kind extends keyof States> {
  readonly term_id: string;
  readonly state: States[Kind];
  readonly count: number;
}

/** Counts of each term, all terms that are asked for in one statement. */
export const calendarsOf = listByKey<StateCount<'calendars'>>(
  async (scope, ids) => {
    const { rows } = await sql<StateCount<'calendars'>>`
      select term_id, state, count(*)::int as count from course_calendar
      where term_id = any(${[...ids]}::bigint[]) group by 1, 2 order by 2`.execute(sqlOf(scope));
    return rows;
  },
  (row) => row.term_id,
);
export const eventsOf = listByKey<StateCount<'events'>>(
  async (scope, ids) => {
    const { rows } = await sql<StateCount<'events'>>`
      select term_id, event_state as state, count(*)::int as count from lesson_block
      where term_id = any(${[...ids]}::bigint[]) group by 1, 2 order by 2`.execute(sqlOf(scope));
    return rows;
  },
  (row) => row.term_id,
);
export const membersOf = listByKey<StateCount<'members'>>(
  async (scope, ids) => {
    const { rows } = await sql<StateCount<'members'>>`
      select c.term_id, m.state, count(*)::int as count
      from calendar_member m join course_calendar c on c.id = m.calendar_id
      where c.term_id = any(${[...ids]}::bigint[]) group by 1, 2 order by 2`.execute(sqlOf(scope));
    return rows;
  },
  (row) => row.term_id,
);
