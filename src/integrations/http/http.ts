import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, {
  type AxiosError,
  type AxiosInstance,
  type AxiosResponse,
  isAxiosError,
  isCancel,
} from 'axios';
import axiosRetry from 'axios-retry';
import { z } from 'zod';
import { isCertificateError } from '../../domain/errors/certificate-errors.ts';
import { parseExactJson } from '../../domain/text/exact-json.ts';
import type { Logger } from '../../logger.ts';
import { UpstreamError, type VendorAnswer } from '../contract/errors.ts';
import type { UpstreamCall } from '../contract/upstream.ts';
import { type UpstreamCallEvent, upstreamCalls } from './call-events.ts';
import { decodeBody } from './decode-body.ts';
import { type AttemptState, createAttempt } from './http-attempt.ts';
import { type CallContext, type Failure, failureOfStatus, upstreamError } from './http-failure.ts';
import { isCutJson, titleOfPage } from './other-bodies.ts';
import { parseRetryAfter } from './retry-after.ts';

/** Largest answer, also unpacked: answers about one account have a few kilobytes. */
export const LARGEST_ANSWER_BYTES = 5 * 1024 * 1024;
/** Two repetitions bridge a restarting gateway; the job's own delays take over after that. */
const LOOKUP_RETRIES = 2;
const LOOKUP_RETRY_BASE_MS = 50;
/** Shorter than the idle limits of common servers, so that we rarely write into a socket they just closed. */
const IDLE_SOCKET_MS = 4_000;
const REQUEST_ID_HEADERS = ['x-request-id', 'x-trace-id', 'request-id', 'trace-id'] as const;

/** An HTTP answer that arrived whole; `body` is the parsed JSON, undefined when it is none. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A connector's judgement of an answer: its meaning, a failure, or unknown (the status decides). */
export type Verdict<Meaning> =
  | { readonly kind: 'answer'; readonly answer: Meaning }
  | ({ readonly kind: 'failure' } & Failure)
  | { readonly kind: 'unknown'; readonly vendor?: VendorAnswer };

/** One call to an upstream. */
export interface HttpRequest<Meaning> extends Omit<CallContext, 'system'> {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  /** The path with `{placeholders}` for identifiers of people; default: the path itself. */
  readonly pathTemplate?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in place of `body`: for signatures over the exact bytes. */
  readonly text?: string;
  /** The connector's table: pure. Of redirects, 401, 403, 429 and 503 with `Retry-After` only its `vendor` is used. */
  readonly judge: (answer: HttpAnswer) => Verdict<Meaning>;
}

/** The way to one external system: bounded sockets kept alive, one place that classifies failures. */
export interface UpstreamHttp {
  /**
   * Sends and judges. Throws `UpstreamError`; rejects with the signal's own reason when it aborted before anything
   * was sent, and with `acquire`'s own error when that failed.
   */
  send<Meaning>(request: HttpRequest<Meaning>, call: UpstreamCall): Promise<Meaning>;
  close(): void;
}

