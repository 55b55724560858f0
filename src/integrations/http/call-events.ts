import { tracingChannel } from 'node:diagnostics_channel';

/** One call to an upstream, for metrics and traces; without personal data. */
export interface UpstreamCallEvent {
  readonly system: string;
  /** Of our vocabulary, e.g. `create`. */
  readonly operation: string;
  readonly method: string;
  readonly host: string;
  /** With `{placeholders}` for identifiers of people; without a query string. */
  readonly path: string;
  /** Of the answer; absent when there was none. */
  status?: number;
}

/**
 * Publishes every call to an upstream, from asking for a permit to the judged answer. Costs nothing without
 * subscribers.
 */
export const upstreamCalls = tracingChannel<UpstreamCallEvent>('accountsync.upstream-call');
