import type { Failure } from '../http/http-failure.ts';

/** A code that is a failure of any call. */
export type WelinkFailure = Pick<Failure, 'failure' | 'code'>;

/** A code whose meaning depends on the call. */
export type WelinkSaying = 'ok' | 'absent' | 'exists' | 'phone-taken';

const TOKEN: WelinkFailure = { failure: 'credentials', code: 'UPSTREAM_TOKEN_REFUSED' };
const PERMISSION: WelinkFailure = { failure: 'credentials', code: 'UPSTREAM_CREDENTIALS' };
const ADDRESS: WelinkFailure = { failure: 'credentials', code: 'UPSTREAM_ADDRESS' };
const SERVER: WelinkFailure = { failure: 'effect-unknown', code: 'UPSTREAM_SERVER_ERROR' };
/** Accepted and still at it, "do not resubmit": only a later look tells. */
const PENDING: WelinkFailure = { failure: 'effect-unknown', code: 'UPSTREAM_PENDING' };
const INPUT: WelinkFailure = { failure: 'permanent', code: 'UPSTREAM_REJECTED' };
const DEPARTMENT: WelinkFailure = { failure: 'not-visible', code: 'UPSTREAM_DEPARTMENT_MISSING' };

/** WeLink's codes (upstream-apis.md §1.8, §9); codes that are not here reject this one call. */
const FAILURES: ReadonlyMap<string, WelinkFailure> = new Map([
  ['1000', TOKEN],
  ['47101', TOKEN],
  ['47103', TOKEN],
  ['401', PERMISSION],
  ['403', PERMISSION],
  ['501', PERMISSION],
  ['47000', PERMISSION],
  ['47102', PERMISSION],
  // The tenant or the caller is misconfigured: it is not the fault of one task.
  ['47006', PERMISSION],
  ['47007', PERMISSION],
  ['404', ADDRESS],
  ['48503', { failure: 'throttled', code: 'UPSTREAM_THROTTLED' }],
  ['500', SERVER],
  ['43999', SERVER],
  ['47009', SERVER],
  ['47100', PENDING],
  ['47104', PENDING],
  ['47107', PENDING],
  ['47108', PENDING],
  ['47112', PENDING],
  ['47113', PENDING],
  ['43052', DEPARTMENT],
  ['47106', DEPARTMENT],
  ['47002', { failure: 'permanent', code: 'UPSTREAM_DEPARTMENT_MISSING' }],
  // The person's data is invalid.
  ...['47003', '47004', '47005', '47008', '47013', '47105', '47110'].map((code): [string, WelinkFailure] => [
    code,
    INPUT,
  ]),
  ['47023', { failure: 'conflict', code: 'ACCOUNT_TAKEN' }],
]);

/** Of the service of tokens: whatever it says is about us. */
const TOKEN_SERVICE = /^41[45]\d\d$/;

/** Codes that say "no such person". */
const ABSENT: ReadonlySet<string> = new Set(['47012', '43051', '47111']);

/** Meaning of `code`; null for an unknown one. Pure; the same table for every call. */
export function welinkMeaning(code: string): WelinkSaying | WelinkFailure | null {
  if (code === '0') return 'ok';
  if (ABSENT.has(code)) return 'absent';
  if (code === '47109') return 'exists';
  if (code === '47120') return 'phone-taken';
  return FAILURES.get(code) ?? (TOKEN_SERVICE.test(code) ? PERMISSION : null);
}
