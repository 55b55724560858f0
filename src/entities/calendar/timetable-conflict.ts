import { defineEntity, p } from '@mikro-orm/postgresql';
import { conflictKinds } from '../../domain/calendar/states.ts';
import { Term } from './term.ts';

export const TimetableConflictSchema = defineEntity({
  name: 'TimetableConflict',
  tableName: 'timetable_conflict',
  properties: {
    id: p.bigint('string').primary(),
    term: () => p.manyToOne(Term),
    kind: p.enum(conflictKinds),
    subject: p.string(),
    date: p.date(),
    startsAt: p.datetime(),
    endsAt: p.datetime(),
    blockIds: p.array(),
    students: p.integer().nullable(),
  },
});

/** One teacher, one room or students in two places at once, as the last run that planned found them. */
export class TimetableConflict extends TimetableConflictSchema.class {}
TimetableConflictSchema.setClass(TimetableConflict);
