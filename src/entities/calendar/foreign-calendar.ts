import { defineEntity, p } from '@mikro-orm/postgresql';

export const ForeignCalendarSchema = defineEntity({
  name: 'ForeignCalendar',
  tableName: 'foreign_calendar',
  properties: {
    wpsCalendarId: p.string().primary(),
    seenAt: p.datetime(),
  },
});

/** A calendar at WPS that was there before we sent a create, so that it is never taken for what a lost answer made. */
export class ForeignCalendar extends ForeignCalendarSchema.class {}
ForeignCalendarSchema.setClass(ForeignCalendar);
