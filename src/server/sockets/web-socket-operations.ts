import { randomUUID } from 'node:crypto';
import { type ExecutionArgs, GraphQLError, type GraphQLSchema } from 'graphql';
import { makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import type { Locale } from '../../domain/errors/error-entry.ts';
import type { AdviceForm } from '../../domain/explanations/actions.ts';
import type { SchemaServices, Viewer } from '../../schema/context/context.ts';
import type { Authenticate } from '../authentication/authentication.ts';
import { never } from '../authentication/lapse.ts';
import { negotiateForm } from '../negotiation/negotiate-form.ts';
import { negotiateLocale } from '../negotiation/negotiate-locale.ts';
import { type Admission, SUBSCRIBER_WAIT_MS } from '../operations/admission.ts';
import type { Operation, OperationExecutor } from '../operations/execute-operation.ts';
import type { DocumentPreparation } from '../operations/prepare-document.ts';
import {
  credentialLapsed,
  OVERLOADED_SECONDS,
  overloaded,
  rateLimitError,
  refusalError,
} from '../operations/refusals.ts';
import { createRequestScope } from '../operations/request-scope.ts';

/** State of a socket in graphql-ws. */
export interface SocketSession {
  readonly acceptLanguage: string | undefined;
  /** Ends the socket; the reason is cut to what a close frame holds. */
  readonly close: (code: number, reason: string) => void;
  viewer: Viewer | null;
  /** Stops watching whether the credential still holds. */
  forgetLapse: () => void;
  isClosed: boolean;
  locale: Locale;
  form: AdviceForm;
}

export interface WebSocketOperationsOptions {
  readonly schema: GraphQLSchema;
  readonly services: SchemaServices;
  readonly authenticate: Authenticate;
  readonly admission: Admission;
  readonly executor: OperationExecutor;
  readonly documents: DocumentPreparation;
  readonly operationsPerSocket: number;
  readonly connectionInitTimeoutMs: number;
  /** True while the server shuts down: no operation is started. */
  readonly isClosing: () => boolean;
}

/** The application codes of graphql-transport-ws. */
const FORBIDDEN = 4403;
/** Codes of RFC 6455 after which clients connect again. */
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;
/** Never settles: the operation's socket is being closed, and no one is there to answer. */
const unanswered = () => new Promise<never>(() => {});
const closeCodes = { missing: 4401, refused: FORBIDDEN, unavailable: 1013 } as const;

/** Creates the protocol graphql-transport-ws without a transport: signing in, and what each message starts. */
export function createWebSocketOperations(options: WebSocketOperationsOptions): Server<SocketSession> {
  const { executor, authenticate, services, admission } = options;
  // graphql-ws passes the object that `onSubscribe` returned to `execute` and `subscribe`.
  const operations = new WeakMap<ExecutionArgs, Operation>();
  const sessions = new WeakMap<Operation, SocketSession>();
  const operationOf = (args: ExecutionArgs): Operation => {
    const operation = operations.get(args);
    if (operation === undefined) throw new Error('An operation was run that never was prepared.');
    return operation;
  };

  const answer = async (operation: Operation) => {
    const leave = admission.enter();
    if (leave === null) {
      const hints = { retryAfterSeconds: OVERLOADED_SECONDS };
      return { errors: [refusalError(overloaded, 'UNAVAILABLE', operation.scope, hints)] };
    }
    return executor.execute(operation).finally(leave);
  };
  const watch = async (operation: Operation) => {
    const leave = await admission.enterInTurn(SUBSCRIBER_WAIT_MS);
    if (leave !== null) return executor.subscribe(operation).finally(leave);
    // An error would be the end of the subscription; of a socket that closes so, clients come back by themselves.
    sessions.get(operation)?.close(TRY_AGAIN_LATER, overloaded[operation.scope.locale]);
    return unanswered();
  };

  return makeServer<Record<string, unknown> | undefined, SocketSession>({
    connectionInitWaitTimeout: options.connectionInitTimeoutMs,

    async onConnect({ connectionParams, extra }) {
      const { authorization, Authorization, locale, form } = connectionParams ?? {};
      const credential = authorization ?? Authorization;
      extra.locale = negotiateLocale(locale ?? extra.acceptLanguage, services.defaultLocale);
      extra.form = negotiateForm(form);
      const result = await authenticate(typeof credential === 'string' ? credential : null);
      if (result.outcome !== 'accepted') {
        extra.close(closeCodes[result.outcome], result.reason[extra.locale]);
        return false;
      }
      if (extra.isClosed) return false;
      extra.viewer = result.viewer;
      extra.forgetLapse = result.lapse(() => extra.close(FORBIDDEN, credentialLapsed[extra.locale]));
      return true;
    },

    onClose({ extra }) {
      extra.isClosed = true;
      extra.forgetLapse();
    },

    async onSubscribe({ extra, subscriptions }, _id, payload) {
      const { viewer, locale, form } = extra;
      const correlationId = randomUUID();
      if (options.isClosing()) {
        extra.close(GOING_AWAY, 'The server is going away.');
        return unanswered();
      }
      const refusal = refuse(Object.keys(subscriptions).length, options, correlationId);
      if (refusal !== null) return [refusal];
      const seconds = await services.rateLimits.take(viewer?.principal ?? '');
      if (seconds !== null) return [rateLimitError(seconds, { locale, correlationId })];
      const prepared = prepare(options, payload, correlationId);
      if (!('document' in prepared)) return prepared;
      const scope = createRequestScope({ services, viewer, locale, form, correlationId });
      // The socket closes when the credential lapses, and its operations with it.
      const operation = { ...prepared, scope, lapse: never };
      const args: ExecutionArgs = {
        schema: options.schema,
        document: operation.document,
        operationName: operation.operationName ?? null,
        contextValue: scope,
      };
      operations.set(args, operation);
      sessions.set(operation, extra);
      return args;
    },

    execute: (args) => answer(operationOf(args)),
    subscribe: (args) => watch(operationOf(args)),
  });
}

/** Ends the operation, not the socket: its other operations go on. */
function refuse(
  openOperations: number,
  { operationsPerSocket }: WebSocketOperationsOptions,
  correlationId: string,
): GraphQLError | null {
  if (openOperations <= operationsPerSocket) return null;
  return new GraphQLError(
    `A socket holds at most ${operationsPerSocket} operations at a time. Complete one, or open another socket.`,
    {
      extensions: {
        code: 'LIMIT_EXCEEDED',
        limit: 'operations',
        maximum: operationsPerSocket,
        correlationId,
      },
    },
  );
}

/** Errors of the document, or what can be run. */
function prepare(
  { documents }: WebSocketOperationsOptions,
  payload: SubscribePayload,
  correlationId: string,
): Omit<Operation, 'scope' | 'lapse'> | readonly GraphQLError[] {
  try {
    const document = documents.parse(payload.query, correlationId);
    const errors = documents.validate(document, correlationId);
    if (errors.length > 0) return errors;
    return {
      document,
      // Some clients send an empty text for none.
      operationName: payload.operationName || undefined,
      variables: payload.variables ?? {},
    };
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}
