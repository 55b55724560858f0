import { GraphQLError } from 'graphql';
import type { ErrorParameters } from '../../domain/errors/error-entry.ts';
import type { RequestScope } from './context.ts';
import { errorText } from './words.ts';

/** Codes of top-level errors this layer gives (DESIGN §8); the server adds the HTTP status and the correlation id. */
export type ApiErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  | 'NOT_FOUND'
  | 'LIMIT_EXCEEDED';

/** An error the caller may see as it is. */
export function apiError(
  code: ApiErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...details } });
}

/** A query argument that cannot be served; `argument` is its name. */
export function badUserInput(argument: string, message: string): GraphQLError {
  return apiError('BAD_USER_INPUT', message, { argument });
}

/** An expected failure of a mutation, as an operation returns it. */
export interface UnrenderedError {
  readonly code: string;
  readonly parameters: ErrorParameters;
  readonly path?: readonly string[] | null;
  readonly employeeNumber?: string | null;
}

/** The error for an id that nothing can have, because no column could hold it. */
export function unknownId(kind: string, id: string, argument: string): UnrenderedError {
  return {
    code: 'NOT_FOUND',
    parameters: { kind, id: id.replaceAll('\0', '').slice(0, 100) },
    path: [argument],
  };
}

/** The outcome of a call about something that cannot be there, or not for this caller. */
export function notFound(kind: string, id: string, argument: string) {
  return { id: null, userErrors: [unknownId(kind, id, argument)] };
}

/** Backs the type `UserError`. */
export interface UserErrorShape {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[] | null;
  readonly employeeNumber: string | null;
}

/** Most errors one answer shows (core-schema.graphql). */
export const USER_ERRORS_SHOWN_MAX = 1_000;

/** The errors of a mutation in the caller's language. */
export function renderUserErrors(scope: RequestScope, errors: readonly UnrenderedError[]): UserErrorShape[] {
  return errors.slice(0, USER_ERRORS_SHOWN_MAX).map((error) => ({
    code: error.code,
    message: errorText(scope, error),
    path: error.path ?? null,
    employeeNumber: error.employeeNumber ?? null,
  }));
}
