import { ApiError, type ApiErrorEntry, ConnectionError } from './errors.ts';
import { readEvents, StreamBroken } from './read-events.ts';
import { backoffMs, parseRetryAfter, type RetryPolicy, wait } from './retry-policy.ts';

/** Where the service is and how to speak to it. */
export interface TransportOptions {
  readonly url: string;
  /** Asked before every call, so that a token may be renewed. */
  readonly apiKey: () => string | Promise<string>;
  /** Null: the service's default. */
  readonly locale: string | null;
  /** How texts name what to do; null: operations. */
  readonly form: string | null;
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
  readonly fetch: typeof globalThis.fetch;
}

/** An operation with the types of its result and variables, as code generators make them. */
export interface Operation<Result, Variables> {
  readonly __apiType?: (variables: Variables) => Result;
  /** Its text. */
  toString(): string;
}

/** How one call is carried out. */
export interface SendOptions {
  /** Sending it again does nothing twice, so a lost answer is no reason to give up. */
  readonly repeatable: boolean;
  readonly signal?: AbortSignal | undefined;
}

interface Answer<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly ApiErrorEntry[];
}

/** Silence of three signs of life: the connection is dead. */
const SILENCE_MS = 40_000;
const STREAM_TYPE = 'text/event-stream';
/** The gateway before the service got no answer of it, or a broken one. */
const GATEWAY_STATUSES: ReadonlySet<number> = new Set([502, 504]);
/** Errors of a stream that subscribing again may get over. */
const PASSING_CODES: ReadonlySet<string | null> = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL']);
/** Node's words for: nothing was sent. Browsers do not tell. */
const NOT_SENT = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/;

/** Carries operations to the API: queries and mutations by POST, subscriptions as server-sent events. */
export class Transport {
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /**
   * One operation, tried again with growing delays while the service is unavailable, and on a broken connection where
   * that is safe.
   *
   * @throws ApiError when the API refuses it; ConnectionError when there is no answer.
   */
  async execute<Result, Variables>(
    document: Operation<Result, Variables>,
    variables: Variables,
    options: SendOptions,
  ): Promise<Result> {
    const body = JSON.stringify({ query: document.toString(), variables });
    for (let retry = 1; ; retry += 1) {
      try {
        return await this.#post<Result>(body, options.signal);
      } catch (error) {
        options.signal?.throwIfAborted();
        if (retry > this.#options.retry.retries || !mayRepeat(error, options)) throw error;
        await this.#delay(error, retry, options.signal);
      }
    }
  }

  /**
   * The events of a subscription. The service begins every subscription with the present state, so a connection that
   * breaks is made again and nothing is missed. Ends after the first event that `isLast`, or when the service completes
   * the stream.
   *
   * @throws ApiError when the API refuses it; ConnectionError when the stream does not come back.
   */
  async *subscribe<Result, Variables>(
    document: Operation<Result, Variables>,
    variables: Variables,
    options: { readonly isLast: (event: Result) => boolean; readonly signal?: AbortSignal | undefined },
  ): AsyncGenerator<Result, void> {
    const { retries, reconnects } = this.#options.retry;
    const body = JSON.stringify({ query: document.toString(), variables });
    let failures = 0;
    let begun = false;
    for (;;) {
      try {
        for await (const event of this.#stream<Result>(body, options.signal)) {
          failures = 0;
          begun = true;
          yield event;
          if (options.isLast(event)) return;
        }
        return;
      } catch (error) {
        options.signal?.throwIfAborted();
        failures += 1;
        if (failures > (begun ? reconnects : retries) || !mayResubscribe(error)) throw this.#explain(error);
        await this.#delay(error, failures, options.signal);
      }
    }
  }

  /**
   * A file that the service makes as it is read, piece by piece; once begun it is not tried again.
   *
   * @param path below the folder of the API's address, with its query.
   * @throws ApiError when the API refuses it; ConnectionError when there is no answer.
   */
  async *download(path: string, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array, void> {
    const { url, apiKey, locale } = this.#options;
    const headers = {
      authorization: `Bearer ${await apiKey()}`,
      ...(locale === null ? {} : { 'accept-language': locale }),
    };
    try {
      const response = await this.#options.fetch(new URL(path, url), { headers, signal: signal ?? null });
      if (response.ok && response.body !== null) yield* piecesOf(response.body);
      else await this.#read(response);
    } catch (cause) {
      signal?.throwIfAborted();
      throw this.#explain(cause);
    }
  }

  /** Ends without an error only when the service completed the stream. */
  async *#stream<Result>(body: string, signal: AbortSignal | undefined): AsyncGenerator<Result, void> {
    // Of its own, so that leaving early closes the connection.
    const closing = new AbortController();
    const close = () => closing.abort(signal?.reason);
    signal?.addEventListener('abort', close, { once: true });
    try {
      const response = await this.#fetch(body, { accept: STREAM_TYPE, signal: closing.signal });
      if (!typeOf(response).includes(STREAM_TYPE) || response.body === null) {
        await this.#read(response);
        throw new ConnectionError(this.#options.url, { reason: 'answered a subscription without a stream.' });
      }
      for await (const { event, data } of readEvents(response.body, SILENCE_MS)) {
        if (event === 'complete') return;
        if (event === 'next') yield dataOf(parseAnswer<Result>(data), null);
      }
      throw new StreamBroken('the connection ended');
    } finally {
      signal?.removeEventListener('abort', close);
      closing.abort();
    }
  }

  async #post<Result>(body: string, signal: AbortSignal | undefined): Promise<Result> {
    const timeout = AbortSignal.timeout(this.#options.timeoutMs);
    const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    const response = await this.#fetch(body, { accept: 'application/json', signal: either });
    return this.#read<Result>(response);
  }

  async #fetch(
    body: string,
    options: { readonly accept: string; readonly signal: AbortSignal },
  ): Promise<Response> {
    const { url, apiKey, locale, form } = this.#options;
    const headers = {
      'content-type': 'application/json',
      accept: options.accept,
      authorization: `Bearer ${await apiKey()}`,
      ...(locale === null ? {} : { 'accept-language': locale }),
      ...(form === null ? {} : { 'x-accountsync-form': form }),
    };
    try {
      return await this.#options.fetch(url, { method: 'POST', headers, body, signal: options.signal });
    } catch (cause) {
      throw this.#explain(cause);
    }
  }

  /** @throws ApiError for errors in it, and for an HTTP status of failure. */
  async #read<Result>(response: Response): Promise<Result> {
    const text = await response.text().catch((cause: unknown) => {
      throw this.#explain(cause);
    });
    const status = response.status;
    const retryAfterSeconds = parseRetryAfter(response.headers.get('retry-after'), Date.now());
    if (!typeOf(response).includes('json')) {
      // A gateway answers in HTML; what it says of waiting counts all the same.
      if (isBusy(status) || GATEWAY_STATUSES.has(status))
        throw new ApiError([], { status, retryAfterSeconds });
      throw this.#notTheApi(status);
    }
    const answer = this.#parse<Result>(text);
    if (isBusy(status) && answer.errors === undefined) throw new ApiError([], { status, retryAfterSeconds });
    if (answer.errors === undefined && answer.data === undefined) throw this.#notTheApi(status);
    return dataOf(answer, { status, retryAfterSeconds });
  }

