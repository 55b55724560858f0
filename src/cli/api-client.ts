import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { TypedDocumentString } from './generated/graphql.ts';

/** The API refused an operation as a whole; the message is the server's. */
export class ApiError extends Error {
  readonly code: string | null;

  constructor(message: string, code: string | null, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiError';
    this.code = code;
  }
}

interface Answer<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Speaks to the API as a portal would: operations over HTTP, subscriptions over WebSocket. */
export class ApiClient {
  readonly #url: string;
  readonly #authorization: string;
  readonly #locale: string;

  constructor(options: { readonly url: string; readonly apiKey: string; readonly locale: string }) {
    this.#url = options.url;
    this.#authorization = `Bearer ${options.apiKey}`;
    this.#locale = options.locale;
  }

  /** @throws ApiError when the API refuses the operation as a whole. */
  async execute<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): Promise<Result> {
    const response = await this.#post(JSON.stringify({ query: document.toString(), variables }));
    if (!(response.headers.get('content-type') ?? '').includes('json')) {
      throw new ApiError(
        `${this.#url} answered HTTP ${response.status} without JSON; is it the address of the API?`,
        null,
      );
    }
    const answer: Answer<Result> = await response.json();
    return dataOf(answer);
  }

  async #post(body: string): Promise<Response> {
    const headers = {
      'content-type': 'application/json',
      authorization: this.#authorization,
      'accept-language': this.#locale,
    };
    try {
      return await fetch(this.#url, { method: 'POST', headers, body });
    } catch (cause) {
      throw new ApiError(`${this.#url} cannot be reached; does the service run there?`, null, { cause });
    }
  }

  /** Every event until the stream completes. */
  async *subscribe<Result extends object, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): AsyncGenerator<Result> {
    const client = createClient({
      url: this.#url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: this.#authorization, locale: this.#locale },
    });
    try {
      for await (const { data, errors } of client.iterate<Result>({
        query: document.toString(),
        variables,
      })) {
        const [error] = errors ?? [];
        if (error !== undefined) throw new ApiError(error.message, null);
        if (data !== null && data !== undefined) yield data;
      }
    } finally {
      await client.dispose();
    }
  }
}

function dataOf<Result>(answer: Answer<Result>): Result {
  const [error] = answer.errors ?? [];
  if (error !== undefined) throw new ApiError(error.message, error.extensions?.code ?? null);
  if (answer.data === null || answer.data === undefined)
    throw new ApiError('The API answered without data.', null);
  return answer.data;
}
