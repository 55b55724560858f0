import { defineEntity, p } from '@mikro-orm/postgresql';
import { calendarMemberStates, calendarRoles, timetableUserTypes } from '../../domain/calendar/states.ts';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import { CourseCalendar } from './course-calendar.ts';

export const CalendarMemberSchema = defineEntity({
  name: 'CalendarMember',
  tableName: 'calendar_member',
  properties: {
    id: p.bigint('string').primary(),
    calendar: () => p.manyToOne(CourseCalendar),
    userNo: p.string(),
    userType: p.enum(timetableUserTypes),
    /** Null: must not be a member. */
    desiredRole: p.enum(calendarRoles).nullable(),
    /** Null: WPS confirmed none. */
    actualRole: p.enum(calendarRoles).nullable(),
    permissionId: p.string().nullable(),
    state: p.enum(calendarMemberStates),
    /** WPS would not make them owner; they stay writer. */
    ownerRefused: p.boolean(),
    errorCode: p.string().nullable(),
    errorParameters: p.json<ErrorParameters>().nullable(),
    updatedAt: p.datetime(),
  },
});

/** One person in one calendar: what the timetable wants, and what WPS has. */
export class CalendarMember extends CalendarMemberSchema.class {}
CalendarMemberSchema.setClass(CalendarMember);
