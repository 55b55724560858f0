/** Health of one system as its replicas share it. */
export interface CircuitState {
  readonly circuit: 'CLOSED' | 'OPEN';
  /** Failures since the last proof of life. */
  readonly failureStreak: number;
  /** Milliseconds since the epoch; null when it never answered. */
  readonly lastSuccessAt: number | null;
}

/** What an outcome implies about the system: it lives, it fails, it refuses our credentials, or nothing. */
export type Liveness = 'alive' | 'failing' | 'credentials' | 'neutral';

/** Opens after this many failures in a row when nothing succeeded for `QUIET_MS` (provisioning.md §5). */
const OPEN_AFTER_FAILURES = 5;
const OPEN_AFTER_FAILURES_AT_ONCE = 20;
const QUIET_MS = 30_000;
const FIRST_TRIAL_SECONDS = 5;
const LAST_TRIAL_SECONDS = 60;

/** The circuit after one more outcome. Any proof of life closes it. */
export function afterSignal(state: CircuitState, vital: Liveness, nowMs: number): CircuitState {
  switch (vital) {
    case 'alive':
      return { circuit: 'CLOSED', failureStreak: 0, lastSuccessAt: nowMs };
    case 'neutral':
      return state;
    case 'credentials':
      return { ...state, circuit: 'OPEN' };
    case 'failing': {
      const failureStreak = state.failureStreak + 1;
      const quiet = state.lastSuccessAt === null || nowMs - state.lastSuccessAt >= QUIET_MS;
      const opens =
        failureStreak >= OPEN_AFTER_FAILURES_AT_ONCE || (quiet && failureStreak >= OPEN_AFTER_FAILURES);
      return { ...state, failureStreak, circuit: opens ? 'OPEN' : state.circuit };
    }
  }
}

/** Seconds until the next trial: 5, 10, 20, 40, then 60; `trialNumber` counts trials made since it opened. */
export function trialDelaySeconds(trialNumber: number): number {
  return Math.min(LAST_TRIAL_SECONDS, FIRST_TRIAL_SECONDS * 2 ** Math.min(trialNumber, 10));
}
