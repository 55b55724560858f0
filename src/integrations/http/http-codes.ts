import type { Failure } from './http-failure.ts';

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** True for a vendor's own code that reads like a server's fault. */
export function isServerCode(code: string): boolean {
  return /^5\d\d$/.test(code);
}

/** For vendors whose own codes in the body are those of HTTP (upstream-apis.md §2). */
export function meaningOfHttpCode(code: string): Pick<Failure, 'failure' | 'code'> {
  switch (code) {
    case '401':
      return { failure: 'credentials', code: 'UPSTREAM_TOKEN_REFUSED' };
    case '403':
      return { failure: 'credentials', code: 'UPSTREAM_CREDENTIALS' };
    case '429':
      return { failure: 'throttled', code: 'UPSTREAM_THROTTLED' };
    default:
      return isServerCode(code)
        ? { failure: 'effect-unknown', code: 'UPSTREAM_SERVER_ERROR' }
        : { failure: 'permanent', code: 'UPSTREAM_REJECTED' };
  }
}
