import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Locale } from '../../domain/errors/error-entry.ts';
import { type Logger, withLogScope } from '../../logger.ts';
import type { RequestScope } from '../../schema/context/context.ts';
import { refusalOfField } from '../../schema/permissions/refusal.ts';
import { traced } from '../../trace.ts';
import { answerJson } from '../http/answer-json.ts';
import type { OriginPolicy } from '../http/origins.ts';
import { readRequestBody } from '../http/read-request-body.ts';
import { negotiateLocale } from '../negotiation/negotiate-locale.ts';
import type { OperationExecutor } from '../operations/execute-operation.ts';
import { type LetInOptions, letIn, type NotLetIn } from '../operations/let-in.ts';
import type { OpenWork } from '../operations/open-work.ts';
import { presentThrown } from '../operations/present-errors.ts';
import { createRequestScope } from '../operations/request-scope.ts';
import type { AnsweredRestCall } from './answered-call.ts';
import { allowedMethods, type MatchedPath, matchPath, routeOf } from './match-route.ts';
import { createDescription } from './serve-description.ts';
import { acceptsJson } from './wire/accepts-json.ts';
import { readCredentials } from './wire/credentials.ts';
import { problemOf, runOperation } from './wire/operation.ts';
import { parseBody } from './wire/parse-body.ts';
import { readPreferences } from './wire/preferences.ts';
import { RestProblem, refused } from './wire/problem.ts';
import type { GoneRoute, RestAnswer, RestCall, RestMethod, RestRoute } from './wire/route.ts';
import { fill, methodNotAllowed, texts } from './wire/texts.ts';

export interface RestOptions extends LetInOptions {
  readonly schema: GraphQLSchema;
  readonly executor: OperationExecutor;
  readonly openWork: OpenWork;
  readonly origins: OriginPolicy;
  readonly bodyLimitBytes: number;
  readonly logger: Logger;
  readonly onRestAnswer: (answered: AnsweredRestCall) => void;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly correlationId: string;
}

/** Delay between two looks at the state that a caller waits for: short at first, then as often as people notice. */
const POLL_FIRST_MS = 50;
const POLL_MAX_MS = 500;

/** `/admin/` and everything below was the first system's back office. */
const ADMIN = /^\/admin(?:\/|$)/;

/** Answers the endpoints of the first system; false when the address is none of them, or they are switched off. */
export function createRest(options: RestOptions): (exchange: Exchange) => Promise<boolean> {
  const { services, schema } = options;
  const describe = createDescription({ schema, defaultLocale: services.defaultLocale });
  return async (exchange) => {
    const { request, response } = exchange;
    const url = new URL(request.url ?? '/', 'http://host');
    if (!services.settings.get('rest_enabled')) return false;
    if (describe(request, response)) return true;
    const locale = negotiateLocale(request.headers['accept-language'], services.defaultLocale);
    if (ADMIN.test(url.pathname)) {
      answerProblem(response, new RestProblem(410, { detail: texts.gone[locale], use: '/console' }));
      return true;
    }
    const matched = matchPath(url.pathname);
    if (matched === null) return false;
    const call = { exchange, url, matched, locale };
    await options.openWork.track(() => answerInTrace(options, call));
    return true;
  };
}

interface Arrived {
  readonly exchange: Exchange;
  readonly url: URL;
  readonly matched: MatchedPath;
  readonly locale: Locale;
}

