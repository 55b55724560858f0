import { claimsOf, claimsOfScopes, type ScopeRules } from '../../domain/access/token-claims.ts';
import { seesEverything } from '../../domain/access/visibility.ts';
import type { Authentication, LocalText } from './authentication.ts';
import { lapseAt } from './lapse.ts';

/** Result of verifying a token; the issuer's keys are fetched elsewhere. */
export type CheckedToken =
  | {
      readonly kind: 'valid';
      readonly payload: Readonly<Record<string, unknown>>;
      readonly expiresAtMs: number;
    }
  | { readonly kind: 'expired' }
  | { readonly kind: 'invalid' }
  /** Our own configuration fits no token of the issuer. */
  | { readonly kind: 'misconfigured' };

/** Turns a JWT into a viewer. Throws when the issuer cannot be asked. */
export type AcceptTokens = (token: string) => Promise<Authentication>;

const EXPIRED: LocalText = {
  EN: 'The token has expired. Sign in again.',
  ZH_CN: '令牌已过期。请重新登录。',
};
const INVALID: LocalText = {
  EN: 'The token is not valid here: its signature, issuer, audience, times or subject are not what this service accepts. Sign in again, or compare OIDC_ISSUER and OIDC_AUDIENCE with the token.',
  ZH_CN:
    '令牌在这里无效：签名、签发者、受众、时间或主体不符合要求。请重新登录，或核对 OIDC_ISSUER、OIDC_AUDIENCE 与令牌是否一致。',
};

const MISCONFIGURED: LocalText = {
  EN: 'No token can be accepted here at present: this service is set up for another issuer than the one that answers at its address (OIDC_ISSUER). Tell the operator; API keys work.',
  ZH_CN:
    '目前无法接受任何令牌：本服务配置的签发者（OIDC_ISSUER）与该地址上的签发者不一致。请告知管理员；API 密钥可以正常使用。',
};

/** Accepts tokens that `verify` accepts; its tolerance for clock skew applies to open sockets too. */
export function acceptTokens(options: {
  readonly verify: (token: string) => Promise<CheckedToken>;
  readonly clockSkewSeconds: number;
  /** Read with each token: the Settings may change. */
  readonly rules: () => ScopeRules;
  /** Told of a token that permits nothing, with the claims in which its scopes may stand. */
  readonly onPowerless: (claims: readonly string[]) => void;
}): AcceptTokens {
  return async (token) => {
    const checked = await options.verify(token);
    if (checked.kind === 'expired') return { outcome: 'refused', reason: EXPIRED };
    if (checked.kind === 'misconfigured') return { outcome: 'refused', reason: MISCONFIGURED };
    const claims = checked.kind === 'valid' ? claimsOf(checked.payload, options.rules()) : null;
    if (checked.kind === 'invalid' || claims === null) return { outcome: 'refused', reason: INVALID };
    if (claims.scopes.size === 0) options.onPowerless(claimsOfScopes(checked.payload));
    const restMs = checked.expiresAtMs + options.clockSkewSeconds * 1_000 - Date.now();
    return {
      outcome: 'accepted',
      viewer: { ...claims, sees: seesEverything, keyId: null, expiresAt: new Date(checked.expiresAtMs) },
      lapse: lapseAt(performance.now() + restMs),
    };
  };
}
