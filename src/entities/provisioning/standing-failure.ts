import { defineEntity, p } from '@mikro-orm/postgresql';

export const StandingFailureSchema = defineEntity({
  name: 'StandingFailure',
  tableName: 'standing_failure',
  properties: {
    taskId: p.bigint('string').primary(),
  },
});

/**
 * A task that failed and may still stand: noted by a trigger as it fails, removed by the sweep once it is open again or
 * a newer task has taken its place.
 */
export class StandingFailure extends StandingFailureSchema.class {}
StandingFailureSchema.setClass(StandingFailure);
