import { tracingChannel } from 'node:diagnostics_channel';

/** One call to an upstream, for whoever measures or traces; nothing of a person is in it. */
export interface UpstreamCallEvent {
  readonly system: string;
  /** Of our vocabulary, e.g. `create`. */
  readonly operation: string;
  readonly method: string;
  readonly host: string;
  /** With `{placeholders}` in place of what is about somebody; without a query string. */
  readonly path: string;
  /** Of the answer; absent when there was none. */
  status?: number;
}

/**
 * Every call to an upstream passes here, from asking for a permit to the judged answer. Costs nothing while nobody
 * subscribes.
 */
export const upstreamCalls = tracingChannel<UpstreamCallEvent>('accountsync.upstream-call');
