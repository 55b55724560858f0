import { defineEntity, p } from '@mikro-orm/postgresql';
import type { EventContent } from '../../domain/calendar/event-content.ts';
import type { LessonTeacher } from '../../domain/calendar/read-lesson.ts';
import { calendarEventStates, halfDays } from '../../domain/calendar/states.ts';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import { CourseCalendar } from './course-calendar.ts';
import { Term } from './term.ts';

export const LessonBlockSchema = defineEntity({
  name: 'LessonBlock',
  tableName: 'lesson_block',
  properties: {
    id: p.bigint('string').primary(),
    calendar: () => p.manyToOne(CourseCalendar),
    term: () => p.manyToOne(Term),
    courseName: p.string(),
    week: p.integer().nullable(),
    weekday: p.integer(),
    date: p.date(),
    halfDay: p.enum(halfDays),
    periods: p.array((item) => Number(item)),
    startsAt: p.datetime(),
    endsAt: p.datetime(),
    building: p.string(),
    rooms: p.array(),
    teachers: p.json<readonly LessonTeacher[]>(),
    checkIn: p.boolean(),
    externalId: p.string(),
    /** Content that the event should have. */
    content: p.json<EventContent>(),
    contentHash: p.string(),
    /** The timetable has it no more; the row stays until its event is gone, and after that as a record. */
    removedAt: p.datetime().nullable(),
    eventState: p.enum(calendarEventStates),
    wpsEventId: p.string().nullable(),
    /** `content_hash` of what WPS was told last. */
    pushedHash: p.string().nullable(),
    /** When its create was sent; one without an id may exist. */
    sentAt: p.datetime().nullable(),
    syncedAt: p.datetime().nullable(),
    errorCode: p.string().nullable(),
    errorParameters: p.json<ErrorParameters>().nullable(),
  },
});

/** Consecutive periods of one offering on one day, and its event at WPS: one row, for there is one event per block. */
export class LessonBlock extends LessonBlockSchema.class {}
LessonBlockSchema.setClass(LessonBlock);
