/**
 * Asks to be told when an accepted credential ceases to hold, by its time or because somebody ended it; returns how
 * to ask no longer. Told once, and never before it returned.
 */
export type Lapse = (onLapse: () => void) => () => void;

/** What setTimeout can wait for at most, some 24 days. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Of a credential that lasts as long as the process. */
export const never: Lapse = () => () => {};

/** Of a credential that holds until a moment of `performance.now()`. */
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
