import { defineEntity, p } from '@mikro-orm/postgresql';
import { Term } from './term.ts';

export const TimetableOfferingSchema = defineEntity({
  name: 'TimetableOffering',
  tableName: 'timetable_offering',
  properties: {
    term: () => p.manyToOne(Term).primary(),
    offering: p.string().primary(),
    /** Fingerprint of its lessons, with all that planning depended on beside them; null: never planned. */
    lessonsPrint: p.string().nullable(),
    enrolmentsPrint: p.string().nullable(),
    lessonCount: p.integer(),
    refusedCount: p.integer(),
    /** Teachers of its lessons, in the order in which they teach. */
    teachers: p.array(),
  },
});

/** Fingerprints of an offering's rows as last planned, which tell changed offerings without a copy of the rows. */
export class TimetableOffering extends TimetableOfferingSchema.class {}
TimetableOfferingSchema.setClass(TimetableOffering);
