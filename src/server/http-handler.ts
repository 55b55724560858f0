import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Logger, withLogScope } from '../logger.ts';
import type { SchemaServices } from '../schema/context/context.ts';
import { traced } from '../trace.ts';
import type { Authenticate } from './authentication/authentication.ts';
import { answerExport, type ExportPath, isExportPath } from './exports/answer-export.ts';
import { answerHealth, answerReadiness, type Readiness } from './health/health.ts';
import { answerJson, graphqlErrorBody } from './http/answer-json.ts';
import type { OriginPolicy } from './http/origins.ts';
import type { createYogaHandler } from './http/yoga.ts';
import { answerMetrics, type ReadMetrics } from './metrics/answer-metrics.ts';
import { FORM_HEADER, negotiateForm } from './negotiation/negotiate-form.ts';
import { negotiateLocale } from './negotiation/negotiate-locale.ts';
import type { Admission } from './operations/admission.ts';
import { letIn, type NotLetIn } from './operations/let-in.ts';
import { presentThrown } from './operations/present-errors.ts';
import { createRequestScope } from './operations/request-scope.ts';
import type { BuiltPages } from './pages/built-pages.ts';
import { answerConsole, CONSOLE_PATH, isConsolePath } from './pages/console.ts';
import { answerGraphiql } from './pages/graphiql.ts';
import { DASHBOARD_PATH, type JobsDashboard } from './pages/jobs-dashboard.ts';
import { type PageOptions, wantsPage } from './pages/page-config.ts';

export interface HttpHandlerOptions {
  readonly services: SchemaServices;
  readonly authenticate: Authenticate;
  readonly admission: Admission;
  readonly yoga: ReturnType<typeof createYogaHandler>;
  readonly pages: BuiltPages;
  /** Null: no page is served. */
  readonly page: PageOptions | null;
  readonly origins: OriginPolicy;
  readonly readiness: Readiness;
  readonly metrics: ReadMetrics;
  /** Null: not served. */
  readonly dashboard: JobsDashboard | null;
  readonly logger: Logger;
  readonly isClosing: () => boolean;
  /** The endpoints of the first system; false when the address is none of them. */
  readonly rest: (exchange: Exchange) => Promise<boolean>;
}

type Refusal = Omit<NotLetIn, 'status' | 'code'> & { readonly status: number; readonly code: string };

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly correlationId: string;
}

/** Handles all HTTP requests: common headers, the correlation id, and the part that answers. */
export function createHttpHandler(options: HttpHandlerOptions) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const correlationId = randomUUID();
    response.setHeader('x-request-id', correlationId);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('cache-control', 'no-store');
    options.origins.addHeaders(request, response);
    const exchange = { request, response, correlationId };
    void withLogScope({ correlationId }, () =>
      answer(exchange, options).catch((error: unknown) => fail(error, exchange, options.logger)),
    );
  };
}

/** Answers a request; calls of the API are spans, probes and metrics are not. */
function answer(exchange: Exchange, options: HttpHandlerOptions): Promise<void> {
  const { request, response, correlationId } = exchange;
  if (pathOf(request) !== '/graphql') return route(exchange, options);
  const { method = '', headers } = request;
  return traced(
    () => ({
      name: `${method} /graphql`,
      kind: 'server',
      parent: headers['traceparent']?.toString() ?? null,
      attributes: {
        'http.request.method': method,
        'http.route': '/graphql',
        'accountsync.correlation': correlationId,
      },
    }),
    async (span) => {
      await route(exchange, options);
      span.set({ 'http.response.status_code': response.statusCode });
    },
  );
}

function pathOf({ url }: IncomingMessage): string | undefined {
  return url?.split('?')[0];
}

async function route(exchange: Exchange, options: HttpHandlerOptions): Promise<void> {
  const { request, response } = exchange;
  const path = pathOf(request);
  // At the root, GET and HEAD lead browsers elsewhere; other methods get the answer of the first system's root.
  const isRest = path !== '/' || (request.method !== 'GET' && request.method !== 'HEAD');
  if (isRest && (await options.rest(exchange))) return;
  if (request.method === 'OPTIONS') {
    response.writeHead(204, { allow: 'GET, POST, OPTIONS' }).end();
    return;
  }
  if (options.dashboard !== null && (path === DASHBOARD_PATH || path?.startsWith(`${DASHBOARD_PATH}/`)))
    return options.dashboard.answer(request, response);
  if (options.page !== null && path !== undefined && isConsolePath(path)) {
    const enabled = () => options.services.settings.get('console_enabled');
    return answerConsole(path, exchange, { pages: options.pages, page: options.page, enabled });
  }
  if (isExportPath(path)) return answerExportOf(path, exchange, options);
  switch (path) {
    case '/graphql':
      return answerGraphql(exchange, options);
    case '/healthz':
      return answerHealth(response);
    case '/readyz':
      return answerReadiness(response, { ...options, closing: options.isClosing() });
    case '/metrics':
      return answerMetrics(response, options.metrics);
    case '/':
      return answerRoot(exchange, options);
    default:
      return answerNotFound(response);
  }
}

