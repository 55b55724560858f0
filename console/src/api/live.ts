import { type Client, createClient } from 'graphql-ws';
import type { Operation } from '../../../clients/typescript/src/transport.ts';
import { preferredLanguage, tagOf } from '../text/language.ts';
import { currentCredential, forgetCredential, onCredentialChange } from './credential.ts';

/** Codes by which the service refuses a credential. */
const REFUSED = new Set([4401, 4403]);

let client: Client | null = null;
/** Whether the socket of this tab is open; null: nothing is watched. */
let connected: boolean | null = null;
const listeners = new Set<() => void>();

onCredentialChange(() => {
  void client?.dispose();
  client = null;
});

export function isConnected(): boolean | null {
  return connected;
}

export function onConnectionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Watches a subscription over the one socket of this tab until the returned function is called. */
export function watch<Result extends Record<string, unknown>, Variables extends Record<string, unknown>>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  onEvent: (event: Result) => void,
): () => void {
  client ??= connect();
  return client.subscribe<Result>(
    { query: operation.toString(), variables },
    {
      next: ({ data }) => {
        if (data !== null && data !== undefined) onEvent(data);
      },
      // The socket comes back by itself; what a subscription may not watch, its page shows by asking.
      error: (error) => {
        if (error instanceof CloseEvent && REFUSED.has(error.code)) forgetCredential(error.reason);
      },
      complete: () => {},
    },
  );
}

function connect(): Client {
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  return createClient({
    url: url.href,
    lazy: true,
    lazyCloseTimeout: 5_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    keepAlive: 15_000,
    shouldRetry: (error) => !(error instanceof CloseEvent && REFUSED.has(error.code)),
    connectionParams: () => ({
      authorization: `Bearer ${currentCredential() ?? ''}`,
      locale: tagOf(preferredLanguage()),
      form: 'BUTTON',
    }),
    on: {
      connected: () => setConnected(true),
      closed: (event) => setConnected(event instanceof CloseEvent && event.code === 1000 ? null : false),
    },
  });
}

function setConnected(state: boolean | null): void {
  connected = state;
  for (const listener of listeners) listener();
}
