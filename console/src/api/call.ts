import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../../../clients/typescript/src/errors.ts';
import { defaultRetryPolicy } from '../../../clients/typescript/src/retry-policy.ts';
import { type Operation, Transport } from '../../../clients/typescript/src/transport.ts';
import { preferredLanguage, tagOf } from '../text/language.ts';
import { currentCredential, forgetCredential } from './credential.ts';

const TIMEOUT_MS = 30_000;
const RELOADED = 'accountsync.reloaded';

/** Answers are kept while a page is open; lists ask again when they are shown again. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: 1_000, refetchOnWindowFocus: true } },
});

/** A service that is away is asked a second time; after that the page says so, and asks again by itself. */
const transport = new Transport({
  url: new URL('/graphql', location.href).href,
  apiKey: () => currentCredential() ?? '',
  locale: tagOf(preferredLanguage()),
  // Texts of the API name the buttons of these pages.
  form: 'BUTTON',
  timeoutMs: TIMEOUT_MS,
  retry: { ...defaultRetryPolicy, retries: 1, longestRetryAfterMs: 3_000 },
  fetch: (input, init) => fetch(input, init),
});

/**
 * Carries out a query or mutation with the credential of this tab.
 * @param repeatable sending it again does nothing twice: queries, and mutations that say so.
 * @throws ApiError, ConnectionError
 */
export async function call<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  options: { readonly repeatable?: boolean; readonly signal?: AbortSignal } = {},
): Promise<Result> {
  const { repeatable = true, signal } = options;
  try {
    return await transport.execute(operation, variables, { repeatable, signal });
  } catch (error) {
    if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') forgetCredential(error.message);
    if (error instanceof ApiError && isOfOtherVersion(error)) reloadOnce();
    throw error;
  }
}

/** A file of the service, piece by piece. @throws ApiError, ConnectionError */
export function download(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
  return transport.download(path, signal);
}

/** Asks the shown pages again, after something was changed. */
export function refresh(): Promise<void> {
  return queryClient.invalidateQueries();
}

/** The service no longer knows what this page asks: it is a newer version than the page. */
function isOfOtherVersion(error: ApiError): boolean {
  return error.errors.some(({ extensions }) => extensions?.['code'] === 'GRAPHQL_VALIDATION_FAILED');
}

/** Loads the page of the running version; a second time would be of no use. */
export function reloadOnce(): void {
  if (sessionStorage.getItem(RELOADED) !== null) return;
  sessionStorage.setItem(RELOADED, '1');
  location.reload();
}
