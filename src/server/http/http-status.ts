import type { ExecutionResult, GraphQLError } from 'graphql';

/** Status and headers of an answer. */
export interface HttpOutcome {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Errors about the caller or the server as a whole; they set the status even where GraphQL would say 200. */
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
};

/** The parts of a request that never got as far as an execution. */
const DOCUMENT_CODES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
]);

/**
 * The status by GraphQL-over-HTTP, and by `extensions.code` where nothing came back. `legacy`: the caller asked
 * for `application/json` by name, whose rule is 200 for any well-formed request, even one with a bad document.
 */
export function httpOutcome(result: ExecutionResult, options: { readonly legacy: boolean }): HttpOutcome {
  const errors = result.errors ?? [];
  if (errors.length === 0 || hasAnyData(result)) return { status: 200, headers: {} };
  const outcomes = errors.map((error) => outcomeOf(error, result.data === undefined, options.legacy));
  const worst = outcomes.reduce((a, b) => (b.status > a.status ? b : a));
  return worst;
}

function outcomeOf(error: GraphQLError, notExecuted: boolean, legacy: boolean): HttpOutcome {
  const { code, http, retryAfterSeconds } = error.extensions;
  const status = typeof code === 'string' ? STATUS_BY_CODE[code] : undefined;
  if (status !== undefined) return { status, headers: headersOf(status, retryAfterSeconds) };
  if (code === 'INTERNAL') return { status: 500, headers: {} };
  // Before yoga's own status, which is that of the newer media type.
  if (notExecuted && DOCUMENT_CODES.has(code)) return { status: legacy ? 200 : 400, headers: {} };
  if (isHttpOutcome(http)) return { status: http.status, headers: http.headers ?? {} };
  return { status: notExecuted ? 400 : 200, headers: {} };
}

function headersOf(status: number, retryAfterSeconds: unknown): Readonly<Record<string, string>> {
  if (status === 401) return { 'www-authenticate': 'Bearer realm="AccountSync"' };
  if (typeof retryAfterSeconds !== 'number') return {};
  return { 'retry-after': String(Math.ceil(retryAfterSeconds)) };
}

/** True for a partial answer, which keeps 200: a client would drop the other fields on a 403. */
function hasAnyData(result: ExecutionResult): boolean {
  const values = Object.values(result.data ?? {});
  return values.some((value) => value !== null && value !== undefined);
}

/** True for the `http` extension that yoga and our own checks attach to an error. */
function isHttpOutcome(
  http: unknown,
): http is { status: number; headers?: Readonly<Record<string, string>> } {
  return typeof http === 'object' && http !== null && 'status' in http && typeof http.status === 'number';
}