/** Leads a browser to the console, or to GraphiQL where operators switched that off; others see the first system's. */
async function answerRoot(exchange: Exchange, options: HttpHandlerOptions): Promise<void> {
  const { request, response } = exchange;
  const { settings } = options.services;
  const shown = options.page !== null && wantsPage(request);
  if (shown && settings.get('console_enabled')) response.writeHead(302, { location: CONSOLE_PATH }).end();
  else if (shown && settings.get('graphiql_enabled')) response.writeHead(302, { location: '/graphql' }).end();
  else if (!(await options.rest(exchange))) answerNotFound(response);
}

async function answerGraphql(exchange: Exchange, options: HttpHandlerOptions): Promise<void> {
  const { request, response, correlationId } = exchange;
  const { services, yoga, pages, page } = options;
  if (page !== null && wantsPage(request) && services.settings.get('graphiql_enabled'))
    return answerGraphiql(request, response, { pages, page });
  const locale = negotiateLocale(request.headers['accept-language'], services.defaultLocale);
  const { accept, authorization = null } = request.headers;
  const waits = accept?.includes('text/event-stream') === true;
  const caller = await letIn(options, { authorization, locale, waits });
  if (!('viewer' in caller)) return refuse(exchange, caller);
  const { viewer, lapse, leave } = caller;
  if (response.closed) return leave();
  response.once('close', leave);
  const form = negotiateForm(request.headers[FORM_HEADER]);
  const scope = createRequestScope({ services, viewer, locale, form, correlationId });
  await yoga({ req: request, res: response, scope, lapse, leave });
}

/** A list as a file, for the same keys as the API. */
async function answerExportOf(
  path: ExportPath,
  exchange: Exchange,
  options: HttpHandlerOptions,
): Promise<void> {
  const { request, response, correlationId } = exchange;
  const { services } = options;
  if (request.method !== 'GET') {
    response.writeHead(405, { allow: 'GET' }).end();
    return;
  }
  const locale = negotiateLocale(request.headers['accept-language'], services.defaultLocale);
  const caller = await letIn(options, { authorization: request.headers.authorization ?? null, locale });
  if (!('viewer' in caller)) return refuse(exchange, caller);
  response.once('close', caller.leave);
  const form = negotiateForm(request.headers[FORM_HEADER]);
  const scope = createRequestScope({ services, viewer: caller.viewer, locale, form, correlationId });
  const refusal = await answerExport(path, exchange, scope);
  if (refusal !== null) refuse(exchange, { ...refusal, retryAfterSeconds: null });
}

function refuse({ response, correlationId }: Exchange, refusal: Refusal): void {
  const { status, code, message, retryAfterSeconds, goingAway } = refusal;
  if (goingAway === true) response.setHeader('connection', 'close');
  if (status === 401) response.setHeader('www-authenticate', 'Bearer realm="AccountSync"');
  if (retryAfterSeconds !== null) response.setHeader('retry-after', String(retryAfterSeconds));
  const hint = retryAfterSeconds === null ? {} : { retryAfterSeconds };
  answerJson(response, { status, body: graphqlErrorBody({ code, message, ...hint, correlationId }) });
}

function answerNotFound(response: ServerResponse): void {
  const error = 'There is nothing at this address.';
  const addresses = {
    '/console': 'the console, for browsers',
    '/graphql': 'the GraphQL API: POST, GET with a CSRF header, WebSocket, and GraphiQL in a browser',
    '/exports/requests.csv': 'requests as a file; also tasks.csv and people.csv',
    '/exports/database-accounts.csv': 'accounts of remote databases as a file',
    '/exports/database-account-changes.csv': 'their change log as a file',
    '/healthz': 'is the process alive',
    '/readyz': 'can it do its work',
    '/jobs': 'the dashboard of the job queue, for administrators',
    '/api/docs/': 'the REST endpoints of the first system; /openapi.json for programs',
    '/metrics': 'figures in the text format of Prometheus',
  };
  answerJson(response, { status: 404, body: { error, addresses } });
}

/** A bug. */
function fail(thrown: unknown, exchange: Exchange, logger: Logger): void {
  const { response, correlationId } = exchange;
  if (response.destroyed) {
    logger.debug({ error: thrown }, 'the caller disconnected before the answer was sent');
    return;
  }
  const { message } = presentThrown(thrown, { correlationId, logger });
  if (response.headersSent) {
    response.destroy();
    return;
  }
  refuse(exchange, { status: 500, code: 'INTERNAL', message, retryAfterSeconds: null });
}
