import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendNodeResponse } from '@whatwg-node/server';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { currentLogScope, type Logger } from '../../logger.ts';
import type { RequestScope } from '../../schema/context/context.ts';
import type { Lapse } from '../authentication/lapse.ts';
import { dropSlowReader } from '../limits/slow-readers.ts';
import type { Operation, OperationExecutor } from '../operations/execute-operation.ts';
import type { DocumentPreparation } from '../operations/prepare-document.ts';
import { presentThrown } from '../operations/present-errors.ts';
import { answerStatus, streamRefusal } from './answer-status.ts';
import { paramsOfSearch, parseRequestBody } from './parse-request-body.ts';
import { preventCsrf } from './prevent-csrf.ts';
import { readRequestBody } from './read-request-body.ts';

/** Context of a request that the HTTP server hands to yoga. */
export interface YogaContext {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly scope: RequestScope;
  readonly lapse: Lapse;
  /** Releases the admission of an operation that begins to stream: a stream costs little and may last for hours. */
  readonly leave: () => void;
}

export interface YogaOptions {
  readonly schema: GraphQLSchema;
  readonly executor: OperationExecutor;
  readonly documents: DocumentPreparation;
  readonly bodyLimitBytes: number;
  readonly slowReaderMs: number;
  readonly logger: Logger;
}

/**
 * Creates the handler of GraphQL over HTTP and SSE. Yoga does the protocol; authentication and execution are ours.
 */
export function createYogaHandler(options: YogaOptions): (context: YogaContext) => Promise<void> {
  const yoga = createYogaFor(options);
  return async (context) => {
    const { req, res } = context;
    // As yoga's own listener does, without copying the context property by property.
    await sendNodeResponse(await yoga.handleNodeRequestAndResponse(req, res, context), res, req, true);
  };
}

function createYogaFor(options: YogaOptions) {
  const { schema, logger } = options;
  return createYoga<YogaContext>({
    schema,
    graphqlEndpoint: '/graphql',
    logging: {
      debug: () => {},
      info: () => {},
      warn: (...texts: unknown[]) => logger.warn({ texts }, 'yoga warns'),
      // Every error it would report passes `maskError`, which has logged it.
      error: () => {},
    },
    maskedErrors: {
      errorMessage: 'unused',
      maskError: (error) => presentThrown(error, { correlationId: currentCorrelationId(), logger }),
    },
    // Done by the HTTP server, before anything is read: see origins.ts, graphiql.ts, health.ts.
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    maxRequestBodySize: false,
    parserAndValidationCache: false,
    plugins: [preventCsrf(), readParams(options.bodyLimitBytes), runOperations(options), answerStatus()],
  });
}

/** Reads the parameters of an operation: bounded, and without quoting refused values. */
function readParams(bodyLimitBytes: number): Plugin<object, YogaContext> {
  return {
    onRequestParse({ request, serverContext, setRequestParser }) {
      if (request.method === 'GET') {
        setRequestParser(() => paramsOfSearch(new URL(request.url).searchParams));
      } else if (request.method === 'POST') {
        setRequestParser(async () => {
          const body = await readRequestBody(serverContext.req, bodyLimitBytes);
          return parseRequestBody(request.headers.get('content-type') ?? '', body);
        });
      }
    },
  };
}

function runOperations({ documents, executor, slowReaderMs }: YogaOptions): Plugin<YogaContext> {
  return {
    onParse({ context, setParseFn }) {
      setParseFn((source) => documents.parse(String(source), context.scope.correlationId));
    },
    onValidate({ context, params, setResult }) {
      setResult([...documents.validate(params.documentAST, context.scope.correlationId)]);
    },
    onExecute({ args, setExecuteFn }) {
      setExecuteFn(() => executor.execute(operationOf(args.contextValue, args)));
    },
    onSubscribe({ args, setSubscribeFn }) {
      const { request, res, leave } = args.contextValue;
      const refusal = streamRefusal(request);
      setSubscribeFn(() => {
        if (refusal !== null) return { errors: [refusal] };
        dropSlowReader(res, slowReaderMs);
        return executor.subscribe(operationOf(args.contextValue, args)).finally(leave);
      });
    },
  };
}

interface YogaArguments {
  readonly document: DocumentNode;
  readonly operationName?: string | null;
  readonly variableValues?: Readonly<Record<string, unknown>> | null;
}

function operationOf({ scope, lapse }: YogaContext, args: YogaArguments): Operation {
  const { document, operationName, variableValues } = args;
  return {
    document,
    operationName: operationName ?? undefined,
    variables: variableValues ?? {},
    scope,
    lapse,
  };
}

function currentCorrelationId(): string {
  return String(currentLogScope()['correlationId'] ?? 'unknown');
}
