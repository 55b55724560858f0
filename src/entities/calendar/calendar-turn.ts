import { defineEntity, p } from '@mikro-orm/postgresql';

export const CalendarTurnSchema = defineEntity({
  name: 'CalendarTurn',
  tableName: 'calendar_turn',
  properties: {
    one: p.boolean().primary(),
    runId: p.bigint('string'),
  },
});

/** The run that makes calendars, one at a time over all terms. */
export class CalendarTurn extends CalendarTurnSchema.class {}
CalendarTurnSchema.setClass(CalendarTurn);
