/** How long to keep trying. Delays double from the first to the longest, each shortened by up to a half at random. */
export interface RetryPolicy {
  /** Tries after the first one. */
  readonly retries: number;
  /** Tries in a row, without an event between them, to get a broken stream back. */
  readonly reconnects: number;
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** A service that asks to wait longer than this is not waited for: the call fails at once. */
  readonly longestRetryAfterMs: number;
}

/** Some 15 seconds for a call; a quarter of an hour for a stream, which outlives a restart of the service. */
export const defaultRetryPolicy: RetryPolicy = {
  retries: 5,
  reconnects: 35,
  firstDelayMs: 500,
  longestDelayMs: 30_000,
  longestRetryAfterMs: 120_000,
};

/** The delay before try number `retry`, from 1. */
export function backoffMs(policy: RetryPolicy, retry: number, random: number): number {
  const full = Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** (retry - 1));
  return Math.round(full * (1 - random / 2));
}

/** `Retry-After` in seconds, as a number or as a date; null when it is neither. */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Number(header);
  const dateMs = Date.parse(header);
  return Number.isNaN(dateMs) ? null : Math.max(0, Math.ceil((dateMs - nowMs) / 1_000));
}

/** Resolves after this time, or rejects with the signal's reason as soon as it is aborted. */
export function wait(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, delayMs);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
