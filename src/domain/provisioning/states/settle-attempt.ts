import { asEnded } from '../../errors/ended-errors.ts';
import type { StoredError } from '../../errors/error-entry.ts';
import type { Liveness } from '../../systems/circuit.ts';
import {
  NOT_VISIBLE_LIMIT_MS,
  type RetryPolicy,
  retryDelaySeconds,
  THROTTLED_LIMIT_MS,
} from '../../systems/retry-policy.ts';
import type { AttemptOutcome } from './states.ts';

/** How an attempt ended, before anything is decided. */
export type AttemptEnd =
  | { readonly kind: 'ensured'; readonly outcome: 'CREATED' | 'ADOPTED' | 'NOT_NEEDED' }
  | { readonly kind: 'failed'; readonly failure: FailureKind; readonly error: StoredError };

/** The classes of STYLE.md; `refused`: by ourselves, before any call; `bug`: an unexpected error. */
export type FailureKind =
  | 'refused'
  | 'retryable'
  | 'throttled'
  | 'credentials'
  | 'not-visible'
  | 'uncertain'
  | 'permanent'
  | 'conflict'
  | 'bug';

/** The error of a task whose answer was lost at a system that can neither be searched nor refuses duplicates. */
export const UNCERTAIN_UNRESOLVABLE = 'UNCERTAIN_UNRESOLVABLE';

/** The error of an attempt that was claimed ahead of a slot and found none in time: nothing was sent. */
export const NO_FREE_SLOT = 'NO_FREE_SLOT';

/** Whether the system asked to be left alone for a while; what we did not send says nothing of that. */
export function asksForPause(end: AttemptEnd): boolean {
  return end.kind === 'failed' && end.failure === 'throttled' && end.error.code !== NO_FREE_SLOT;
}

/** Earlier attempts of the task, as far as they matter. */
export interface AttemptHistory {
  /** Attempts counted so far, without this one. */
  readonly counted: number;
  readonly maxAttempts: number;
  /** When the present run of THROTTLED, or NOT_VISIBLE_YET, attempts began; null when the one before was another. */
  readonly throttledSinceMs: number | null;
  readonly notVisibleSinceMs: number | null;
  /** This attempt tries whether an open circuit may close: its failure burns nothing. */
  readonly trial: boolean;
}

/** The task's next state. `delaySeconds` null: as soon as the system may be called again. */
export type Settlement =
  | { readonly status: 'COMPLETED'; readonly outcome: AttemptOutcome }
  | { readonly status: 'FAILED'; readonly outcome: AttemptOutcome; readonly error: StoredError }
  | {
      readonly status: 'RETRY' | 'UNCERTAIN';
      readonly outcome: AttemptOutcome;
      readonly error: StoredError;
      readonly delaySeconds: number | null;
    };

export interface SettleOptions {
  readonly policy: RetryPolicy;
  readonly nowMs: number;
  /** In [0, 1). */
  readonly random: number;
  /** After this outcome the circuit is open: a retry waits for it, not for a delay of its own. */
  readonly circuitOpen: boolean;
}

/** Decides what an attempt's end means for its task: the settle table of STYLE.md and provisioning.md §5. */
export function settleAttempt(end: AttemptEnd, history: AttemptHistory, options: SettleOptions): Settlement {
  if (end.kind === 'ensured') return { status: 'COMPLETED', outcome: end.outcome };
  const { error, failure } = end;
  const { policy, nowMs } = options;
  switch (failure) {
    case 'refused':
    case 'permanent':
      return { status: 'FAILED', outcome: 'REJECTED', error };
    case 'conflict':
      return { status: 'FAILED', outcome: 'CONFLICT', error };
    case 'throttled': {
      const since = history.throttledSinceMs ?? nowMs;
      if (nowMs - since >= THROTTLED_LIMIT_MS)
        return tooLong('THROTTLED', {
          code: 'THROTTLED_TOO_LONG',
          parameters: { ...error.parameters, cause: error.code, hours: THROTTLED_LIMIT_MS / 3_600_000 },
        });
      return { status: 'RETRY', outcome: 'THROTTLED', error, delaySeconds: null };
    }
    case 'credentials':
      return { status: 'RETRY', outcome: 'CREDENTIALS', error, delaySeconds: null };
    case 'not-visible': {
      const since = history.notVisibleSinceMs ?? nowMs;
      if (nowMs - since >= NOT_VISIBLE_LIMIT_MS)
        return tooLong('NOT_VISIBLE_YET', {
          code: 'NOT_VISIBLE_TOO_LONG',
          parameters: { ...error.parameters, cause: error.code, minutes: NOT_VISIBLE_LIMIT_MS / 60_000 },
        });
      return {
        status: 'RETRY',
        outcome: 'NOT_VISIBLE_YET',
        error,
        delaySeconds: policy.visibilityRetrySeconds,
      };
    }
    case 'uncertain':
      return {
        status: 'UNCERTAIN',
        outcome: 'UNCERTAIN',
        error,
        delaySeconds: policy.uncertainFirstDelaySeconds,
      };
    case 'retryable':
    case 'bug': {
      const outcome = failure === 'bug' ? 'ERROR' : 'RETRYABLE';
      const failures = history.counted + (history.trial ? 0 : 1);
      if (failures >= history.maxAttempts)
        return { status: 'FAILED', outcome, error: asEnded(error, failures) };
      const delaySeconds = options.circuitOpen
        ? null
        : retryDelaySeconds(policy, Math.max(failures, 1), options.random);
      return { status: 'RETRY', outcome, error, delaySeconds };
    }
  }
}

function tooLong(outcome: AttemptOutcome, error: StoredError): Settlement {
  return { status: 'FAILED', outcome, error };
}

/** The health signal of an attempt's end (provisioning.md §5, circuit breaker). */
export function livenessOf(end: AttemptEnd): Liveness {
  if (end.kind === 'ensured') return end.outcome === 'NOT_NEEDED' ? 'neutral' : 'alive';
  switch (end.failure) {
    case 'uncertain':
      // Nothing was sent: it says nothing of the system.
      return end.error.code === UNCERTAIN_UNRESOLVABLE ? 'neutral' : 'failing';
    case 'retryable':
      return 'failing';
    case 'credentials':
      return 'credentials';
    case 'permanent':
    case 'conflict':
    case 'not-visible':
      return 'alive';
    case 'throttled':
    case 'refused':
    case 'bug':
      return 'neutral';
  }
}
