import { tracingChannel } from 'node:diagnostics_channel';

/** One call to an upstream, for whoever measures or traces; nothing of a person is in it. */
export interface UpstreamCallEvent {
  readonly system: string;
  /** Of our vocabulary, e.g. `create`. */
  readonly operation: string;
}

/**
 * Every call to an upstream passes here, from asking for a permit to the judged answer. Costs nothing while nobody
 * subscribes.
 */
export const upstreamCalls = tracingChannel<UpstreamCallEvent>('accountsync.upstream-call');
