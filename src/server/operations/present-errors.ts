import { GraphQLError } from 'graphql';
import type { Logger } from '../../logger.ts';
import { scrubMessage } from './scrub-message.ts';

export interface PresentOptions {
  readonly correlationId: string;
  readonly logger: Logger;
}

/** One broken loader fails every row of a list with the same error object: it is logged once. */
const logged = new WeakSet<Error>();

/** Errors that were presented already: several layers present the same error. */
const presented = new WeakSet<GraphQLError>();

/**
 * Presents a thrown error; all errors pass here. A GraphQLError with `extensions.code` is meant for the caller;
 * everything else is a bug, is logged with its stack and becomes INTERNAL, independent of NODE_ENV.
 */
export function presentThrown(thrown: unknown, options: PresentOptions): GraphQLError {
  const { correlationId } = options;
  if (thrown instanceof GraphQLError && presented.has(thrown)) return thrown;
  const located = thrown instanceof GraphQLError ? thrown : null;
  if (located !== null && hasPublicCode(located)) {
    return present(located.message, {
      located,
      extensions: { ...publicExtensions(located), correlationId },
    });
  }
  if (located !== null && isArgumentMistake(located)) {
    const message = scrubMessage(located.message);
    return presentMistake(located, { message, code: 'BAD_USER_INPUT', correlationId });
  }
  logOnce(thrown, options);
  const message = `Something went wrong on our side. Please report the id ${correlationId}.`;
  return present(message, { located, extensions: { code: 'INTERNAL', correlationId } });
}

/** Presents an error that our own code or the library made for the caller. */
export function presentMistake(
  error: GraphQLError,
  mistake: { readonly message: string; readonly code: string; readonly correlationId: string },
): GraphQLError {
  const { code, correlationId } = mistake;
  const extensions = { ...publicExtensions(error), code, correlationId };
  return present(mistake.message, { located: error, extensions });
}

function hasPublicCode(error: GraphQLError): boolean {
  const code = extensionsOf(error)['code'];
  return typeof code === 'string' && code !== 'INTERNAL' && code !== 'INTERNAL_SERVER_ERROR';
}

/**
 * True for a null that is only noticed at its field, e.g. `$first: null` for an Int!: the message is the library's.
 */
function isArgumentMistake(error: GraphQLError): boolean {
  return rootOf(error) instanceof GraphQLError && /^(Argument|Variable) "/.test(error.message);
}

/** `originalError` is what JSON.parse said, with a piece of the body in it. */
function publicExtensions(error: GraphQLError): Record<string, unknown> {
  const { originalError: _, ...extensions } = extensionsOf(error);
  return extensions;
}

/** graphql-jit leaves `extensions` out, whatever its type says. */
function extensionsOf(error: GraphQLError): Readonly<Record<string, unknown>> {
  return error.extensions ?? {};
}

/** Makes a new error with path and code; the cause is only logged. */
function present(
  message: string,
  options: { readonly located: GraphQLError | null; readonly extensions: Readonly<Record<string, unknown>> },
): GraphQLError {
  const { located, extensions } = options;
  const error = new GraphQLError(message, {
    nodes: located?.nodes ?? null,
    source: located?.source ?? null,
    positions: located?.positions ?? null,
    path: located?.path ?? null,
    extensions,
  });
  presented.add(error);
  return error;
}

function logOnce(thrown: unknown, { correlationId, logger }: PresentOptions): void {
  const error = rootOf(thrown);
  if (logged.has(error)) return;
  logged.add(error);
  const path = thrown instanceof GraphQLError ? thrown.path?.join('.') : undefined;
  logger.error({ error, path, correlationId }, 'an operation failed with an unexpected error');
}

function rootOf(thrown: unknown): Error {
  if (!(thrown instanceof Error))
    return new Error('something that is no Error was thrown', { cause: thrown });
  if (thrown instanceof GraphQLError && thrown.originalError instanceof Error)
    return rootOf(thrown.originalError);
  return thrown;
}
