import type {
  BlockPolicy,
  CalendarEventState,
  CalendarMemberState,
  CalendarRole,
  CalendarSyncKind,
  ConflictKind,
  CourseCalendarState,
  FindingKind,
  FindingSubject,
  HalfDay,
  TermStatus,
  TimetableUserScope,
  TimetableUserType,
} from '../../domain/calendar/states.ts';
import { builder } from '../building/builder.ts';
import type { Described } from '../building/shared-enums.ts';

const userTypes = {
  STUDENT: { description: 'A student.' },
  TEACHER: { description: 'A member of staff.' },
} as const satisfies Described<TimetableUserType>;
export const TimetableUserTypeEnum = builder.enumType('TimetableUserType', {
  description: 'Kind of a person of the timetable.',
  values: userTypes,
});

const userScopes = {
  ...userTypes,
  ALL: { description: 'Both.' },
} as const satisfies Described<TimetableUserScope>;
export const TimetableUserScopeEnum = builder.enumType('TimetableUserScope', {
  description: 'Which people a USERS run is about.',
  values: userScopes,
});

const syncKinds = {
  FULL: { description: 'The whole timetable: courses, lessons and people.' },
  INCREMENTAL: { description: 'What changed in the timetable since the last run.' },
  USERS: { description: 'Members of the calendars only.' },
} as const satisfies Described<CalendarSyncKind>;
export const CalendarSyncKindEnum = builder.enumType('CalendarSyncKind', {
  description: 'What a sync of calendars is about.',
  values: syncKinds,
});

const policies = {
  CONTIGUOUS: { description: 'Consecutive periods are one block.' },
  HALF_DAY: { description: 'Every period of a half-day is one block, as the first system had it.' },
} as const satisfies Described<BlockPolicy>;
export const BlockPolicyEnum = builder.enumType('BlockPolicy', {
  description: 'Which periods become one event.',
  values: policies,
});

const termStatuses = {
  OPEN: { description: 'Synced.' },
  CLOSED: { description: 'Not synced any more; its calendars stay.' },
} as const satisfies Described<TermStatus>;
export const TermStatusEnum = builder.enumType('TermStatus', {
  description: 'Whether a term is synced.',
  values: termStatuses,
});

const halfDays = {
  AM: { description: 'Periods 1 to 4.' },
  PM: { description: 'Periods from 5 on, evening ones too.' },
} as const satisfies Described<HalfDay>;
export const HalfDayEnum = builder.enumType('HalfDay', { description: 'Half of a day.', values: halfDays });

const calendarStates = {
  PENDING: { description: 'To be created.' },
  ACTIVE: { description: 'At WPS.' },
  FAILED: { description: 'WPS refused it; the next run tries again.' },
  DELETED: { description: 'Deleted with the calendars of its term.' },
} as const satisfies Described<CourseCalendarState>;
export const CourseCalendarStateEnum = builder.enumType('CourseCalendarState', {
  description: 'State of a calendar.',
  values: calendarStates,
});

const eventStates = {
  PENDING: { description: 'To be created.' },
  SYNCED: { description: 'At WPS, as it should be.' },
  STALE: { description: 'At WPS, and to be changed or deleted.' },
  DELETED: { description: 'Not at WPS any more.' },
  FAILED: { description: 'WPS refused it; the next run tries again.' },
} as const satisfies Described<CalendarEventState>;
export const CalendarEventStateEnum = builder.enumType('CalendarEventState', {
  description: 'State of an event.',
  values: eventStates,
});

const memberStates = {
  PENDING: { description: 'To be added, or to get another role.' },
  ACTIVE: { description: 'A member.' },
  REMOVING: { description: 'To be removed.' },
  REMOVED: { description: 'Not a member any more.' },
  USER_MISSING: { description: 'WPS knows nobody of this number; every run asks again.' },
  FAILED: { description: 'WPS refused it; the next run tries again.' },
} as const satisfies Described<CalendarMemberState>;
export const CalendarMemberStateEnum = builder.enumType('CalendarMemberState', {
  description: 'State of a member.',
  values: memberStates,
});

const roles = {
  READER: { description: 'Sees the calendar: students.' },
  WRITER: { description: 'Changes it too: further teachers.' },
  OWNER: { description: 'The first teacher of the offering.' },
} as const satisfies Described<CalendarRole>;
export const CalendarRoleEnum = builder.enumType('CalendarRole', {
  description: 'What a member may do.',
  values: roles,
});

const conflictKinds = {
  TEACHER: { description: 'One teacher in two rooms at once.' },
  ROOM: { description: 'One room with two teachers at once.' },
  STUDENT: { description: 'Students of two offerings at once.' },
} as const satisfies Described<ConflictKind>;
export const ConflictKindEnum = builder.enumType('ConflictKind', {
  description: 'Who or what is in two places at once.',
  values: conflictKinds,
});

const findingKinds = {
  MISSING_REMOTE: { description: 'Recorded here, and not at WPS.' },
  ORPHAN_REMOTE: { description: 'Ours at WPS, and not recorded here: a double, or somebody removed before.' },
  DRIFT: { description: 'At WPS otherwise than it is recorded.' },
  FOREIGN: { description: 'Somebody else made it; never touched.' },
} as const satisfies Described<FindingKind>;
export const FindingKindEnum = builder.enumType('FindingKind', {
  description: 'How WPS differs from what is recorded.',
  values: findingKinds,
});

const findingSubjects = {
  CALENDAR: { description: 'A calendar.' },
  EVENT: { description: 'An event.' },
  MEMBER: { description: 'A member.' },
} as const satisfies Described<FindingSubject>;
export const FindingSubjectEnum = builder.enumType('FindingSubject', {
  description: 'What a finding is about.',
  values: findingSubjects,
});
