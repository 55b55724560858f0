import type { EnrolmentRow, LessonRow } from './source-rows.ts';

/**
 * Fingerprint of an offering's rows, independent of their order: sums of two independent 32-bit hashes of each row,
 * and the number of rows. Tables that differ in a row differ here, except for one case in 2^60.
 */
export interface Fingerprint {
  first: number;
  second: number;
  rows: number;
}

export function emptyFingerprint(): Fingerprint {
  return { first: 0, second: 0, rows: 0 };
}

/** Takes a row in. */
export function addRow(print: Fingerprint, text: string): void {
  let one = 0x811c9dc5;
  let two = 0x9747b28c;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x01000193);
    two = Math.imul(two ^ unit, 0x85ebca6b);
    two ^= two >>> 13;
  }
  // Sums, so that the order of rows does not matter and two equal rows do not cancel each other.
  print.first = (print.first + mix(one)) >>> 0;
  print.second = (print.second + mix(two)) >>> 0;
  print.rows += 1;
}

function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x7feb352d);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

export function printText({ first, second, rows }: Fingerprint): string {
  return `${first.toString(36)}.${second.toString(36)}.${rows}`;
}

const SEPARATOR = '\u0001';

/** All of a lesson but the marks that we write ourselves. */
export function lessonText(row: LessonRow): string {
  return [
    row.week,
    row.weekday,
    row.period,
    row.building,
    row.room,
    row.teacherNumbers,
    row.teacherNames,
    row.date,
    row.startsAt,
    row.endsAt,
    row.courseName,
    row.checkIn,
    row.changedAt,
    row.change,
  ].join(SEPARATOR);
}

/** The same of an enrolment, and whether the table of people took the person back: both decide about a member. */
export function enrolmentText(row: EnrolmentRow, isGone: boolean): string {
  const parts = [row.userType, row.userNo, row.changedAt, row.change];
  return (isGone ? [...parts, 'gone'] : parts).join(SEPARATOR);
}
