import { defineEntity, p } from '@mikro-orm/postgresql';
import { Term } from './term.ts';

export const AttendanceCourseSchema = defineEntity({
  name: 'AttendanceCourse',
  tableName: 'attendance_course',
  properties: {
    id: p.bigint('string').primary(),
    externalId: p.string(),
    term: () => p.manyToOne(Term),
    courseCode: p.string(),
    courseName: p.string(),
    semester: p.string(),
    teachingWeek: p.integer().nullable(),
    weekDay: p.integer(),
    teacherCodes: p.string(),
    teacherNames: p.string(),
    classLocation: p.string(),
    startTime: p.datetime(),
    endTime: p.datetime(),
    periods: p.string(),
    timePeriod: p.string(),
    attendanceEnabled: p.boolean(),
    attendanceStartOffset: p.integer(),
    attendanceEndOffset: p.integer(),
    lateThreshold: p.integer(),
    autoAbsentAfter: p.integer(),
    needCheckin: p.boolean(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    deletedAt: p.datetime().nullable(),
  },
});

/** A check-in lesson as the attendance application needs it (calendar-facts.md §6.1). */
export class AttendanceCourse extends AttendanceCourseSchema.class {}
AttendanceCourseSchema.setClass(AttendanceCourse);
