import type { ErrorParameters } from '../errors/error-entry.ts';
import { describeCharacter, findForbiddenCharacter, isLongerThan, normaliseText } from '../text/text.ts';
import { isScope, type Scope, scopeTexts } from './scopes.ts';

/** The wanted properties of a key. */
export interface KeyInput {
  readonly name: string;
  /** Null: the name is the principal. */
  readonly principal: string | null;
  readonly scopes: readonly string[];
  /** Null: not bound. */
  readonly originSystems: readonly string[] | null;
  /** RFC 3339 in UTC; null: never. */
  readonly expiresAt: string | null;
}

/** The same, found good, in its normal form. */
export interface CheckedKey {
  readonly name: string;
  readonly principal: string;
  readonly scopes: readonly Scope[];
  readonly originSystems: readonly string[] | null;
  readonly expiresAt: string | null;
}

export interface KeyProblem {
  readonly code: string;
  readonly parameters: ErrorParameters;
  readonly path: readonly string[];
}

const NAME_MAX = 100;
const ORIGIN_SYSTEM_MAX = 50;
const ORIGIN_SYSTEMS_MAX = 100;

/** Principals that are not keys; with a colon stand those of tokens, watchers and SQL. */
const RESERVED = ['admin', 'environment', 'system'];

/** Scopes whose fields all go by origin system, and which alone a bound key may have. */
export const boundScopes: readonly Scope[] = [
  'requests:write',
  'requests:read',
  'people:read',
  'people:pii',
  'developer',
];

/** Normalises the input for a key, or reports all its problems. */
export function checkKey(
  input: KeyInput,
  nowMs: number,
): { readonly key: CheckedKey } | { readonly problems: readonly KeyProblem[] } {
  const name = normaliseText(input.name);
  const principal = input.principal === null ? name : normaliseText(input.principal);
  const scopes = [...new Set(input.scopes)];
  const originSystems = input.originSystems === null ? null : unique(input.originSystems.map(normaliseText));
  const problems = [
    ...textProblems('name', name, NAME_MAX),
    ...(input.principal === null ? [] : textProblems('principal', principal, NAME_MAX)),
    ...principalProblems(input.principal === null ? 'name' : 'principal', principal),
    ...scopeProblems(scopes, originSystems !== null),
    ...(originSystems === null ? [] : originProblems(originSystems)),
    ...expiryProblems(input.expiresAt, nowMs),
  ];
  if (problems.length > 0) return { problems };
  return {
    key: { name, principal, scopes: scopes.filter(isScope), originSystems, expiresAt: input.expiresAt },
  };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function textProblems(field: string, text: string, limit: number): KeyProblem[] {
  const path = [field];
  if (text === '') return [{ code: 'REQUIRED', parameters: { field }, path }];
  if (isLongerThan(text, limit)) return [{ code: 'TOO_LONG', parameters: { field, limit }, path }];
  const forbidden = findForbiddenCharacter(text);
  if (forbidden === null) return [];
  const parameters = { field, variant: 'CHARACTER', character: describeCharacter(forbidden) };
  return [{ code: 'INVALID', parameters, path }];
}

function principalProblems(field: string, principal: string): KeyProblem[] {
  if (!principal.includes(':') && !RESERVED.includes(principal.toLowerCase())) return [];
  const shown = principal.slice(0, NAME_MAX);
  const parameters = { field, variant: 'PRINCIPAL', principal: shown, reserved: RESERVED };
  return [{ code: 'INVALID', parameters, path: [field] }];
}

function scopeProblems(scopes: readonly string[], bound: boolean): KeyProblem[] {
  if (scopes.length === 0) return [{ code: 'REQUIRED', parameters: { field: 'scopes' }, path: ['scopes'] }];
  return scopes.flatMap((scope, index): KeyProblem[] => {
    const path = ['scopes', String(index)];
    const field = `scopes[${index}]`;
    const shown = scope.slice(0, NAME_MAX);
    if (!isScope(scope)) {
      const parameters = { field, variant: 'SCOPE', scope: shown, known: Object.keys(scopeTexts) };
      return [{ code: 'INVALID', parameters, path }];
    }
    if (!bound || boundScopes.includes(scope)) return [];
    const parameters = { field, variant: 'SCOPE_OF_BOUND_KEY', scope, known: boundScopes };
    return [{ code: 'INVALID', parameters, path }];
  });
}

function originProblems(originSystems: readonly string[]): KeyProblem[] {
  const field = 'originSystems';
  const count = originSystems.length;
  if (count === 0) return [{ code: 'REQUIRED', parameters: { field }, path: [field] }];
  if (count > ORIGIN_SYSTEMS_MAX) {
    const parameters = { field, variant: 'LIST', count, limit: ORIGIN_SYSTEMS_MAX };
    return [{ code: 'TOO_MANY', parameters, path: [field] }];
  }
  return originSystems.flatMap((text, index) =>
    textProblems(`${field}[${index}]`, text, ORIGIN_SYSTEM_MAX).map((problem) => ({
      ...problem,
      path: [field, String(index)],
    })),
  );
}

function expiryProblems(expiresAt: string | null, nowMs: number): KeyProblem[] {
  if (expiresAt === null || Date.parse(expiresAt) > nowMs) return [];
  const field = 'expiresAt';
  return [{ code: 'INVALID', parameters: { field, variant: 'EXPIRY' }, path: [field] }];
}
