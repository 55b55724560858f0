/** Closed sets of area 2 (contracts/calendar-schema.graphql). */

export const timetableUserTypes = ['STUDENT', 'TEACHER'] as const;
export type TimetableUserType = (typeof timetableUserTypes)[number];

export const timetableUserScopes = ['STUDENT', 'TEACHER', 'ALL'] as const;
export type TimetableUserScope = (typeof timetableUserScopes)[number];

export const calendarSyncKinds = ['FULL', 'INCREMENTAL', 'USERS'] as const;
export type CalendarSyncKind = (typeof calendarSyncKinds)[number];

export const blockPolicies = ['CONTIGUOUS', 'HALF_DAY'] as const;
export type BlockPolicy = (typeof blockPolicies)[number];

export const termStatuses = ['OPEN', 'CLOSED'] as const;
export type TermStatus = (typeof termStatuses)[number];

export const halfDays = ['AM', 'PM'] as const;
export type HalfDay = (typeof halfDays)[number];

export const courseCalendarStates = ['PENDING', 'ACTIVE', 'FAILED', 'DELETED'] as const;
export type CourseCalendarState = (typeof courseCalendarStates)[number];

export const calendarEventStates = ['PENDING', 'SYNCED', 'STALE', 'DELETED', 'FAILED'] as const;
export type CalendarEventState = (typeof calendarEventStates)[number];

export const calendarMemberStates = [
  'PENDING',
  'ACTIVE',
  'REMOVING',
  'REMOVED',
  'USER_MISSING',
  'FAILED',
] as const;
export type CalendarMemberState = (typeof calendarMemberStates)[number];

export const calendarRoles = ['READER', 'WRITER', 'OWNER'] as const;
export type CalendarRole = (typeof calendarRoles)[number];

export const conflictKinds = ['TEACHER', 'ROOM', 'STUDENT'] as const;
export type ConflictKind = (typeof conflictKinds)[number];

export const findingKinds = ['MISSING_REMOTE', 'ORPHAN_REMOTE', 'DRIFT', 'FOREIGN'] as const;
export type FindingKind = (typeof findingKinds)[number];

export const findingSubjects = ['CALENDAR', 'EVENT', 'MEMBER'] as const;
export type FindingSubject = (typeof findingSubjects)[number];

const TERM = /^(\d{4})-(\d{4})-([12])$/;

/** True for a term as the source writes it, of two adjacent years: `2024-2025-2`. */
export function isTermCode(code: string): boolean {
  const [, from, to] = TERM.exec(code) ?? [];
  return from !== undefined && Number(to) === Number(from) + 1;
}
