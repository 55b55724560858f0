import type { EnrolmentRow, LessonRow, PersonRow } from '../../domain/calendar/source-rows.ts';
import type { TimetableUserType } from '../../domain/calendar/states.ts';
import type { Upstream } from './upstream.ts';

/** State of the source's tables and of our rights on them. */
export interface SourceCheck {
  /** Tables that are not there, or that we may not read. */
  readonly unreadable: readonly string[];
  /** Why `gx_zt` and `gx_sj` cannot be written, in the source's words; null when they can. */
  readonly markProblem: string | null;
}

/** Which rows of a term are wanted. */
export interface RowFilter {
  readonly term: string;
  /** Only of these offerings; null: of all. */
  readonly offerings: readonly string[] | null;
}

/** Rows that are to be marked alike: they are still as they were read when `changedAt` and `change` are. */
export interface LessonMark {
  readonly offering: string;
  readonly changedAt: string | null;
  readonly change: string | null;
  /** Only this row of them; null: all. */
  readonly row: Pick<LessonRow, 'date' | 'period' | 'startsAt' | 'endsAt'> | null;
}

export interface EnrolmentMark {
  readonly userType: TimetableUserType;
  readonly offering: string;
  readonly userNos: readonly string[];
  readonly changedAt: string | null;
  readonly change: string | null;
  readonly mark: string;
}

/**
 * A school's timetable tables. Reading streams: a batch is asked for when the one before has been taken. Throws
 * `UpstreamError`: `credentials` when the source cannot be used as it is, `retryable` when a connection broke.
 */
export interface TimetableSource extends Upstream {
  check(): Promise<SourceCheck>;
  /** Lessons of a term that no row takes back, readable or not. */
  countLessons(term: string): Promise<number>;
  lessons(filter: RowFilter): AsyncIterable<readonly LessonRow[]>;
  enrolments(filter: RowFilter, userType: TimetableUserType): AsyncIterable<readonly EnrolmentRow[]>;
  /** All people of a kind: number, name and whether the source took them back. */
  people(userType: TimetableUserType): AsyncIterable<readonly PersonRow[]>;
  markLessons(term: string, lessons: readonly LessonMark[], at: Date): Promise<number>;
  markEnrolments(term: string, enrolments: readonly EnrolmentMark[], at: Date): Promise<number>;
  close(): Promise<void>;
}
