import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  validateSubscriptionArgs,
} from 'graphql';
import { type Logger, withLogScope } from '../logger.ts';
import type { RequestScope } from '../schema/context.ts';
import { CompiledOperations } from './compiled-operations.ts';
import { EventStream } from './event-stream.ts';
import { findVariableErrors } from './find-variable-errors.ts';
import type { Lapse } from './lapse.ts';
import type { OpenWork } from './open-work.ts';
import { presentMistake, presentThrown } from './present-errors.ts';
import { credentialLapsed } from './refusals.ts';
import { forkRequestScope } from './request-scope.ts';
import { scrubMessage } from './scrub-message.ts';

/** An operation of a document that was found valid. */
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
}

/**
 * Runs operations, for every transport alike. Queries, mutations and the events of subscriptions run as code that
 * graphql-jit compiled; where it has no answer, the executor of graphql-js does them. Errors come out presented.
 */
export class OperationExecutor {
  readonly #schema: GraphQLSchema;
  readonly #logger: Logger;
  readonly #openWork: OpenWork;
  readonly #compiled: CompiledOperations;
  /** How often each path answered: the compiled one is left silently, so tests and metrics look here. */
  readonly #counts = { compiled: 0, interpreted: 0 };

  constructor(options: OperationExecutorOptions) {
    this.#schema = options.schema;
    this.#logger = options.logger;
    this.#openWork = options.openWork;
    this.#compiled = new CompiledOperations(options.schema);
  }

  get counts(): { readonly compiled: number; readonly interpreted: number } {
    return this.#counts;
  }

  /** A query or mutation. Never rejects. */
  execute(operation: Operation): Promise<ExecutionResult> {
    return this.#openWork.track(() => this.#answer(operation, undefined));
  }

  /** A stream of answers, or one answer that says why there is none. Never rejects. */
  async subscribe(operation: Operation): Promise<EventStream | ExecutionResult> {
    const { scope } = operation;
    const source = await withLogScope(logScopeOf(scope), () => this.#openSource(operation));
    if (!(Symbol.asyncIterator in source)) return source;
    const stream: EventStream = new EventStream({
      source: source[Symbol.asyncIterator](),
      execute: (event) => this.#answer({ ...operation, scope: forkRequestScope(scope) }, event),
      describeFailure: (error) => ({ errors: [this.#presentThrown(error, scope)] }),
      onEnd: () => {
        forgetLapse();
        this.#openWork.remove(stream);
      },
    });
    this.#openWork.add(stream);
    const forgetLapse = operation.lapse(() => stream.end({ errors: [lapsed(scope)] }));
    return stream;
  }

  /** By graphql-js: graphql-jit's own `subscribe` hands the variables to the field in place of its arguments. */
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

  async #answer(operation: Operation, rootValue: unknown): Promise<ExecutionResult> {
    const { scope } = operation;
    return withLogScope(logScopeOf(scope), async () => {
      try {
        return this.#present(await this.#run(operation, rootValue), scope);
      } catch (error) {
        return { data: null, errors: [this.#presentThrown(error, scope)] };
      }
    });
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
      // Without `data` nothing ran: the variables were refused, in words that name the wrong thing.
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
    return { ...result, errors };
  }

  #presentThrown(error: unknown, { correlationId }: RequestScope): GraphQLError {
    return presentThrown(error, { correlationId, logger: this.#logger });
  }
}

/** The operation did not start: the caller named one that is not there, or the variables do not fit. */
function presentRequestError(error: GraphQLError, { correlationId }: RequestScope): GraphQLError {
  const message = scrubMessage(error.message);
  return presentMistake(error, { message, code: 'BAD_USER_INPUT', correlationId });
}

/** The last answer of a stream whose caller is signed in no longer. */
function lapsed({ locale, correlationId }: RequestScope): GraphQLError {
  return new GraphQLError(credentialLapsed[locale], {
    extensions: { code: 'UNAUTHENTICATED', correlationId },
  });
}

function logScopeOf({ correlationId, viewer }: RequestScope): Readonly<Record<string, string>> {
  return { correlationId, principal: viewer?.principal ?? 'nobody' };
}