/** The operation's name, its route and how it ended stand in the trace and the figures. */
async function answerInTrace(options: RestOptions, arrived: Arrived): Promise<void> {
  const { exchange, matched } = arrived;
  const { request, response, correlationId } = exchange;
  const { method = '', headers } = request;
  const route = routeOf(matched, method);
  const operation = route?.operationId ?? 'none';
  const path = route?.path ?? 'none';
  const begun = performance.now();
  await traced(
    () => ({
      name: `${method} ${path}`,
      kind: 'server',
      parent: headers['traceparent']?.toString() ?? null,
      attributes: {
        'http.request.method': method,
        'http.route': path,
        'accountsync.operation': operation,
        'accountsync.correlation': correlationId,
      },
    }),
    async (span) => {
      await answerCall(options, arrived, route);
      span.set({ 'http.response.status_code': response.statusCode });
    },
  );
  const seconds = (performance.now() - begun) / 1_000;
  options.onRestAnswer({ operation, status: response.statusCode, seconds });
}

async function answerCall(
  options: RestOptions,
  arrived: Arrived,
  route: RestRoute | GoneRoute | null,
): Promise<void> {
  const { exchange, matched, locale } = arrived;
  const { request, response, correlationId } = exchange;
  try {
    if (request.method === 'OPTIONS' && matched.methods.size > 0) {
      response.writeHead(204, { allow: allowedMethods(matched.methods) }).end();
      return;
    }
    const answer = await decide(options, arrived, route);
    if (!response.destroyed) send(response, answer);
  } catch (thrown) {
    if (response.destroyed) return;
    answerProblem(response, presentProblem(thrown, { locale, correlationId, logger: options.logger }));
  }
}

/** Presents a thrown problem; a bug is logged, and nothing of it is shown. */
function presentProblem(
  thrown: unknown,
  { locale, ...options }: { locale: Locale; correlationId: string; logger: Logger },
): RestProblem {
  if (thrown instanceof RestProblem) return thrown;
  const status = thrown instanceof GraphQLError ? bodyStatus(thrown) : null;
  if (status !== null) {
    const words = { 400: texts.brokenText, 413: texts.tooLarge, 415: texts.compressed }[status];
    return refused(status, words?.[locale] ?? String(thrown instanceof Error ? thrown.message : ''));
  }
  presentThrown(thrown, options);
  return refused(500, fill(texts.failed[locale], 'id', options.correlationId));
}

/** A body that could not be read says its status itself. */
function bodyStatus({ extensions }: GraphQLError): number | null {
  const { http } = extensions;
  if (typeof http !== 'object' || http === null || !('status' in http)) return null;
  return typeof http.status === 'number' ? http.status : null;
}

async function decide(
  options: RestOptions,
  arrived: Arrived,
  route: RestRoute | GoneRoute | null,
): Promise<RestAnswer> {
  const { exchange, url, matched, locale } = arrived;
  const { request, response, correlationId } = exchange;
  const { services, schema } = options;
  assertFound(arrived, route);
  const credentials = readCredentials(request.headers);
  if (credentials.isBasic && !options.origins.allowsWebSocket(request))
    throw refused(403, texts.foreignOrigin[locale]);
  const caller = await letIn(options, { authorization: credentials.authorization, locale });
  if (!('viewer' in caller)) throw notLetIn(response, caller, credentials.authorization === null, locale);
  try {
    const { viewer } = caller;
    const scope = createRequestScope({ services, viewer, locale, correlationId });
    if (!('answer' in route)) throw new RestProblem(410, { detail: texts.gone[locale], use: route.use });
    const refusal = refusalOfField(scope, schema, route.field);
    if (refusal !== null) throw problemOf(refusal, scope);
    const call = await callOf(options, { arrived, route, scope, leave: caller.leave, url, matched });
    return await withLogScope({ correlationId, principal: viewer.principal }, () => route.answer(call));
  } finally {
    caller.leave();
  }
}

/** @throws {RestProblem} 404, 405 or 406 */
function assertFound(
  { exchange: { request }, url, matched, locale }: Arrived,
  route: RestRoute | GoneRoute | null,
): asserts route is RestRoute | GoneRoute {
  const format = url.searchParams.get('format');
  if (matched.methods.size === 0 || (format !== null && format !== 'json'))
    throw refused(404, texts.notFound[locale]);
  const { method = '' } = request;
  if (route === null)
    throw refused(405, methodNotAllowed(method, locale), { allow: allowedMethods(matched.methods) });
  if (!acceptsJson(request.headers.accept)) throw refused(406, texts.notAcceptable[locale]);
}

