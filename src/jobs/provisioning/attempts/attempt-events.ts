import { channel } from 'node:diagnostics_channel';

/** Outcome of an attempt, for metrics. */
export interface SettledAttempt {
  readonly system: string;
  readonly outcome: string;
}

/** Publishes a list of `SettledAttempt` after the commit of the transaction that recorded them. */
export const settledAttempts = channel('accountsync.settled-attempts');

export function isSettledAttempts(message: unknown): message is readonly SettledAttempt[] {
  return Array.isArray(message);
}
