import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  validateSubscriptionArgs,
} from 'graphql';
import { isDatabaseAway } from '../../domain/errors/database-away.ts';
import { type Logger, withLogScope } from '../../logger.ts';
import type { RequestScope } from '../../schema/context/context.ts';
import { permitted } from '../../schema/permissions/viewer.ts';
import { traced } from '../../trace.ts';
import type { Lapse } from '../authentication/lapse.ts';
import { CompiledOperations } from './compiled-operations.ts';
import { asksForSchema } from './document-shape.ts';
import { EventStream } from './event-stream.ts';
import { findVariableErrors } from './find-variable-errors.ts';
import type { OpenWork } from './open-work.ts';
import { operationSpan } from './operation-span.ts';
import { presentMistake, presentThrown } from './present-errors.ts';
import {
  credentialLapsed,
  databaseAway,
  introspectionRefused,
  refusalError,
  tookTooLong,
  UNAVAILABLE_SECONDS,
} from './refusals.ts';
import { forkRequestScope } from './request-scope.ts';
import { scrubMessage } from './scrub-message.ts';
import { answerKey, SharedAnswers } from './shared-answers.ts';

/** An operation of a valid document. */
export interface Operation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly scope: RequestScope;
  /** Of the caller's credential: a stream ends with it. */
  readonly lapse: Lapse;
}

export interface OperationExecutorOptions {
  readonly schema: GraphQLSchema;
  readonly logger: Logger;
  readonly openWork: OpenWork;
  readonly operationTimeoutMs: number;
}

/**
 * Executes operations for all transports. Queries, mutations and events of subscriptions run as code compiled by
 * graphql-jit; what it cannot compile is executed by graphql-js. Errors come out presented.
 */
export class OperationExecutor {
  readonly #schema: GraphQLSchema;
  readonly #logger: Logger;
  readonly #openWork: OpenWork;
  readonly #compiled: CompiledOperations;
  readonly #operationTimeoutMs: number;
  readonly #shared = new SharedAnswers();
  readonly #asksForSchema = new WeakMap<DocumentNode, boolean>();
  /** How often each path answered, for tests and metrics: the fall-back is silent. */
  readonly #counts = { compiled: 0, interpreted: 0 };

  constructor(options: OperationExecutorOptions) {
    this.#schema = options.schema;
    this.#logger = options.logger;
    this.#openWork = options.openWork;
    this.#operationTimeoutMs = options.operationTimeoutMs;
    this.#compiled = new CompiledOperations(options.schema);
  }

  get counts(): { readonly compiled: number; readonly interpreted: number } {
    return this.#counts;
  }

  /** A query or mutation. Never rejects. */
  execute(operation: Operation): Promise<ExecutionResult> {
    const refusal = this.#refusal(operation);
    if (refusal !== null) return Promise.resolve({ errors: [refusal] });
    return this.#openWork.track(() => this.#answerInTime(operation, undefined));
  }

