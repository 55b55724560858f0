import { defineEntity, p } from '@mikro-orm/postgresql';
import { Person } from '../people/person.ts';

export const NameReservationSchema = defineEntity({
  name: 'NameReservation',
  tableName: 'name_reservation',
  properties: {
    id: p.bigint('string').primary(),
    kind: p.enum(['USERNAME', 'LOCAL_PART'] as const),
    value: p.string(),
    person: () => p.manyToOne(Person).nullable(),
    reservedAt: p.datetime(),
  },
});

/** A login or local part given to one person; never given to another, also after that person is deleted. */
export class NameReservation extends NameReservationSchema.class {}
NameReservationSchema.setClass(NameReservation);
