import { isScope, type Scope } from './scopes.ts';

/** The claims of a verified token that are used here. */
export interface TokenClaims {
  readonly principal: string;
  readonly scopes: ReadonlySet<Scope>;
}

/** `created_by` holds 200. */
const SUBJECT_MAX = 190;

/**
 * Principal and scopes of a token, from its `sub` and `scope` claims: scopes as one text with spaces (RFC 8693) or a
 * list; unknown scopes are ignored. Null when the subject is missing or too long.
 */
export function claimsOf(payload: Readonly<Record<string, unknown>>): TokenClaims | null {
  const { sub, scope } = payload;
  if (typeof sub !== 'string' || sub === '' || sub.length > SUBJECT_MAX) return null;
  const words: readonly unknown[] =
    typeof scope === 'string' ? scope.split(' ') : Array.isArray(scope) ? scope : [];
  const scopes = words.filter((word) => typeof word === 'string').filter(isScope);
  return { principal: `oidc:${sub}`, scopes: new Set(scopes) };
}
