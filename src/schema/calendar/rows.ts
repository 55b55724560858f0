import { sql } from 'kysely';
import type { LessonTeacher } from '../../domain/calendar/read-lesson.ts';
import type {
  BlockPolicy,
  CalendarEventState,
  CalendarMemberState,
  CalendarRole,
  ConflictKind,
  CourseCalendarState,
  FindingKind,
  FindingSubject,
  HalfDay,
  TermStatus,
  TimetableUserType,
} from '../../domain/calendar/states.ts';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import { builder } from '../building/builder.ts';
import { oneByKey, rowById, sqlOf } from '../reading/loaders.ts';

/** Columns in which a row records its failure. */
export interface FailureColumns {
  readonly error_code: string | null;
  readonly error_parameters: ErrorParameters | null;
}

/** Backs the type `Term`. */
export interface TermRow {
  readonly id: string;
  readonly code: string;
  readonly status: TermStatus;
  readonly block_policy: BlockPolicy;
  readonly lesson_count: number;
}
export const Term = builder.objectRef<TermRow>('Term');
export const selectTerms = sql<TermRow>`select t.* from term t`;

/** Backs the type `CourseCalendar`. */
export interface CourseCalendarRow extends FailureColumns {
  readonly id: string;
  readonly term_id: string;
  readonly offering: string;
  readonly title: string | null;
  readonly desired_title: string;
  readonly wps_calendar_id: string | null;
  readonly state: CourseCalendarState;
  readonly created_at: string;
  readonly updated_at: string;
}
export const CourseCalendar = builder.objectRef<CourseCalendarRow>('CourseCalendar');
export const selectCalendars = sql<CourseCalendarRow>`select c.* from course_calendar c`;

/** Backs the types `LessonBlock` and `CalendarEvent`: there is one event per block. */
export interface LessonBlockRow extends FailureColumns {
  readonly id: string;
  readonly calendar_id: string;
  readonly term_id: string;
  readonly offering: string;
  readonly course_name: string;
  readonly week: number | null;
  readonly weekday: number;
  readonly day: string;
  readonly half_day: HalfDay;
  readonly periods: readonly number[];
  readonly starts_at: string;
  readonly ends_at: string;
  readonly building: string;
  readonly rooms: readonly string[];
  readonly teachers: readonly LessonTeacher[];
  readonly check_in: boolean;
  readonly external_id: string;
  readonly removed_at: string | null;
  readonly event_state: CalendarEventState;
  readonly wps_event_id: string | null;
  readonly synced_at: string | null;
}
export const LessonBlock = builder.objectRef<LessonBlockRow>('LessonBlock');
export const CalendarEvent = builder.objectRef<LessonBlockRow>('CalendarEvent');
export const selectBlocks = sql<LessonBlockRow>`
  select b.id, b.calendar_id, b.term_id, c.offering, b.course_name, b.week, b.weekday,
    to_char(b.date, 'YYYY-MM-DD') as day, b.half_day, b.periods, b.starts_at, b.ends_at, b.building, b.rooms, b.teachers,
    b.check_in, b.external_id, b.removed_at, b.event_state, b.wps_event_id, b.synced_at, b.error_code, b.error_parameters
  from lesson_block b join course_calendar c on c.id = b.calendar_id`;

/** Backs the type `CalendarMember`. */
export interface CalendarMemberRow extends FailureColumns {
  readonly id: string;
  readonly calendar_id: string;
  readonly user_no: string;
  readonly name: string | null;
  readonly user_type: TimetableUserType;
  readonly desired_role: CalendarRole | null;
  readonly actual_role: CalendarRole | null;
  readonly state: CalendarMemberState;
}
export const CalendarMember = builder.objectRef<CalendarMemberRow>('CalendarMember');
export const selectMembers = sql<CalendarMemberRow>`
  select m.*, p.name from calendar_member m
  left join timetable_person p on p.user_type = m.user_type and p.user_no = m.user_no`;

/** Backs the type `CalendarConflict`. */
export interface CalendarConflictRow {
  readonly id: string;
  readonly kind: ConflictKind;
  readonly subject: string;
  readonly day: string;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly block_ids: readonly string[];
  readonly students: number | null;
}
export const CalendarConflict = builder.objectRef<CalendarConflictRow>('CalendarConflict');
export const selectConflicts = sql<CalendarConflictRow>`
  select f.id, f.term_id, f.kind, f.subject, to_char(f.date, 'YYYY-MM-DD') as day, f.starts_at, f.ends_at,
    f.block_ids::text[] as block_ids, f.students from timetable_conflict f`;

/** Backs the type `CalendarFinding`. */
export interface CalendarFindingRow {
  readonly id: string;
  readonly kind: FindingKind;
  readonly subject: FindingSubject;
  readonly finding_key: string;
  readonly calendar_id: string | null;
  readonly remote_id: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly found_at: string;
  readonly repaired_at: string | null;
  readonly closed_at: string | null;
}
export const CalendarFinding = builder.objectRef<CalendarFindingRow>('CalendarFinding');
export const selectFindings = sql<CalendarFindingRow>`select f.* from calendar_finding f`;

export const termById = rowById<TermRow>(async (scope, ids) => {
  const { rows } = await sql<TermRow>`${selectTerms} where t.id = any(${[...ids]}::bigint[])`.execute(
    sqlOf(scope),
  );
  return rows;
});
export const calendarById = rowById<CourseCalendarRow>(async (scope, ids) => {
  const found = sql<CourseCalendarRow>`${selectCalendars} where c.id = any(${[...ids]}::bigint[])`;
  return (await found.execute(sqlOf(scope))).rows;
});
export const blockById = rowById<LessonBlockRow>(async (scope, ids) => {
  const found = sql<LessonBlockRow>`${selectBlocks} where b.id = any(${[...ids]}::bigint[])`;
  return (await found.execute(sqlOf(scope))).rows;
});
export const memberById = rowById<CalendarMemberRow>(async (scope, ids) => {
  const found = sql<CalendarMemberRow>`${selectMembers} where m.id = any(${[...ids]}::bigint[])`;
  return (await found.execute(sqlOf(scope))).rows;
});
export const findingById = rowById<CalendarFindingRow>(async (scope, ids) => {
  const found = sql<CalendarFindingRow>`${selectFindings} where f.id = any(${[...ids]}::bigint[])`;
  return (await found.execute(sqlOf(scope))).rows;
});

/** A term by its code. */
export const termByCode = oneByKey<TermRow>(async (scope, codes) => {
  const { rows } = await sql<TermRow>`${selectTerms} where t.code = any(${[...codes]}::text[])`.execute(
    sqlOf(scope),
  );
  return new Map(rows.map((row) => [row.code, row]));
});
