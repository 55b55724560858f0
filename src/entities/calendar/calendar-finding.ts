import { defineEntity, p } from '@mikro-orm/postgresql';
import { findingKinds, findingSubjects } from '../../domain/calendar/states.ts';
import { CourseCalendar } from './course-calendar.ts';
import { Term } from './term.ts';

export const CalendarFindingSchema = defineEntity({
  name: 'CalendarFinding',
  tableName: 'calendar_finding',
  properties: {
    id: p.bigint('string').primary(),
    term: () => p.manyToOne(Term),
    kind: p.enum(findingKinds),
    subject: p.enum(findingSubjects),
    /** The same difference found again has the same. */
    findingKey: p.string(),
    calendar: () => p.manyToOne(CourseCalendar).nullable(),
    remoteId: p.string().nullable(),
    details: p.json<Record<string, unknown>>(),
    foundAt: p.datetime(),
    repairedAt: p.datetime().nullable(),
    /** A later run did not see it any more. */
    closedAt: p.datetime().nullable(),
  },
});

/** A difference between what we recorded and what WPS has, found by a reconciliation. */
export class CalendarFinding extends CalendarFindingSchema.class {}
CalendarFindingSchema.setClass(CalendarFinding);