  #notTheApi(status: number): ConnectionError {
    const reason = `answered HTTP ${status} with something else; is it the address of the API (…/graphql)?`;
    return new ConnectionError(this.#options.url, { reason });
  }

  #parse<Result>(text: string): Answer<Result> {
    try {
      return parseAnswer(text);
    } catch (cause) {
      throw new ConnectionError(this.#options.url, { cause, reason: 'answered with half a text.' });
    }
  }

  #explain(cause: unknown): unknown {
    if (cause instanceof ApiError || cause instanceof ConnectionError) return cause;
    const timedOut = cause instanceof Error && cause.name === 'TimeoutError';
    const seconds = this.#options.timeoutMs / 1_000;
    if (timedOut)
      return new ConnectionError(this.#options.url, { cause, reason: `did not answer in ${seconds} s.` });
    const reason =
      cause instanceof StreamBroken ? 'broke off the stream, and it did not come back.' : undefined;
    return new ConnectionError(this.#options.url, reason === undefined ? { cause } : { cause, reason });
  }

  async #delay(error: unknown, retry: number, signal: AbortSignal | undefined): Promise<void> {
    const { retry: policy } = this.#options;
    const asked = error instanceof ApiError ? error.retryAfterSeconds : null;
    if (asked !== null && asked * 1_000 > policy.longestRetryAfterMs) throw error;
    const backoff = backoffMs(policy, retry, Math.random());
    await wait(asked === null ? backoff : Math.max(asked * 1_000, policy.firstDelayMs), signal);
  }
}

function mayRepeat(error: unknown, { repeatable }: SendOptions): boolean {
  if (error instanceof ApiError) {
    if (error.status === null) return false;
    return isBusy(error.status) || (repeatable && GATEWAY_STATUSES.has(error.status));
  }
  return (
    error instanceof ConnectionError && error.cause !== undefined && (repeatable || wasNotSent(error.cause))
  );
}

function mayResubscribe(error: unknown): boolean {
  if (!(error instanceof ApiError)) return !(error instanceof ConnectionError) || error.cause !== undefined;
  if (error.status === null) return PASSING_CODES.has(error.code);
  return isBusy(error.status) || error.status >= 500;
}

/** The service did nothing and reports it: too many calls, or not now. */
function isBusy(status: number): boolean {
  return status === 429 || status === 503;
}

function wasNotSent(cause: unknown): boolean {
  const inner = cause instanceof Error ? cause.cause : undefined;
  return (
    typeof inner === 'object' &&
    inner !== null &&
    'code' in inner &&
    typeof inner.code === 'string' &&
    NOT_SENT.test(inner.code)
  );
}

function typeOf(response: Response): string {
  return response.headers.get('content-type') ?? '';
}

function parseAnswer<Result>(text: string): Answer<Result> {
  return JSON.parse(text);
}

function dataOf<Result>(
  answer: Answer<Result>,
  http: { readonly status: number; readonly retryAfterSeconds: number | null } | null,
): Result {
  if (answer.errors !== undefined && answer.errors.length > 0)
    throw new ApiError(answer.errors, http ?? { status: null, retryAfterSeconds: null });
  if (answer.data === null || answer.data === undefined)
    throw new ApiError(
      [{ message: 'The service answered without data.' }],
      http ?? { status: null, retryAfterSeconds: null },
    );
  return answer.data;
}

/** By a reader: not every browser iterates over a stream. */
async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
