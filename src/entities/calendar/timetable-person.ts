import { defineEntity, p } from '@mikro-orm/postgresql';
import { timetableUserTypes } from '../../domain/calendar/states.ts';

export const TimetablePersonSchema = defineEntity({
  name: 'TimetablePerson',
  tableName: 'timetable_person',
  properties: {
    id: p.bigint('string').primary(),
    userType: p.enum(timetableUserTypes),
    userNo: p.string(),
    name: p.string().nullable(),
    /** The source took this person back. */
    gone: p.boolean(),
    updatedAt: p.datetime(),
  },
});

/** A student or teacher of the timetable: number and name, nothing else. */
export class TimetablePerson extends TimetablePersonSchema.class {}
TimetablePersonSchema.setClass(TimetablePerson);
