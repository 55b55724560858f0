import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { z } from 'zod';
import type { Logger } from '../../logger.ts';
import { isSafeAddress } from '../contract/variables.ts';
import { readJson } from './read-json.ts';

/** Signatures with a public key only: a shared secret, or none, proves nothing about the issuer. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** How far the clocks of issuer and service may be apart (reliability.md §5). */
export const CLOCK_SKEW_SECONDS = 60;
/** What jose says when it is the keys that are wrong, and not the token. */
const UNREADABLE_KEYS = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID', 'ERR_JWKS_TIMEOUT']);
/** Callers wait for it. */
const TIMEOUT_MS = 5_000;

export type VerifiedToken =
  | { readonly kind: 'valid'; readonly payload: JWTPayload; readonly expiresAtMs: number }
  | { readonly kind: 'expired' }
  | { readonly kind: 'invalid' };

/** Who vouches for tokens, and for whom they must be meant. */
export interface TokenIssuer {
  readonly issuer: string;
  readonly audience: string;
}

/** Verifies JWTs of one issuer, whose keys are fetched when first needed and cached. */
export interface TokenVerifier {
  /** @throws when the issuer's keys cannot be read, so that nobody can tell. */
  verify(token: string): Promise<VerifiedToken>;
}

const discovery = z.object({ issuer: z.string(), jwks_uri: z.string() });

/** Checks signature, algorithm, issuer, audience and times of a token. */
export function createTokenVerifier({ issuer, audience }: TokenIssuer, logger: Logger): TokenVerifier {
  const options = {
    algorithms: ALGORITHMS,
    issuer,
    audience,
    clockTolerance: CLOCK_SKEW_SECONDS,
    requiredClaims: ['exp', 'sub'],
  };
  let keys: Promise<JWTVerifyGetKey> | null = null;
  const keysOfIssuer = (): Promise<JWTVerifyGetKey> => {
    keys ??= discoverKeys(issuer).catch((error: unknown) => {
      keys = null;
      throw error;
    });
    return keys;
  };
  return {
    async verify(token) {
      const key = await keysOfIssuer();
      try {
        const { payload } = await jwtVerify(token, key, options);
        return { kind: 'valid', payload, expiresAtMs: (payload.exp ?? 0) * 1_000 };
      } catch (error) {
        if (error instanceof errors.JWTExpired) return { kind: 'expired' };
        if (!(error instanceof errors.JOSEError) || UNREADABLE_KEYS.has(error.code)) throw error;
        logger.info({ code: error.code }, 'a token was refused');
        return { kind: 'invalid' };
      }
    },
  };
}

async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const { issuer: named, jwks_uri } = discovery.parse(await readJson(address, TIMEOUT_MS));
  if (named !== issuer) throw new Error(`${address} describes another issuer than OIDC_ISSUER says`);
  if (!isSafeAddress(jwks_uri)) throw new Error(`${address} names keys at an address that is not used`);
  return createRemoteJWKSet(new URL(jwks_uri), {
    timeoutDuration: TIMEOUT_MS,
    [customFetch]: async (url) => Response.json(await readJson(url, TIMEOUT_MS)),
  });
}
