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
/** Codes of jose for faulty keys, not a faulty token. */
const UNREADABLE_KEYS = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID', 'ERR_JWKS_TIMEOUT']);
/** Callers wait for it. */
const TIMEOUT_MS = 5_000;

export type VerifiedToken =
  | { readonly kind: 'valid'; readonly payload: JWTPayload; readonly expiresAtMs: number }
  | { readonly kind: 'expired' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'misconfigured' };

/** Who vouches for tokens, and for whom they must be meant. */
export interface TokenIssuer {
  readonly issuer: string;
  readonly audience: string;
}

/** Verifies JWTs of one issuer, whose keys are fetched when first needed and cached. */
export interface TokenVerifier {
  /** @throws when the issuer's keys cannot be read. */
  verify(token: string): Promise<VerifiedToken>;
  /** Asks the issuer for its keys now, so that a mistake in its address is told at start; never throws. */
  prepare(): Promise<void>;
  /** What OIDC_ISSUER says and what its address describes, where the last look found two; null where it did not. */
  mismatch(): IssuerNames | null;
}

/** Two names of an issuer that should be one. */
export interface IssuerNames {
  readonly configured: string;
  readonly found: string;
}

const discovery = z.object({ issuer: z.string(), jwks_uri: z.string() });

/** Checks signature, algorithm, issuer, audience and times of a token. */
export function createTokenVerifier({ issuer, audience }: TokenIssuer, logger: Logger): TokenVerifier {
  const options = {
    algorithms: ALGORITHMS,
    // With the final slash or without it: whichever the issuer writes into its tokens.
    issuer: [withoutSlash(issuer), `${withoutSlash(issuer)}/`],
    audience,
    clockTolerance: CLOCK_SKEW_SECONDS,
    requiredClaims: ['exp', 'sub'],
  };
  let keys: Promise<JWTVerifyGetKey> | null = null;
  let mismatch: IssuerNames | null = null;
  const keysOfIssuer = (): Promise<JWTVerifyGetKey> => {
    keys ??= discoverKeys(issuer, logger).then(
      (found) => {
        mismatch = null;
        return found;
      },
      (error: unknown) => {
        keys = null;
        if (error instanceof IssuerMismatch) mismatch = error.names;
        throw error;
      },
    );
    return keys;
  };
  return {
    async prepare() {
      await keysOfIssuer().catch((error: unknown) => {
        if (!(error instanceof IssuerMismatch))
          logger.warn({ error, issuer }, 'the issuer of tokens does not answer yet');
      });
    },
    mismatch: () => mismatch,
    async verify(token) {
      const key = await keysOfIssuer().catch(misconfigured);
      if (key === null) return { kind: 'misconfigured' };
      try {
        const { payload } = await jwtVerify(token, key, options);
        return { kind: 'valid', payload, expiresAtMs: (payload.exp ?? 0) * 1_000 };
      } catch (error) {
        if (error instanceof errors.JWTExpired) return { kind: 'expired' };
        if (!(error instanceof errors.JOSEError) || UNREADABLE_KEYS.has(error.code)) throw error;
        logger.info({ code: error.code, ...claimOf(error, { issuer, audience }) }, 'a token was refused');
        return { kind: 'invalid' };
      }
    },
  };
}

async function discoverKeys(issuer: string, logger: Logger): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const { issuer: named, jwks_uri } = discovery.parse(await readJson(address, TIMEOUT_MS));
  if (withoutSlash(named) !== withoutSlash(issuer)) {
    logger.error(
      { configured: issuer, found: named },
      `OIDC_ISSUER is ${issuer}, but ${address} describes ${named}: no token is accepted until OIDC_ISSUER is corrected`,
    );
    throw new IssuerMismatch(address, { configured: issuer, found: named });
  }
  if (named !== issuer)
    logger.warn(
      { configured: issuer, found: named },
      `OIDC_ISSUER should be written as its issuer does, ${named}; both are accepted`,
    );
  if (!isSafeAddress(jwks_uri)) throw new Error(`${address} names keys at an address that is not used`);
  return createRemoteJWKSet(new URL(jwks_uri), {
    timeoutDuration: TIMEOUT_MS,
    [customFetch]: async (url) => Response.json(await readJson(url, TIMEOUT_MS)),
  });
}

/** OIDC_ISSUER and the issuer at its address are two: a mistake of the operator, which no repetition heals. */
class IssuerMismatch extends Error {
  readonly names: IssuerNames;

  constructor(address: string, names: IssuerNames) {
    super(`${address} describes ${names.found}, and OIDC_ISSUER is ${names.configured}`);
    this.names = names;
  }
}

function misconfigured(error: unknown): null {
  if (error instanceof IssuerMismatch) return null;
  throw error;
}

function withoutSlash(address: string): string {
  return address.replace(/\/$/, '');
}

/** Which claim of a refused token does not fit, with both values: they are names, and no secrets. */
function claimOf(error: unknown, expected: TokenIssuer): Readonly<Record<string, unknown>> {
  if (!(error instanceof errors.JWTClaimValidationFailed)) return {};
  const { claim, payload } = error;
  if (claim === 'iss') return { claim, found: payload.iss, expected: expected.issuer };
  if (claim === 'aud') return { claim, found: payload.aud, expected: expected.audience };
  return { claim };
}
