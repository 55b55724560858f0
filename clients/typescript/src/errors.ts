/** Base of all errors of this client, except the reason of the caller's own signal. */
export class AccountSyncError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/**
 * No answer, also after trying again: the service cannot be reached, or its answer was lost. Whether it did what was
 * asked is unknown; calls that can safely be sent again were.
 */
export class ConnectionError extends AccountSyncError {
  readonly url: string;

  constructor(url: string, options?: ErrorOptions & { readonly reason?: string }) {
    const reason = options?.reason ?? 'cannot be reached; does the service run there?';
    super(`${url} ${reason}`, options);
    this.url = url;
  }
}

/** One entry of the answer's top-level `errors`. */
export interface ApiErrorEntry {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The API refused the operation as a whole: no key, wrong variables, too many calls, a fault of the service. */
export class ApiError extends AccountSyncError {
  /** `extensions.code` of the first error, such as `UNAUTHENTICATED`; null when it has none. */
  readonly code: string | null;
  /** HTTP status of the answer; null for an error within a stream. */
  readonly status: number | null;
  /** The id under which the service logged it, for questions to its operators. */
  readonly correlationId: string | null;
  /** How long the service asks to wait; null when it does not. */
  readonly retryAfterSeconds: number | null;
  readonly errors: readonly ApiErrorEntry[];

  constructor(
    errors: readonly ApiErrorEntry[],
    options: { readonly status: number | null; readonly retryAfterSeconds: number | null },
  ) {
    super(errors[0]?.message ?? `The service answered HTTP ${options.status}.`);
    const { code, correlationId, retryAfterSeconds } = errors[0]?.extensions ?? {};
    this.code = typeof code === 'string' ? code : null;
    this.correlationId = typeof correlationId === 'string' ? correlationId : null;
    this.status = options.status;
    this.retryAfterSeconds =
      options.retryAfterSeconds ?? (typeof retryAfterSeconds === 'number' ? retryAfterSeconds : null);
    this.errors = errors;
  }
}

/** Why the service refused a call, or rows of it. */
export interface UserErrorEntry {
  readonly code: string;
  readonly message: string;
  /** Relative to the input; list positions count from 0. */
  readonly path: readonly string[] | null;
  readonly employeeNumber: string | null;
}

/** The call was understood and refused: `userErrors` lists its problems. */
export class RefusedError<Payload = unknown> extends AccountSyncError {
  /** The mutation. */
  readonly operation: string;
  readonly userErrors: readonly UserErrorEntry[];
  /** The whole answer: with `ACCEPT_VALID`, for one, it has a request although rows were refused. */
  readonly payload: Payload;

  constructor(operation: string, userErrors: readonly UserErrorEntry[], payload: Payload) {
    const more = userErrors.length > 1 ? ` (and ${userErrors.length - 1} more)` : '';
    super(`${operation}: ${userErrors[0]?.code} ${userErrors[0]?.message}${more}`);
    this.operation = operation;
    this.userErrors = userErrors;
    this.payload = payload;
  }
}