function notLetIn(
  response: ServerResponse,
  { status, message, retryAfterSeconds, goingAway }: NotLetIn,
  isAnonymous: boolean,
  locale: Locale,
): RestProblem {
  if (goingAway === true) {
    response.setHeader('connection', 'close');
    return refused(503, texts.shuttingDown[locale], { 'retry-after': '5' });
  }
  // Never Basic: a browser would ask its user for a name and a password.
  if (status === 401)
    return refused(401, isAnonymous ? texts.notSignedIn[locale] : message, {
      'www-authenticate': 'Bearer realm="AccountSync"',
    });
  return refused(
    status,
    message,
    retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) },
  );
}

const METHODS_WITH_BODY: readonly RestMethod[] = ['POST', 'PUT', 'PATCH'];

async function callOf(
  options: RestOptions,
  {
    arrived,
    route,
    scope,
    leave,
  }: {
    readonly arrived: Arrived;
    readonly route: RestRoute;
    readonly scope: RequestScope;
    readonly leave: () => void;
    readonly url: URL;
    readonly matched: MatchedPath;
  },
): Promise<RestCall> {
  const { exchange, url, matched, locale } = arrived;
  const { request, response } = exchange;
  const { headers } = request;
  const key = headers['idempotency-key'];
  const hasBody = METHODS_WITH_BODY.includes(route.method);
  const text = hasBody ? await readRequestBody(request, options.bodyLimitBytes) : '';
  const contentType = headers['content-type'] ?? '';
  const takesForms = route.body?.forms ?? true;
  return {
    scope,
    path: matched.path,
    method: route.method,
    query: url.searchParams,
    body: parseBody(text, { contentType, takesForms, locale }),
    preferences: readPreferences(headers['prefer']),
    idempotencyKey: typeof key === 'string' && key.trim() !== '' ? key : null,
    baseUrl: baseUrlOf(request),
    pathname: url.pathname,
    run: (operation, variables = {}) => runOperation(options.executor, operation, { variables, scope }),
    waitFor: async (ask, seconds) => {
      // A waiting caller does not hold up operations.
      leave();
      const isOver = () => options.isClosing() || response.destroyed;
      return await poll(ask, { deadline: performance.now() + seconds * 1_000, isOver });
    },
  };
}

async function poll<T>(
  ask: () => Promise<T | null>,
  { deadline, isOver }: { readonly deadline: number; readonly isOver: () => boolean },
): Promise<T | null> {
  for (let pauseMs = POLL_FIRST_MS; ; pauseMs = Math.min(pauseMs * 2, POLL_MAX_MS)) {
    const answer = await ask();
    const leftMs = deadline - performance.now();
    if (answer !== null || leftMs <= 0 || isOver()) return answer;
    await delay(Math.min(pauseMs, leftMs));
  }
}

/** The address by which the caller reached us; a proxy that ends TLS reports its own. */
function baseUrlOf({ headers }: IncomingMessage): string {
  const protocol = headers['x-forwarded-proto']?.toString().split(',')[0]?.trim().toLowerCase();
  const host = /^[\w.:[\]-]+$/.exec(headers.host ?? '')?.[0] ?? 'localhost';
  return `${protocol === 'https' ? 'https' : 'http'}://${host}`;
}

function send(response: ServerResponse, { status, body, headers = {} }: RestAnswer): void {
  if (body === undefined) response.writeHead(status, headers).end();
  else answerJson(response, { status, body, headers });
}

function answerProblem(response: ServerResponse, { status, body, headers }: RestProblem): void {
  if (response.headersSent) response.destroy();
  else answerJson(response, { status, body, headers });
}
