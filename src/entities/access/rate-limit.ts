import { defineEntity, p } from '@mikro-orm/postgresql';

export const RateLimitSchema = defineEntity({
  name: 'RateLimit',
  tableName: 'rate_limit',
  properties: {
    key: p.string().primary(),
    points: p.integer(),
    expire: p.bigint('string').nullable(),
  },
});

/** What a principal has spent of its points; rate-limiter-flexible reads and writes it. */
export class RateLimit extends RateLimitSchema.class {}
RateLimitSchema.setClass(RateLimit);
