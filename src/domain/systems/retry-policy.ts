/** Settings that say when and how often a task is tried (provisioning.md §5). */
export interface RetryPolicy {
  /** `account_creation_retry_delays_seconds`; the last repeats. */
  readonly retryDelaysSeconds: readonly number[];
  readonly uncertainFirstDelaySeconds: number;
  readonly uncertainSecondDelaySeconds: number;
  readonly visibilityRetrySeconds: number;
}

/** ± 20 %, so that tasks which failed together do not come back together. */
const JITTER = 0.2;

/** Seconds until the next attempt after `failures` counted failures (from 1); `random` is in [0, 1). */
export function retryDelaySeconds(policy: RetryPolicy, failures: number, random: number): number {
  const delays = policy.retryDelaysSeconds;
  const base = delays[Math.min(failures, delays.length) - 1] ?? 0;
  return base * (1 + JITTER * (2 * random - 1));
}

/** A throttled system without `Retry-After` pauses 1, 2, 4 … 60 s; `streak` counts such answers in a row, from 1. */
export function throttlePauseMs(streak: number): number {
  return Math.min(60_000, 1_000 * 2 ** Math.min(streak - 1, 10));
}

/** Limits of what is free but must not go on for ever. */
export const THROTTLED_LIMIT_MS = 24 * 3_600_000;
export const NOT_VISIBLE_LIMIT_MS = 30 * 60_000;
export const LOST_IN_A_ROW_LIMIT = 10;