/** Opens the way to `system`. `timeoutMs` limits every attempt as a whole, connecting and reading included. */
export function createUpstreamHttp(options: {
  readonly system: string;
  readonly timeoutMs: number;
  readonly maxSockets: number;
  readonly logger: Logger;
}): UpstreamHttp {
  const sockets = { keepAlive: true, maxSockets: options.maxSockets, timeout: IDLE_SOCKET_MS };
  const httpAgent = new HttpAgent(sockets);
  const httpsAgent = new HttpsAgent(sockets);
  const client = createClient({ httpAgent, httpsAgent });
  return {
    send: (request, call) => {
      const event = callEvent(options.system, request);
      return upstreamCalls.tracePromise(() => send(request, { call, event }), event);
    },
    close() {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };

  async function send<Meaning>(
    request: HttpRequest<Meaning>,
    { call, event }: { readonly call: UpstreamCall; readonly event: UpstreamCallEvent },
  ): Promise<Meaning> {
    const context: CallContext = { ...request, system: options.system };
    const attempt = createAttempt(call, options.timeoutMs);
    const startedAt = performance.now();
    const answer = await exchange({ client, request, attempt }).catch((error: unknown) => {
      throw describeBreak(error, { context, state: attempt.state, signal: call.signal });
    });
    event.status = answer.status;
    options.logger.debug({
      msg: 'upstream answered',
      system: options.system,
      operation: request.operation,
      httpStatus: answer.status,
      durationMs: Math.round(performance.now() - startedAt),
    });
    return judgeAnswer(answer, { context, judge: request.judge });
  }
}

/** How axios passes on what Node received. */
const rawAnswer = z.object({ res: z.object({ rawHeaders: z.array(z.string()) }) });

/** Makes the event of a call, which must be cheap without subscribers. */
function callEvent(system: string, request: HttpRequest<unknown>): UpstreamCallEvent {
  const { operation, method, url } = request;
  if (!upstreamCalls.hasSubscribers) return { system, operation, method, host: '', path: '' };
  const { host, pathname } = new URL(url);
  return { system, operation, method, host, path: request.pathTemplate ?? pathname };
}

function createClient(agents: { httpAgent: HttpAgent; httpsAgent: HttpsAgent }): AxiosInstance {
  const client = axios.create({
    ...agents,
    proxy: false,
    maxRedirects: 0,
    maxContentLength: LARGEST_ANSWER_BYTES,
    // The bytes as they came: in which encoding they are, and whether it is JSON, is for us to find out.
    responseType: 'arraybuffer',
    transformResponse: [textOf],
    headers: { common: { Accept: 'application/json', 'User-Agent': 'accountsync' } },
  });
  axiosRetry(client, { retries: 0 });
  return client;
}

function textOf(this: unknown, body: unknown, headers: AxiosResponse['headers']): unknown {
  if (!(body instanceof Uint8Array)) return body;
  const type: unknown = headers['content-type'];
  return decodeBody(body, typeof type === 'string' ? type : null);
}

async function exchange(options: {
  client: AxiosInstance;
  request: HttpRequest<unknown>;
  attempt: ReturnType<typeof createAttempt>;
}): Promise<AxiosResponse<string>> {
  const { client, request, attempt } = options;
  try {
    return await client.request<string>({
      method: request.method,
      url: request.url,
      headers:
        request.body === undefined
          ? request.headers
          : { 'Content-Type': 'application/json', ...request.headers },
      ...(request.body === undefined ? {} : { data: JSON.stringify(request.body) }),
      ...(request.text === undefined ? {} : { data: request.text }),
      adapter: attempt.adapter,
      'axios-retry': {
        retries: request.idempotent ? LOOKUP_RETRIES : 0,
        retryCondition: (error) => isWorthRepeating(error, attempt.state),
        retryDelay: (retry) => axiosRetry.exponentialDelay(retry, undefined, LOOKUP_RETRY_BASE_MS),
      },
    });
  } catch (error) {
    // A whole answer with another status than 2xx is an answer, not a break.
    if (isAxiosError<string>(error) && isWhole(error.response)) return error.response;
    throw error;
  }
}

/** A broken connection or a server's own error; not a time limit (it was long enough), not a throttle. */
function isWorthRepeating(error: AxiosError, state: AttemptState): boolean {
  if (state.timedOut || isCancel(error) || isTooLarge(error)) return false;
  if (!isWhole(error.response)) return true;
  const { status, headers } = error.response;
  return status >= 500 && !(status === 503 && headers['retry-after'] !== undefined);
}

function isWhole(response: AxiosResponse | undefined): response is AxiosResponse<string> {
  return typeof response?.data === 'string';
}

/** True when the answer is too large. axios has no code for this; the contract suite notices a changed message. */
function isTooLarge(error: AxiosError): boolean {
  return error.message.startsWith('maxContentLength');
}

/** No whole answer: the two questions are whether it was ever sent, and (in `upstreamError`) whether it is idempotent. */
function describeBreak(
  error: unknown,
  options: { readonly context: CallContext; readonly state: AttemptState; readonly signal: AbortSignal },
): unknown {
  const { context, state, signal } = options;
  if (!isAxiosError(error)) return error;
  if (!state.sent && signal.aborted && !state.timedOut) return signal.reason;
  return upstreamError(context, { ...breakOf(error, state), cause: slimCause(error) });
}

function breakOf(error: AxiosError, state: AttemptState): Failure {
  const why = state.timedOut ? 'TIMEOUT' : (error.code ?? error.message);
  if (!state.sent) {
    const reason = `could not connect (${why})`;
    const untrusted = isCertificateError(why) ? { variant: 'CERTIFICATE' } : {};
    const parameters = { detail: why, ...untrusted };
    return { failure: 'never-sent', code: 'UPSTREAM_UNREACHABLE', reason, parameters };
  }
  if (state.timedOut) {
    return { failure: 'effect-unknown', code: 'UPSTREAM_TIMEOUT', reason: 'no answer within the time limit' };
  }
  if (isTooLarge(error)) {
    const reason = `answer larger than ${LARGEST_ANSWER_BYTES} bytes, cut`;
    return { failure: 'effect-unknown', code: 'UPSTREAM_ANSWER_TOO_LARGE', reason };
  }
  return { failure: 'effect-unknown', code: 'ANSWER_LOST', reason: `the answer was lost (${why})` };
}

/** An AxiosError carries the token, the body and the sockets; only its words may travel on. */
function slimCause(error: AxiosError): Error {
  const cause = new Error(error.message);
  cause.name = error.code ?? error.name;
  return cause;
}

function judgeAnswer<Meaning>(
  response: AxiosResponse<string>,
  options: { readonly context: CallContext; readonly judge: HttpRequest<Meaning>['judge'] },
): Meaning {
  const { context, judge } = options;
  const { status } = response;
  const retryAfterMs = parseRetryAfter(linesOf(response, 'retry-after'), new Date());
  const requestId = REQUEST_ID_HEADERS.map((name) => headerOf(response, name)).find((id) => id !== undefined);
  const seen: VendorAnswer = { httpStatus: status, ...(requestId === undefined ? {} : { requestId }) };
  const isPauseAsked = linesOf(response, 'retry-after').some((line) => line.trim() !== '');
  const page = titleOfPage(response.data);
  const body = parseJson(response.data);
  const isCut = body === undefined && isCutJson(response.data);
  const byStatus = failureOfStatus(context, { status, retryAfterMs, isPauseAsked, page, isCut });
  const verdict = judge({ status, body });
  const told = verdict.kind === 'answer' ? {} : verdict.vendor;
  if (isDecidedByStatus(byStatus))
    throw upstreamError(context, { ...byStatus, vendor: { ...seen, ...told } });
  switch (verdict.kind) {
    case 'answer':
      return verdict.answer;
    case 'failure':
      throw upstreamError(context, { retryAfterMs, ...verdict, vendor: { ...seen, ...told } });
    case 'unknown':
      throw upstreamError(context, { ...byStatus, vendor: { ...seen, ...told } });
  }
}

/** True for redirects, refusals and throttles, whose meaning does not depend on the body. */
function isDecidedByStatus(failure: Failure): boolean {
  switch (failure.code) {
    case 'UPSTREAM_THROTTLED':
    case 'UPSTREAM_REDIRECT':
    case 'UPSTREAM_TOKEN_REFUSED':
    case 'UPSTREAM_CREDENTIALS':
      return true;
    default:
      return false;
  }
}

function headerOf(response: AxiosResponse, name: string): string | undefined {
  const value: unknown = response.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** Every line of a header: Node itself keeps the first. */
function linesOf(response: AxiosResponse, name: string): string[] {
  const raw = rawAnswer.safeParse(response.request).data?.res.rawHeaders ?? [];
  const lines = raw.filter((_, index) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === name);
  const header = headerOf(response, name);
  return lines.length > 0 || header === undefined ? lines : [header];
}

function parseJson(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}

/** True when the system refused the token we sent (HTTP 401 or a vendor code), as opposed to our rights. */
export function isTokenRefused(error: unknown): error is UpstreamError {
  return error instanceof UpstreamError && error.code === 'UPSTREAM_TOKEN_REFUSED';
}
