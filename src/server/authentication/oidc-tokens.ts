import { claimsOf } from '../../domain/access/token-claims.ts';
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
  | { readonly kind: 'invalid' };

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

/** Accepts tokens that `verify` accepts; its tolerance for clock skew applies to open sockets too. */
export function acceptTokens(options: {
  readonly verify: (token: string) => Promise<CheckedToken>;
  readonly clockSkewSeconds: number;
}): AcceptTokens {
  return async (token) => {
    const checked = await options.verify(token);
    if (checked.kind === 'expired') return { outcome: 'refused', reason: EXPIRED };
    const claims = checked.kind === 'valid' ? claimsOf(checked.payload) : null;
    if (checked.kind === 'invalid' || claims === null) return { outcome: 'refused', reason: INVALID };
    const restMs = checked.expiresAtMs + options.clockSkewSeconds * 1_000 - Date.now();
    return {
      outcome: 'accepted',
      viewer: { ...claims, sees: seesEverything, keyId: null, expiresAt: new Date(checked.expiresAtMs) },
      lapse: lapseAt(performance.now() + restMs),
    };
  };
}