  /** A stream of answers, or one answer that says why there is none. Never rejects. */
  async subscribe(operation: Operation): Promise<EventStream | ExecutionResult> {
    const { scope } = operation;
    const source = await withLogScope(logScopeOf(scope), () => this.#openSource(operation));
    if (!(Symbol.asyncIterator in source)) return source;
    const key = answerKey(operation);
    const stream: EventStream = new EventStream({
      source: source[Symbol.asyncIterator](),
      execute: (event) =>
        this.#shared.answer(event, key, () =>
          this.#answerInTime({ ...operation, scope: forkRequestScope(scope) }, event),
        ),
      describeFailure: (error) => ({ errors: [this.#presentThrown(error, scope)] }),
      onEnd: () => {
        forgetLapse();
        this.#openWork.remove(stream);
      },
    });
    this.#openWork.add(stream);
    const forgetLapse = operation.lapse(() =>
      stream.end({ errors: [refusalError(credentialLapsed, 'UNAUTHENTICATED', scope)] }),
    );
    return stream;
  }

  /** Opened by graphql-js: graphql-jit's `subscribe` passes variables to the field instead of arguments. */
  async #openSource(operation: Operation): Promise<AsyncIterable<unknown> | ExecutionResult> {
    const { scope } = operation;
    const mistakes = this.#findMistakes(operation);
    if (mistakes.length > 0) return { errors: mistakes.map((error) => presentRequestError(error, scope)) };
    try {
      const args = validateSubscriptionArgs(this.#argumentsFor(operation, undefined));
      if ('length' in args) return { errors: args.map((error) => presentRequestError(error, scope)) };
      const source = await createSourceEventStream(args);
      if (Symbol.asyncIterator in source) return source;
      return { errors: (source.errors ?? []).map((error) => this.#presentThrown(error, scope)) };
    } catch (error) {
      return { errors: [this.#presentThrown(error, scope)] };
    }
  }

  /** The refusal of introspection without its scope, over every transport; no field rule covers it. */
  #refusal({ document, scope }: Operation): GraphQLError | null {
    let asks = this.#asksForSchema.get(document);
    if (asks === undefined) {
      asks = asksForSchema(document);
      this.#asksForSchema.set(document, asks);
    }
    if (!asks || permitted(scope.viewer, ['developer'])) return null;
    return refusalError(introspectionRefused, 'FORBIDDEN', scope);
  }

  /** Answers in time or with an error; a late operation goes on unobserved. */
  async #answerInTime(operation: Operation, rootValue: unknown): Promise<ExecutionResult> {
    const { promise, resolve } = Promise.withResolvers<ExecutionResult>();
    const timer = setTimeout(() => {
      this.#logger.warn({ correlationId: operation.scope.correlationId }, 'an operation took too long');
      resolve({ errors: [refusalError(tookTooLong, 'UNAVAILABLE', operation.scope)] });
    }, this.#operationTimeoutMs);
    void this.#answer(operation, rootValue).then(resolve);
    return promise.finally(() => clearTimeout(timer));
  }

  async #answer(operation: Operation, rootValue: unknown): Promise<ExecutionResult> {
    const { scope } = operation;
    return withLogScope(logScopeOf(scope), () =>
      traced(
        () => operationSpan(operation),
        async (span) => {
          const result = await this.#outcome(operation, rootValue);
          if (result.errors !== undefined) span.fail(codeOf(result.errors));
          return result;
        },
      ),
    );
  }

  async #outcome(operation: Operation, rootValue: unknown): Promise<ExecutionResult> {
    try {
      return this.#present(await this.#run(operation, rootValue), operation.scope);
    } catch (error) {
      return { data: null, errors: [this.#presentThrown(error, operation.scope)] };
    }
  }

  async #run(operation: Operation, rootValue: unknown): Promise<ExecutionResult> {
    const { document, operationName, variables, scope } = operation;
    const compiled = this.#compiled.get(document, operationName);
    if (compiled !== null) {
      const result = await compiled.query(rootValue, scope, variables);
      if (result.data !== undefined) {
        this.#counts.compiled += 1;
        return result;
      }
      // Without `data` nothing ran: the variables were refused, with a message that names the wrong thing.
    }
    this.#counts.interpreted += 1;
    const mistakes = this.#findMistakes(operation);
    if (mistakes.length > 0) return { errors: mistakes };
    return await execute(this.#argumentsFor(operation, rootValue));
  }

  #findMistakes({ document, operationName, variables }: Operation): readonly GraphQLError[] {
    return findVariableErrors(this.#schema, document, operationName, variables);
  }

  #argumentsFor({ document, operationName, variables, scope }: Operation, rootValue: unknown) {
    return {
      schema: this.#schema,
      document,
      operationName: operationName ?? null,
      variableValues: variables,
      contextValue: scope,
      rootValue,
      hideSuggestions: true,
    };
  }

  #present(result: ExecutionResult, scope: RequestScope): ExecutionResult {
    if (result.errors === undefined || result.errors.length === 0) return result;
    const errors = result.errors.map((error) =>
      result.data === undefined ? presentRequestError(error, scope) : this.#presentThrown(error, scope),
    );
    return { ...result, errors: withoutRepetitions(errors) };
  }

  #presentThrown(error: unknown, scope: RequestScope): GraphQLError {
    const { correlationId } = scope;
    if (isStatementTimeout(error)) {
      this.#logger.warn({ correlationId }, 'a statement took too long');
      return refusalError(tookTooLong, 'UNAVAILABLE', scope);
    }
    if (rootCauses(error).some(isDatabaseAway)) {
      this.#logger.warn({ error, correlationId }, 'the database did not answer an operation');
      return refusalError(databaseAway, 'UNAVAILABLE', scope, { retryAfterSeconds: UNAVAILABLE_SECONDS });
    }
    return presentThrown(error, { correlationId, logger: this.#logger });
  }
}

/** Presents the error of an operation that did not start: an unknown name, or variables that do not fit. */
function presentRequestError(error: GraphQLError, { correlationId }: RequestScope): GraphQLError {
  const message = scrubMessage(error.message);
  return presentMistake(error, { message, code: 'BAD_USER_INPUT', correlationId });
}

/** Postgres ended a statement that ran longer than the API's may. */
function isStatementTimeout(thrown: unknown): boolean {
  return rootCauses(thrown).some((error) => 'code' in error && error.code === '57014');
}

/** The error and what it was made of. */
function rootCauses(thrown: unknown): Error[] {
  if (!(thrown instanceof Error)) return [];
  return [thrown, ...rootCauses('originalError' in thrown ? thrown.originalError : thrown.cause)];
}

/** Removes repetitions: a field that is refused in every row of a list is reported once. */
function withoutRepetitions(errors: readonly GraphQLError[]): GraphQLError[] {
  const told = new Set<string>();
  return errors.filter(({ message, extensions }) => {
    if (extensions['code'] !== 'FORBIDDEN') return true;
    if (told.has(message)) return false;
    told.add(message);
    return true;
  });
}

function codeOf(errors: readonly GraphQLError[]): string {
  return String(errors[0]?.extensions?.['code'] ?? 'INTERNAL');
}

function logScopeOf({ correlationId, viewer }: RequestScope): Readonly<Record<string, string>> {
  return { correlationId, principal: viewer?.principal ?? 'nobody' };
}
