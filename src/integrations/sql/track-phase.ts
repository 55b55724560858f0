import type { DatabaseCall } from '../contract/database-connector.ts';
import type { DatabasePhase } from '../contract/database-error.ts';

/** Keeps the phase that a reading is in, for its errors, and tells the caller when one begins: `connect` at once. */
export function trackPhase({ onPhase }: DatabaseCall): {
  readonly enter: (next: DatabasePhase) => void;
  readonly phase: () => DatabasePhase;
} {
  let current: DatabasePhase = 'connect';
  const enter = (next: DatabasePhase) => {
    current = next;
    onPhase?.(next);
  };
  enter('connect');
  return { enter, phase: () => current };
}
