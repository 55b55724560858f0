import { readLessonDate, readLessonTime } from './lesson-times.ts';
import type { LessonRow } from './source-rows.ts';

/** A teacher as a lesson names them. */
export interface LessonTeacher {
  readonly userNo: string;
  readonly name: string | null;
}

/** A row of the timetable that was understood: one period of one offering on one day. */
export interface Lesson {
  readonly courseName: string;
  readonly week: number | null;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly period: number;
  /** `HH:MM:SS`. */
  readonly start: string;
  readonly end: string;
  readonly building: string;
  readonly room: string;
  readonly teachers: readonly LessonTeacher[];
  readonly checkIn: boolean;
  readonly changedAt: string;
}

/** Why a row of the timetable is not taken. */
export type LessonProblem =
  | 'LESSON_WITHOUT_OFFERING'
  | 'LESSON_WITHOUT_PERIOD'
  | 'LESSON_DATE_UNREADABLE'
  | 'LESSON_TIME_UNREADABLE'
  | 'LESSON_TIMES_REVERSED';

/** Understands a current row, or says why not. */
export function readLesson(row: LessonRow): Lesson | LessonProblem {
  if ((row.offering ?? '').trim() === '') return 'LESSON_WITHOUT_OFFERING';
  if (row.period === null || !Number.isInteger(row.period) || row.period < 1) return 'LESSON_WITHOUT_PERIOD';
  const date = readLessonDate(row.date ?? '');
  if (date === null) return 'LESSON_DATE_UNREADABLE';
  const start = readLessonTime(row.startsAt ?? '');
  const end = readLessonTime(row.endsAt ?? '');
  if (start === null || end === null) return 'LESSON_TIME_UNREADABLE';
  if (end <= start) return 'LESSON_TIMES_REVERSED';
  return {
    courseName: row.courseName?.trim() ?? '',
    week: row.week,
    date,
    period: row.period,
    start,
    end,
    building: row.building?.trim() ?? '',
    room: row.room?.trim() ?? '',
    teachers: teachersOf(row),
    checkIn: row.checkIn?.trim() === '1',
    changedAt: row.changedAt?.trim() ?? '',
  };
}

/** The key of a row that is not taken: date and period as the source writes them. */
export function refusedLessonKey(row: LessonRow): string {
  return `lesson:${row.offering ?? '-'}:${row.date ?? '-'}:${row.period ?? '-'}`;
}

const SEPARATOR = /[,，]/;

function teachersOf({ teacherNumbers, teacherNames }: LessonRow): LessonTeacher[] {
  const names = (teacherNames ?? '').split(SEPARATOR).map((name) => name.trim());
  const numbers = (teacherNumbers ?? '').split(SEPARATOR).map((number) => number.trim());
  // Names are parallel to the numbers, or they are not to be trusted.
  const parallel = names.length === numbers.length;
  return numbers.flatMap((userNo, index) => {
    if (userNo === '') return [];
    const name = parallel ? (names[index] ?? '') : '';
    return [{ userNo, name: name === '' ? null : name }];
  });
}
