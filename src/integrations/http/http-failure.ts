import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import type { UpstreamErrorCode } from '../../domain/systems/upstream-errors.ts';
import { type FailureClass, UpstreamError, type VendorAnswer } from '../contract/errors.ts';
import { cleanVendorText } from './vendor-text.ts';

/** Operations that a connector asks of its system; part of messages, logs and the sandbox's ledger. */
export type UpstreamOperation =
  | 'token'
  | 'create'
  | 'find'
  | 'disable'
  | 'update'
  | 'page'
  | 'health'
  | CalendarOperation;

/** Operations of a calendar service; a run counts its calls by these names. */
export type CalendarOperation =
  | 'calendar-create'
  | 'calendar-update'
  | 'calendar-delete'
  | 'calendar-list'
  | 'member-create'
  | 'member-delete'
  | 'member-list'
  | 'event-create'
  | 'event-update'
  | 'event-delete'
  | 'event-list'
  | 'user-find'
  | 'message';

/** Who asked what of whom: everything a failure needs to be named and classified. */
export interface CallContext {
  readonly system: string;
  readonly operation: UpstreamOperation;
  /** The person of the account; null for calls about no account. */
  readonly employeeNumber: string | null;
  /** Repeating it changes nothing at the upstream. */
  readonly idempotent: boolean;
  /** Values that must not be repeated even if the vendor echoes them: token, secret, the person's name. */
  readonly confidential: readonly string[];
}

/**
 * How a connector's table of codes judges an answer. `effect-unknown` is the vendor's own "something broke here":
 * retryable for an idempotent call, uncertain for any other.
 */
export type VendorFailure = Exclude<FailureClass, 'retryable' | 'uncertain'> | 'effect-unknown';

/** A failure before it is attached to a call. */
export interface Failure {
  readonly failure: VendorFailure | 'never-sent';
  readonly code: UpstreamErrorCode;
  /** Why, in English, for logs. */
  readonly reason: string;
  readonly parameters?: ErrorParameters;
  readonly vendor?: VendorAnswer;
  readonly retryAfterMs?: number | null;
  readonly cause?: unknown;
}

/**
 * The table of STYLE.md "How a call to an upstream fails", for an answer whose body told the connector nothing:
 * the HTTP status decides. Null for 2xx and for what is not an answer.
 */
export function failureOfStatus(
  context: CallContext,
  answer: {
    readonly status: number;
    readonly retryAfterMs: number | null;
    /** A pause is asked for, whether or not its length can be read. */
    readonly isPauseAsked?: boolean;
    /** Title of the page that came in place of an answer. */
    readonly page?: string | null;
    /** It ends in the middle of its JSON. */
    readonly isCut?: boolean;
  },
): Failure {
  const { status, retryAfterMs } = answer;
  const reason = `HTTP ${status}`;
  const { page = null, isPauseAsked = retryAfterMs !== null } = answer;
  if (page !== null && status >= 200 && status < 300) {
    const parameters = { variant: 'HTML', title: page };
    const told = `${reason} with an HTML page, "${page}"`;
    // A sign-in page, or a gateway's, in place of a token: the address is at fault, not a task.
    return context.operation === 'token'
      ? { failure: 'credentials', code: 'UPSTREAM_ADDRESS', reason: told, parameters }
      : { failure: 'effect-unknown', code: 'UPSTREAM_GARBAGE', reason: told, parameters };
  }
  if (status >= 200 && status < 300) {
    if (answer.isCut === true)
      return {
        failure: 'effect-unknown',
        code: 'ANSWER_LOST',
        reason: `${reason}, cut in the middle of its body`,
      };
    return {
      failure: 'effect-unknown',
      code: 'UPSTREAM_GARBAGE',
      reason: `${reason} with a body that does not parse`,
    };
  }
  if (status >= 300 && status < 400) {
    return { failure: 'credentials', code: 'UPSTREAM_REDIRECT', reason: `${reason}, not followed` };
  }
  if (status === 429 || (status === 503 && isPauseAsked)) {
    return { failure: 'throttled', code: 'UPSTREAM_THROTTLED', reason, retryAfterMs };
  }
  if (status >= 500) return { failure: 'effect-unknown', code: 'UPSTREAM_SERVER_ERROR', reason };
  if (context.operation === 'token') return { failure: 'credentials', code: 'UPSTREAM_CREDENTIALS', reason };
  switch (status) {
    case 401:
      return { failure: 'credentials', code: 'UPSTREAM_TOKEN_REFUSED', reason };
    case 403:
      return { failure: 'credentials', code: 'UPSTREAM_CREDENTIALS', reason };
    // Connectors read the 404 of a path that names a person before it comes here.
    case 404:
    case 405:
      return { failure: 'credentials', code: 'UPSTREAM_ADDRESS', reason };
    // 408 is the server's way of saying that it stopped listening half-way.
    case 408:
      return { failure: 'effect-unknown', code: 'UPSTREAM_TIMEOUT', reason };
    default:
      return { failure: 'permanent', code: 'UPSTREAM_REJECTED', reason };
  }
}

/** Builds the error of a failed call: the class by "never sent?" and "idempotent?", texts masked. */
export function upstreamError(context: CallContext, failure: Failure): UpstreamError {
  const { system, operation, employeeNumber } = context;
  const who = employeeNumber === null ? '' : ` for ${employeeNumber}`;
  const vendor = cleanVendor(failure.vendor ?? {}, context.confidential);
  const told = vendor.message === undefined ? '' : `: ${vendor.message}`;
  return new UpstreamError(`${system} ${operation}${who}: ${failure.reason}${told}`, {
    system,
    failure: classOf(failure.failure, context.idempotent),
    code: failure.code,
    parameters: {
      system,
      operation,
      employeeNumber,
      reason: failure.reason,
      httpStatus: vendor.httpStatus ?? null,
      vendorCode: vendor.code ?? null,
      vendorMessage: vendor.message ?? null,
      vendorAnswer: vendorAnswer(vendor),
      ...failure.parameters,
    },
    vendor,
    ...(typeof failure.retryAfterMs === 'number' ? { retryAfterMs: failure.retryAfterMs } : {}),
    cause: failure.cause,
  });
}

function classOf(failure: Failure['failure'], idempotent: boolean): FailureClass {
  switch (failure) {
    case 'never-sent':
      return 'retryable';
    case 'effect-unknown':
      return idempotent ? 'retryable' : 'uncertain';
    case 'throttled':
    case 'credentials':
    case 'not-visible':
    case 'permanent':
    case 'conflict':
      return failure;
  }
}

function cleanVendor(vendor: VendorAnswer, confidential: readonly string[]): VendorAnswer {
  return {
    ...(vendor.httpStatus === undefined ? {} : { httpStatus: vendor.httpStatus }),
    ...(vendor.code === undefined ? {} : { code: cleanVendorText(vendor.code, confidential) }),
    ...(vendor.message === undefined ? {} : { message: cleanVendorText(vendor.message, confidential) }),
    ...(vendor.requestId === undefined ? {} : { requestId: cleanVendorText(vendor.requestId, confidential) }),
  };
}

/** The system's answer in one text: its code and words, else the HTTP status. */
function vendorAnswer({ httpStatus, code, message }: VendorAnswer): string | null {
  const said = [code, message].filter((part) => part !== undefined && part !== '');
  if (said.length > 0) return said.join(' ');
  return httpStatus === undefined ? null : `HTTP ${httpStatus}`;
}
