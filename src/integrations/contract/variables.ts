import { z } from 'zod';
import { Secret } from '../../secret.ts';

/** Link-local addresses, where cloud machines serve their credentials; no upstream has one. */
const LINK_LOCAL = /^(169\.254\.|\[fe[89ab][0-9a-f]:|\[::ffff:a9fe:)/i;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i;

/** An empty variable counts as unset (environment.md). */
const emptyIsUnset = (value: unknown) => (value === '' ? undefined : value);

/** A variable that must be there. `expected` completes "expected …" in the message. */
export function textVariable(expected = 'a text') {
  return z.preprocess(
    emptyIsUnset,
    z
      .string({ error: `expected ${expected}` })
      .trim()
      .min(1, `expected ${expected}`),
  );
}

/** A variable that may be missing; null then. */
export function optionalVariable() {
  return z.preprocess(
    emptyIsUnset,
    z
      .string()
      .trim()
      .nullish()
      .transform((text) => text ?? null),
  );
}

/** A variable with a default. */
export function variableOr(fallback: string) {
  return z.preprocess(emptyIsUnset, z.string().trim().default(fallback));
}

/** A password, key or token; wrapped so that it cannot be printed. */
export function secretVariable() {
  return textVariable('a secret').transform((text) => new Secret(text));
}

/** Whether a base URL may be plain http: only on this machine, or (private LAN) wherever the operator says. */
export type PlainHttp = 'on-loopback' | 'anywhere';

/** A base URL: ends where the paths of upstream-apis.md begin; its trailing slashes are dropped. */
export function baseUrlVariable(plainHttp: PlainHttp) {
  return textVariable('a URL').transform((text, context) => checkedBaseUrl(text, { context, plainHttp }));
}

/** A base URL that may be missing; null then. */
export function optionalBaseUrlVariable(plainHttp: PlainHttp) {
  return optionalVariable().transform((text, context) =>
    text === null ? null : checkedBaseUrl(text, { context, plainHttp }),
  );
}

function checkedBaseUrl(
  text: string,
  check: { readonly context: z.RefinementCtx; readonly plainHttp: PlainHttp },
): string {
  const problem = problemOf(text, check.plainHttp);
  if (problem === null) return text.replace(/\/+$/, '');
  check.context.addIssue({ code: 'custom', message: problem });
  return z.NEVER;
}

/** True for an address that another system named and that we may read: https, or http on this machine. */
export function isSafeAddress(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    problemOf(url.origin, 'on-loopback') === null &&
    url.username === '' &&
    url.password === ''
  );
}

function problemOf(text: string, plainHttp: PlainHttp): string | null {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return 'expected an http or https URL';
  if (url.username !== '' || url.password !== '') return 'expected a URL without user name and password';
  if (url.search !== '' || url.hash !== '') return 'expected a URL without "?" and "#"';
  if (LINK_LOCAL.test(url.hostname)) return 'expected no link-local address';
  if (url.protocol === 'http:' && plainHttp === 'on-loopback' && !LOOPBACK.test(url.hostname)) {
    return 'expected https (plain http only on loopback)';
  }
  return null;
}
