import { outsideTransaction } from '../entities/transaction.ts';
import type { Env } from '../environment/env.ts';
import {
  CLOCK_SKEW_SECONDS,
  createTokenVerifier,
  type IssuerNames,
} from '../integrations/oidc/token-verifier.ts';
import type { Logger } from '../logger.ts';
import type { RateLimits } from '../schema/context/context.ts';
import type { Secret } from '../secret.ts';
import { ApiKeys } from '../server/authentication/api-keys.ts';
import { createAuthenticate } from '../server/authentication/authenticate.ts';
import type { Authenticate } from '../server/authentication/authentication.ts';
import { acceptTokens } from '../server/authentication/oidc-tokens.ts';
import { PostgresRateLimits } from '../server/authentication/rate-limits.ts';
import type { ApplicationCore } from './core.ts';

/** Authentication and rate limits. */
export interface Access {
  readonly authenticate: Authenticate;
  readonly rateLimits: RateLimits;
  readonly issuerMismatch: () => IssuerNames | null;
  close(): void;
}

/** Creates what decides about callers: the bootstrap key, API keys, an issuer of tokens, rate limits. */
export function openAccess(options: {
  readonly env: Env;
  readonly core: ApplicationCore;
  readonly adminKey: Secret | null;
  readonly logger: Logger;
}): Access {
  const { env, core, adminKey, logger } = options;
  const { settings } = core;
  const db = () => outsideTransaction(core.apiOrm.em.fork());
  const keys = new ApiKeys({ db, feed: core.feed, logger });
  const verifier = env.oidc === null ? null : createTokenVerifier(env.oidc, logger);
  const tokens =
    verifier === null
      ? null
      : acceptTokens({
          verify: (token) => verifier.verify(token),
          clockSkewSeconds: CLOCK_SKEW_SECONDS,
          rules: () => ({
            scopeClaims: settings.get('oidc_scope_claims'),
            groupClaims: settings.get('oidc_group_claims'),
            groupScopes: settings.get('oidc_group_scopes'),
          }),
          onPowerless: (claims) =>
            logger.warn(
              { claims, read: settings.get('oidc_scope_claims') },
              'a token permits nothing: none of the claims that are read names a scope (Settings oidc_scope_claims, oidc_group_scopes)',
            ),
        });
  void verifier?.prepare();
  const ruleFor = (principal: string) => {
    const overrides = settings.get('api_rate_limit_overrides');
    const own = Object.hasOwn(overrides, principal) ? overrides[principal] : undefined;
    return {
      points: own ?? settings.get('api_rate_limit_points'),
      windowSeconds: settings.get('api_rate_limit_window_seconds'),
    };
  };
  return {
    authenticate: createAuthenticate({ adminKey, keys, tokens, logger }),
    rateLimits: new PostgresRateLimits({ db, ruleFor, logger }),
    issuerMismatch: () => verifier?.mismatch() ?? null,
    close: () => keys.close(),
  };
}
