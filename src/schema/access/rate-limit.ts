import { builder } from '../building/builder.ts';
import type { RateLimitState } from '../context/context.ts';
import { signedIn } from '../permissions/rules.ts';

const RateLimit = builder.objectRef<RateLimitState>('RateLimit').implement({
  description: 'How many operations the caller may still begin.',
  fields: (t) => ({
    limit: t.exposeInt('limit', {
      description: 'Operations per window, all keys of the principal and all replicas together.',
    }),
    remaining: t.exposeInt('remaining', {
      description: 'What is left of it, this operation counted; beyond it calls are RATE_LIMITED (429).',
    }),
    resetAt: t.expose('resetAt', {
      type: 'DateTime',
      description: 'When the window ends and all are there again.',
    }),
  }),
});

builder.queryField('rateLimit', (t) =>
  t.field({
    ...signedIn(),
    type: RateLimit,
    description:
      'The rate limit of the caller: Settings api_rate_limit_points, api_rate_limit_window_seconds and api_rate_limit_overrides.',
    resolve: (_root, _args, { services, viewer }) => services.rateLimits.stateOf(viewer?.principal ?? ''),
  }),
);
