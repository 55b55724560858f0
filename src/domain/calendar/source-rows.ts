import type { TimetableUserType } from './states.ts';

/** One row of `u_jw_kcb_cur` (calendar-facts.md §1.1): texts as the source writes them, every column nullable. */
export interface LessonRow {
  readonly offering: string | null;
  readonly week: number | null;
  readonly weekday: number | null;
  readonly period: number | null;
  readonly building: string | null;
  readonly room: string | null;
  /** Staff numbers, separated by commas. */
  readonly teacherNumbers: string | null;
  /** Their names, parallel to the numbers. */
  readonly teacherNames: string | null;
  readonly date: string | null;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly courseName: string | null;
  readonly checkIn: string | null;
  /** `sj`: the last change at the source. */
  readonly changedAt: string | null;
  /** `zt`: add, update, delete or nothing. */
  readonly change: string | null;
  /** `gx_zt`: our mark on the row, or the first system's; null where the source has no such column. */
  readonly mark: string | null;
}

/** One row of `out_jw_kcb_xs` or `out_jw_kcb_js`: a person's enrolment in an offering. */
export interface EnrolmentRow {
  readonly offering: string;
  readonly userType: TimetableUserType;
  readonly userNo: string;
  readonly changedAt: string | null;
  readonly change: string | null;
  readonly mark: string | null;
}

/** One row of `out_xsxx` or `out_jsxx`; nothing else of a person is read. */
export interface PersonRow {
  readonly userType: TimetableUserType;
  readonly userNo: string;
  readonly name: string | null;
  readonly change: string | null;
}

/** True when the source takes the row back. Nothing written counts as "not deleted" (calendar-facts.md §1.7). */
export function isDeleted(change: string | null): boolean {
  return change?.trim().toLowerCase() === 'delete';
}

/** Meaning of a row's processing mark. */
export type IngestState = 'NEW' | 'CONSUMED';

/** The marks of the first system and ours, in one table (calendar-facts.md §8, end). */
const ingestStates: Readonly<Record<string, IngestState>> = {
  '': 'NEW',
  '2': 'NEW',
  '1': 'CONSUMED',
  '3': 'CONSUMED',
  processed: 'CONSUMED',
};

/** The meaning of a mark (`gx_zt`); an unknown one counts as new. */
export function ingestStateOf(mark: string | null): IngestState {
  return ingestStates[mark?.trim() ?? ''] ?? 'NEW';
}

/** The marks we write back (calendar.md §7). */
export const marks = { lessonTaken: '3', enrolmentActive: '1', enrolmentRemoved: '3' } as const;
