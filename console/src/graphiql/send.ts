import { Kind, parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { type Language, tagOf } from '../text/language.ts';

/** Operation that GraphiQL sends. */
interface Operation {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Record<string, unknown>;
}
interface Options {
  readonly headers?: Headers;
}
/** An answer of the API, or a state of the stream. */
type Answer = Record<string, unknown>;

/**
 * Sends operations with the headers of the page: subscriptions over WebSocket, the rest by POST. @param authorization
 * of operations that GraphiQL sends before its editor of headers exists; null: not signed in.
 */
export function createSend(language: Language, authorization: string | null) {
  return (given: Operation, options: Options = {}): Promise<Answer> | AsyncIterableIterator<Answer> => {
    const { kind, operation } = identify(given);
    const headers = options.headers ?? (authorization === null ? {} : { authorization });
    return kind === 'subscription'
      ? listen(operation, headers, language)
      : post(operation, headers, language);
  };
}

/**
 * Identifies the operation by its text. GraphiQL learns of another tab's text a moment late: a reader who switches
 * and runs at once would send the new text under the old name.
 */
function identify(given: Operation): { readonly kind: string | null; readonly operation: Operation } {
  try {
    const operations = parse(given.query).definitions.filter(
      (each) => each.kind === Kind.OPERATION_DEFINITION,
    );
    const named = operations.find(({ name }) => name?.value === given.operationName) ?? operations[0];
    if (named === undefined) return { kind: null, operation: given };
    return { kind: named.operation, operation: { ...given, operationName: named.name?.value ?? null } };
  } catch {
    // The service says what is wrong with it.
    return { kind: null, operation: given };
  }
}

type Headers = Readonly<Record<string, string>>;

async function post(operation: Operation, headers: Headers, language: Language): Promise<Answer> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': tagOf(language), ...headers },
    body: JSON.stringify(operation),
  });
  return response.json();
}

/** A socket of its own, closed with the subscription: the next one may go with another key. */
function listen(operation: Operation, headers: Headers, language: Language): AsyncIterableIterator<Answer> {
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  const given = Object.entries(headers);
  const authorization = given.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  const client = createClient({
    url: url.href,
    retryAttempts: 0,
    connectionParams: { authorization, locale: tagOf(language) },
  });
  const { query, variables, operationName } = operation;
  const events = client.iterate<Answer>({
    query,
    ...(variables && { variables }),
    ...(operationName && { operationName }),
  });
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        const event = await events.next();
        return event.done === true
          ? { done: true, value: undefined }
          : { done: false, value: { ...event.value } };
      } catch (error) {
        throw explain(error);
      }
    },
    async return() {
      await events.return?.();
      await client.dispose();
      return { done: true, value: undefined };
    },
  };
}

/** A socket that is closed says why in its reason. */
function explain(error: unknown): unknown {
  if (!(error instanceof CloseEvent)) return error;
  return new Error(error.reason === '' ? `The connection was closed (${error.code}).` : error.reason);
}
