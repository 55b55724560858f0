import { RefusedError, type UserErrorEntry } from './errors.ts';
import type { TypedDocumentString } from './generated/graphql.ts';
import { defaultRetryPolicy, type RetryPolicy } from './retry-policy.ts';
import { Transport } from './transport.ts';

/** Where the service is, who asks, and how patiently. */
export interface ClientOptions {
  /** The GraphQL endpoint, such as `https://accounts.example.com/graphql`. */
  readonly url: string;
  /** API key or JWT; a function is asked before every call and may renew it. */
  readonly apiKey: string | (() => string | Promise<string>);
  /** Language of every text in the answers; the service's default when absent. */
  readonly locale?: 'zh-CN' | 'en';
  /** How texts name what to do: operations of the API (default), commands of the command line, buttons of the console. */
  readonly form?: 'operation' | 'command' | 'button';
  /** For one try of one call; 60 seconds. Streams have no end of time. */
  readonly timeoutMs?: number;
  readonly retry?: Partial<RetryPolicy>;
  /** In place of the global one: a proxy, a test. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface ReadOptions {
  /** Aborts the call, its waiting and its retries. */
  readonly signal?: AbortSignal;
}

export interface MutationOptions extends ReadOptions {
  /** False: `userErrors` are the caller's to look at. By default they are thrown as a RefusedError. */
  readonly throwOnUserErrors?: boolean;
}

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const TIMEOUT_MS = 60_000;
/** Sent twice it does what it does once. */
export const repeatable = { repeatable: true };
/** Sent twice it would do something else the second time, or answer that it was too late. */
export const once = { repeatable: false };

/** Calls and subscriptions of any document; what every method of the client is made of. */
export class ApiCaller {
  readonly #transport: Transport;

  constructor(options: ClientOptions) {
    const { apiKey } = options;
    this.#transport = new Transport({
      url: new URL(options.url).href,
      apiKey: typeof apiKey === 'string' ? () => apiKey : apiKey,
      locale: options.locale ?? null,
      form: options.form ?? null,
      timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
      retry: { ...defaultRetryPolicy, ...options.retry },
      fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    });
  }

  /** A mutation with one input, by its name. */
  protected mutation<Name extends string, Payload extends Refusable, Input>(
    name: Name,
    document: TypedDocumentString<Readonly<Record<Name, Payload>>, { readonly input: Input }>,
    sending: { readonly repeatable: boolean },
  ) {
    return async (input: Input, options?: MutationOptions): Promise<Payload> => {
      const answer = await this.execute(document, { input }, { ...sending, ...options });
      return accepted(name, answer[name], options);
    };
  }

  /**
   * Any operation of the schema, by a typed document of one's own. Nothing is made of its `userErrors`. A mutation that
   * may be sent twice says so by `repeatable`; queries always may.
   */
  execute<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    options?: ReadOptions & { readonly repeatable?: boolean },
  ): Promise<Result> {
    const isMutation = /^\s*mutation\b/.test(document.toString());
    return this.#transport.execute(document, variables, {
      repeatable: options?.repeatable ?? !isMutation,
      signal: options?.signal,
    });
  }

  /** A file below the API's address, piece by piece as the service makes it. */
  protected download(path: string, options?: ReadOptions): AsyncGenerator<Uint8Array, void> {
    return this.#transport.download(path, options?.signal);
  }

  /** The events of a subscription, through broken connections, to the one that `isLast`. */
  protected subscribe<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    options: { readonly isLast: (event: Result) => boolean; readonly signal?: AbortSignal | undefined },
  ): AsyncGenerator<Result, void> {
    return this.#transport.subscribe(document, variables, options);
  }
}

interface Refusable {
  readonly userErrors: readonly UserErrorEntry[];
}

/** @throws RefusedError for `userErrors`, unless they are the caller's to look at. */
export function accepted<Payload extends Refusable>(
  operation: string,
  payload: Payload,
  options: MutationOptions | undefined,
): Payload {
  const { userErrors } = payload;
  if (userErrors.length > 0 && options?.throwOnUserErrors !== false)
    throw new RefusedError(operation, userErrors, payload);
  return payload;
}

/** A list, read page by page as it is iterated; nothing of a list that is not there. */
export async function* pages<Node>(
  read: (after: string | null) => Promise<Page<Node> | undefined>,
): AsyncGenerator<Node, void> {
  let after: string | null = null;
  for (;;) {
    const page: Page<Node> | undefined = await read(after);
    if (page === undefined) return;
    yield* page.nodes;
    if (!page.pageInfo.hasNextPage) return;
    after = page.pageInfo.endCursor;
  }
}
