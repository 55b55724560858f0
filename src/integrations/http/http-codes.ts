import type { Failure } from './http-failure.ts';
import { meaningOfWords } from './meaning-of-words.ts';

/** Codes that say what is wrong with one request. */
const INPUT_CODES: ReadonlySet<string> = new Set(['400', '404', '406', '409', '410', '412', '415', '422']);

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** True for a vendor's own code that reads like a server's fault. */
export function isServerCode(code: string): boolean {
  return /^5\d\d$/.test(code);
}

/** For vendors whose own codes in the body are those of HTTP (upstream-apis.md §2). */
export function meaningOfHttpCode(
  code: string,
  message: string | null = null,
): Pick<Failure, 'failure' | 'code' | 'parameters'> {
  switch (code) {
    case '401':
      return { failure: 'credentials', code: 'UPSTREAM_TOKEN_REFUSED' };
    case '403':
      return { failure: 'credentials', code: 'UPSTREAM_CREDENTIALS' };
    case '429':
      return { failure: 'throttled', code: 'UPSTREAM_THROTTLED' };
    default:
      if (isServerCode(code)) return { failure: 'effect-unknown', code: 'UPSTREAM_SERVER_ERROR' };
      return meaningOfWords(message) ?? rejectedBy(code);
  }
}

/** A code in no table is believed about one person only (`judge-refusal.ts`). */
function rejectedBy(code: string): Pick<Failure, 'failure' | 'code' | 'parameters'> {
  const rejected = { failure: 'permanent', code: 'UPSTREAM_REJECTED' } as const;
  return INPUT_CODES.has(code) ? rejected : { ...rejected, parameters: { unlisted: code } };
}
