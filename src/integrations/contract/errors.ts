import type { ErrorParameters } from '../../domain/errors/error-entry.ts';

/**
 * How a call to an upstream failed; exactly one of these (STYLE.md, "How a call to an upstream fails").
 * `not-visible`: what the call refers to exists but the system has not replicated it yet.
 */
export type FailureClass =
  | 'retryable'
  | 'throttled'
  | 'credentials'
  | 'not-visible'
  | 'uncertain'
  | 'permanent'
  | 'conflict';

/** The vendor's answer, kept for the operator: masked, and cut to a sane length. */
export interface VendorAnswer {
  readonly httpStatus?: number;
  readonly code?: string;
  readonly message?: string;
  readonly requestId?: string;
}

export interface UpstreamErrorOptions {
  readonly system: string;
  readonly failure: FailureClass;
  /** A code of the error catalogue, e.g. `UPSTREAM_TIMEOUT`. */
  readonly code: string;
  readonly parameters?: ErrorParameters;
  readonly vendor?: VendorAnswer;
  /** Only with `throttled`: what `Retry-After` asked for, already clamped to 1 s … 15 min. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** An external failure, classified once at the transport or by the connector's table of codes. */
export class UpstreamError extends Error {
  readonly system: string;
  readonly failure: FailureClass;
  readonly code: string;
  readonly parameters: ErrorParameters;
  readonly vendor: VendorAnswer;
  readonly retryAfterMs: number | null;

  constructor(message: string, options: UpstreamErrorOptions) {
    super(message, { cause: options.cause });
    this.name = 'UpstreamError';
    this.system = options.system;
    this.failure = options.failure;
    this.code = options.code;
    this.parameters = options.parameters ?? {};
    this.vendor = options.vendor ?? {};
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
