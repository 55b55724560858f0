import { describe, type Given } from './problems.ts';
import { ADMIN_KEY_EXPECTED, isLoopback } from './variable-formats.ts';
import { DEFAULT_HOST } from './variables.ts';

/** Values that are right by themselves and wrong together. */
export function contradictions(given: Given): string[] {
  const problems: string[] = [];
  const listensBeyond = !isLoopback(given['HOST'] ?? DEFAULT_HOST);
  const needsKey = given['ROLE'] !== 'worker' && (given['DATABASE_URL'] !== undefined || listensBeyond);
  const hasIssuer = given['OIDC_ISSUER'] !== undefined;
  if (needsKey && !hasIssuer && given['ADMIN_API_KEY'] === undefined) {
    const why =
      'because others can reach it: it uses DATABASE_URL, or a HOST that is not loopback; or OIDC_ISSUER and OIDC_AUDIENCE';
    problems.push(describe('ADMIN_API_KEY', given, `${ADMIN_KEY_EXPECTED}, ${why}`));
  }
  if (hasIssuer !== (given['OIDC_AUDIENCE'] !== undefined)) {
    const [missing, present] = hasIssuer
      ? ['OIDC_AUDIENCE', 'OIDC_ISSUER']
      : ['OIDC_ISSUER', 'OIDC_AUDIENCE'];
    problems.push(describe(missing, given, `expected beside ${present}`));
  }
  if (given['OIDC_CLIENT_ID'] !== undefined && !hasIssuer)
    problems.push(describe('OIDC_ISSUER', given, 'expected beside OIDC_CLIENT_ID'));
  if (given['OIDC_CLIENT_SECRET'] !== undefined && given['OIDC_CLIENT_ID'] === undefined)
    problems.push(describe('OIDC_CLIENT_ID', given, 'expected beside OIDC_CLIENT_SECRET'));
  if (given['DATABASE_DIRECT_URL'] !== undefined && given['DATABASE_URL'] === undefined) {
    problems.push(describe('DATABASE_DIRECT_URL', given, 'expected only beside DATABASE_URL'));
  }
  const sealsNothing = given['SECRETS_KEY'] === undefined && given['DATABASE_URL'] !== undefined;
  if (sealsNothing && given['SECRETS_KEY_PREVIOUS'] !== undefined) {
    problems.push(describe('SECRETS_KEY', given, 'expected beside SECRETS_KEY_PREVIOUS'));
  }
  return problems;
}
