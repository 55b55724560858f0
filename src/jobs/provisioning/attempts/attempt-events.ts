import { channel } from 'node:diagnostics_channel';

/** What an attempt came to, for whoever counts. */
export interface SettledAttempt {
  readonly system: string;
  readonly outcome: string;
}

/** A list of `SettledAttempt` is published after the transaction that recorded them was committed. */
export const settledAttempts = channel('accountsync.settled-attempts');

export function isSettledAttempts(message: unknown): message is readonly SettledAttempt[] {
  return Array.isArray(message);
}
