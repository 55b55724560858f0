import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from '../logger.ts';
import type { SchemaServices } from '../schema/context/context.ts';
import type { Authenticate } from './authentication/authentication.ts';
import { closeServer } from './close-server.ts';
import type { Readiness } from './health/health.ts';
import { OriginPolicy } from './http/origins.ts';
import { createYogaHandler } from './http/yoga.ts';
import { createHttpHandler } from './http-handler.ts';
import { defaultLimits, type ServerLimits } from './limits/limits.ts';
import type { ReadMetrics } from './metrics/answer-metrics.ts';
import { Admission } from './operations/admission.ts';
import { OperationExecutor } from './operations/execute-operation.ts';
import { OpenWork } from './operations/open-work.ts';
import { DocumentPreparation } from './operations/prepare-document.ts';
import { BuiltPages, builtPagesFolder } from './pages/built-pages.ts';
import { JobsDashboard } from './pages/jobs-dashboard.ts';
import type { PageOptions } from './pages/page-config.ts';
import type { AnsweredRestCall } from './rest/answered-call.ts';
import { createRest } from './rest/serve-rest.ts';
import { createWebSocketOperations } from './sockets/web-socket-operations.ts';
import { WebSockets } from './sockets/web-sockets.ts';

/** How often Node looks for connections that are too slow; its default of 30 s would make the limits meaningless. */
const SLOW_CONNECTION_CHECK_MS = 1_000;

/** Longer than the idle time of usual proxies and clients, so that they close idle connections, not we. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

export interface StartServerOptions {
  /** Its context type is RequestScope. */
  readonly schema: GraphQLSchema;
  readonly services: SchemaServices;
  readonly authenticate: Authenticate;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly bodyLimitBytes: number;
  /** Origins of web pages that may use the API besides our own, e.g. `https://portal.example.com`. */
  readonly allowedOrigins: readonly string[];
  readonly logger: Logger;
  readonly readiness: Readiness;
  readonly metrics: ReadMetrics;
  /** Finds the database of the job queue, for its dashboard; null: the dashboard is not served. */
  readonly jobsUrl: (() => Promise<string>) | null;
  /** Null: no page is served. */
  readonly page: PageOptions | null;
  readonly limits?: Partial<ServerLimits>;
  /** Told of every call of the first system's endpoints. */
  readonly onRestAnswer: (answered: AnsweredRestCall) => void;
}

export interface RunningServer {
  /** Of the GraphQL API. */
  readonly url: string;
  readonly port: number;
  /** How many operations and events ran compiled, and how many did not. */
  readonly executions: { readonly compiled: number; readonly interpreted: number };
  /** Subscriptions that are open, over all transports. */
  readonly openStreams: number;
  /** Accepts nothing new, lets running operations end, closes all connections; takes at most `timeoutMs`. */
  close(options: { readonly timeoutMs: number }): Promise<void>;
}

/** Listens, and serves the API over HTTP, SSE and WebSocket. Rejects when the address is taken. */
export async function startServer(options: StartServerOptions): Promise<RunningServer> {
  const { schema, host, port, logger } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const openWork = new OpenWork();
  const executor = new OperationExecutor({ ...limits, schema, logger, openWork });
  const documents = new DocumentPreparation(schema);
  const admission = new Admission(limits.operationsAtOnce);
  const origins = new OriginPolicy(options.allowedOrigins);
  let closed: Promise<void> | null = null;
  const isClosing = () => closed !== null;

  const yoga = createYogaHandler({ ...options, ...limits, executor, documents });
  const { jobsUrl, authenticate } = options;
  const dashboard = jobsUrl === null ? null : new JobsDashboard({ findUrl: jobsUrl, authenticate });
  const pages = new BuiltPages(builtPagesFolder);
  const rest = createRest({ ...options, admission, executor, openWork, origins, isClosing });
  const handler = createHttpHandler({
    ...options,
    admission,
    yoga,
    pages,
    dashboard,
    origins,
    isClosing,
    rest,
  });
  const server = createServer(
    {
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: SLOW_CONNECTION_CHECK_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    },
    handler,
  );
  const operations = createWebSocketOperations({
    ...options,
    ...limits,
    admission,
    executor,
    documents,
    isClosing,
  });
  const { defaultLocale } = options.services;
  const path = '/graphql';
  const webSockets = new WebSockets({
    server,
    path,
    operations,
    origins,
    limits,
    defaultLocale,
    logger,
    isClosing,
  });

  // Node closes idle connections once, when closing begins; connections that answer later would stay open.
  server.on('request', (_, response) => {
    response.once('close', () => {
      if (isClosing()) setImmediate(() => server.closeIdleConnections());
    });
  });
  server.listen(port, host);
  await once(server, 'listening');
  const boundPort = portOf(server);

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}${path}`,
    port: boundPort,
    executions: executor.counts,
    get openStreams() {
      return openWork.openStreams;
    },
    close({ timeoutMs }) {
      closed ??= closeServer({ server, webSockets, openWork, timeoutMs }).finally(() => dashboard?.close());
      return closed;
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address.port;
}
