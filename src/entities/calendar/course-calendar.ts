import { defineEntity, p } from '@mikro-orm/postgresql';
import { courseCalendarStates } from '../../domain/calendar/states.ts';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import { Term } from './term.ts';

export const CourseCalendarSchema = defineEntity({
  name: 'CourseCalendar',
  tableName: 'course_calendar',
  properties: {
    id: p.bigint('string').primary(),
    term: () => p.manyToOne(Term),
    /** `kkh`. */
    offering: p.string(),
    /** Title at WPS; null while there is no calendar. */
    title: p.string().nullable(),
    desiredTitle: p.string(),
    wpsCalendarId: p.string().nullable(),
    state: p.enum(courseCalendarStates),
    /** When its first create was sent; one without an id may exist. */
    sentAt: p.datetime().nullable(),
    sentTitle: p.string().nullable(),
    /** Calendars of the title that were at WPS before the first create was sent. */
    existingIds: p.array(),
    errorCode: p.string().nullable(),
    errorParameters: p.json<ErrorParameters>().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** One course offering of one term and its calendar at WPS. */
export class CourseCalendar extends CourseCalendarSchema.class {}
CourseCalendarSchema.setClass(CourseCalendar);
