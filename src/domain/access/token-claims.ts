import { isScope, type Scope } from './scopes.ts';

/** The claims of a verified token that are used here. */
export interface TokenClaims {
  readonly principal: string;
  readonly scopes: ReadonlySet<Scope>;
}

/** `created_by` holds 200. */
const SUBJECT_MAX = 190;

/** Where the scopes of tokens stand (Settings `oidc_scope_claims`, `oidc_group_claims`, `oidc_group_scopes`). */
export interface ScopeRules {
  /** Claims that name scopes of ours. */
  readonly scopeClaims: readonly string[];
  /** Claims that name groups or roles of the issuer's. */
  readonly groupClaims: readonly string[];
  /** The scopes that a group or role grants. */
  readonly groupScopes: Readonly<Record<string, readonly string[]>>;
}

/**
 * Principal and scopes of a token, from its `sub` and the claims of `rules`: as one text with spaces (RFC 8693) or commas,
 * or a list of such; a claim within another is named with a dot (`realm_access.roles`). Unknown scopes are ignored. Null when the subject is missing or too long.
 */
export function claimsOf(payload: Readonly<Record<string, unknown>>, rules: ScopeRules): TokenClaims | null {
  const { sub } = payload;
  if (typeof sub !== 'string' || sub === '' || sub.length > SUBJECT_MAX) return null;
  const named = rules.scopeClaims.flatMap((claim) =>
    wordsOf(claimAt(payload, claim)).flatMap((text) => text.split(/[\s,]+/)),
  );
  const groups = rules.groupClaims.flatMap((claim) => wordsOf(claimAt(payload, claim)));
  const granted = groups.flatMap((group) =>
    Object.hasOwn(rules.groupScopes, group) ? (rules.groupScopes[group] ?? []) : [],
  );
  return { principal: `oidc:${sub}`, scopes: new Set([...named, ...granted].filter(isScope)) };
}

/**
 * The claims present in a token by which issuers state its scopes, for a person who looks into why it permits
 * nothing.
 */
export function claimsOfScopes(payload: Readonly<Record<string, unknown>>): readonly string[] {
  return ['scope', 'scp', 'scopes', 'roles', 'groups', 'permissions', 'realm_access'].filter(
    (claim) => claim in payload,
  );
}

/** A claim by its whole name, which may have dots (`https://example.com/roles`), else by its path. */
function claimAt(payload: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  const [outer = '', ...inner] = name.split('.');
  const value = Object.hasOwn(payload, outer) ? payload[outer] : undefined;
  if (inner.length === 0 || typeof value !== 'object' || value === null) return undefined;
  return claimAt({ ...value }, inner.join('.'));
}

function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((word) => typeof word === 'string') : [];
}
