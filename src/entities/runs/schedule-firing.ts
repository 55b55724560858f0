import { defineEntity, p } from '@mikro-orm/postgresql';

export const ScheduleFiringSchema = defineEntity({
  name: 'ScheduleFiring',
  tableName: 'schedule_firing',
  properties: {
    name: p.string().primary(),
    firedAt: p.datetime(),
  },
});

/** When a schedule fired last: the jobs it makes are purged, this stays. */
export class ScheduleFiring extends ScheduleFiringSchema.class {}
ScheduleFiringSchema.setClass(ScheduleFiring);
