/**
 * Calls `onLapse` once when an accepted credential expires or is revoked, never before this has returned; returns a
 * function that unsubscribes.
 */
export type Lapse = (onLapse: () => void) => () => void;

/** Longest delay of setTimeout, some 24 days. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** For a credential that lasts as long as the process. */
export const never: Lapse = () => () => {};

/** For a credential that expires at a time of `performance.now()`. */
export function lapseAt(deadlineMs: number): Lapse {
  return (onLapse) => {
    let timer: NodeJS.Timeout;
    const wait = () => {
      const restMs = Math.max(0, deadlineMs - performance.now());
      const isLast = restMs <= LONGEST_TIMER_MS;
      timer = setTimeout(isLast ? onLapse : wait, Math.min(restMs, LONGEST_TIMER_MS));
      timer.unref();
    };
    wait();
    return () => clearTimeout(timer);
  };
}
