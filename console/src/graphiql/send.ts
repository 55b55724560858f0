import { type DocumentNode, getOperationAST } from 'graphql';
import { createClient } from 'graphql-ws';
import { type Language, tagOf } from '../text/language.ts';

/** What GraphiQL asks for. */
interface Operation {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Record<string, unknown>;
}
interface Options {
  readonly headers?: Readonly<Record<string, string>>;
  readonly documentAST?: DocumentNode;
}
/** An answer of the API, or a state of the stream. */
type Answer = Record<string, unknown>;

/**
 * Sends operations with the headers of the page: subscriptions over WebSocket, the rest by POST.
 * @param authorization for what GraphiQL asks before its editor of headers stands; null: nobody is signed in.
 */
export function createSend(language: Language, authorization: string | null) {
  return (operation: Operation, given: Options = {}): Promise<Answer> | AsyncIterableIterator<Answer> => {
    const { documentAST } = given;
    const options =
      given.headers || authorization === null ? given : { ...given, headers: { authorization } };
    const kind = documentAST && getOperationAST(documentAST, operation.operationName)?.operation;
    return kind === 'subscription'
      ? listen(operation, options, language)
      : post(operation, options, language);
  };
}

async function post(operation: Operation, { headers }: Options, language: Language): Promise<Answer> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': tagOf(language), ...headers },
    body: JSON.stringify(operation),
  });
  return response.json();
}

/** A socket of its own, closed with the subscription: the next one may go with another key. */
function listen(
  operation: Operation,
  { headers }: Options,
  language: Language,
): AsyncIterableIterator<Answer> {
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  const given = Object.entries(headers ?? {});
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
