import { defineEntity, p } from '@mikro-orm/postgresql';

export const EndedCountSchema = defineEntity({
  name: 'EndedCount',
  tableName: 'ended_count',
  properties: {
    id: p.bigint('string').primary(),
    /** `TASK` or `REQUEST`. */
    kind: p.string(),
    /** Of tasks; empty for requests. */
    system: p.string(),
    status: p.string(),
    count: p.bigint('number'),
  },
});

/**
 * How many tasks or requests ended in a state: the sum over all rows with the same key. Triggers add a row for what a
 * statement changed, and the sweep adds rows up.
 */
export class EndedCount extends EndedCountSchema.class {}
EndedCountSchema.setClass(EndedCount);
