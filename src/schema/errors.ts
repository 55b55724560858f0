import { GraphQLError } from 'graphql';
import { allErrors } from '../domain/all-errors.ts';
import type { ErrorParameters } from '../domain/errors/error-entry.ts';
import { renderError } from '../domain/errors/render-error.ts';
import type { RequestScope } from './context.ts';

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

/** The enum `ErrorCode` with what each means: whose fault, what to do. */
export const userErrorCodes = {
  REQUIRED: { description: 'Missing or blank. The caller fills it in and sends the call again.' },
  INVALID: { description: 'A value that is not accepted. The caller corrects it.' },
  TOO_LONG: { description: 'Longer than allowed. The caller shortens it.' },
  TOO_MANY: { description: 'More entries than one call may have. The caller splits it.' },
  DUPLICATE_ROW: {
    description: 'The same employee number, or code, twice in one call. The caller keeps one row.',
  },
  SYSTEM_DISABLED: {
    description: 'Accounts in this system are switched off. The caller leaves it out, or asks the operator.',
  },
  SYSTEM_NOT_CONFIGURED: {
    description: 'The connection to the system is not configured. The operator sets its variables.',
  },
  UNAVAILABLE: {
    description: 'Nobody answered in time. The operator looks whether workers run; the caller tries again.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    description: 'The key was used with other content. The caller takes another key or businessKey.',
  },
  NOT_FOUND: { description: 'No such thing, or not visible to the caller, who checks the id.' },
  INVALID_STATE: {
    description: 'The present state does not permit this. The caller reads it again and acts on that.',
  },
  VERSION_CONFLICT: { description: 'Somebody else changed it meanwhile. The caller reads it again.' },
  FEATURE_DISABLED: { description: 'Switched off by a Setting. The operator switches it on.' },
  IN_USE: { description: 'Still used by something else. The caller removes those uses first.' },
  PERSON_MISMATCH: {
    description: 'The employee number belongs to a person of another name. The caller checks both.',
  },
  PHONE_NOT_MOBILE: { description: 'A mobile number is needed. The caller sends one.' },
  DEPARTMENT_UNMAPPED: { description: 'The department has no mapping. The operator adds one.' },
  PERSON_TYPE_UNMAPPED: { description: 'The person type has no mapping. The operator adds one.' },
  OWNED_BY_HR: { description: 'HR owns the value. It is corrected there, and comes with the next sync.' },
  IDENTIFIER_TAKEN: {
    description:
      "The name or account is another person's, or was. The caller takes another, or settles whose it is.",
  },
  UNVERIFIED: {
    description: 'The system could not be asked now. The caller tries again later, or takes responsibility.',
  },
  EMAIL_DOMAIN_MISSING: { description: 'There is no domain for an address. The operator sets one.' },
  SECRETS_KEY_MISSING: {
    description: 'There is no master key to encrypt a secret with. The operator sets SECRETS_KEY.',
  },
  LOGIN_TOO_LONG: { description: 'No login fits the limit of the directory. A shorter number is needed.' },
} as const;
export type UserErrorCode = keyof typeof userErrorCodes;

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

/** Backs the type `UserError`. */
export interface UserErrorShape {
  readonly code: UserErrorCode;
  readonly message: string;
  readonly path: readonly string[] | null;
  readonly employeeNumber: string | null;
}

/** Most errors one answer shows (core-schema.graphql). */
export const USER_ERRORS_SHOWN_MAX = 1_000;

/** The errors of a mutation in the caller's language. */
export function renderUserErrors(scope: RequestScope, errors: readonly UnrenderedError[]): UserErrorShape[] {
  return errors.slice(0, USER_ERRORS_SHOWN_MAX).map((error) => ({
    code: isUserErrorCode(error.code) ? error.code : 'INVALID',
    message: renderError(allErrors, error, scope.locale),
    path: error.path ?? null,
    employeeNumber: error.employeeNumber ?? null,
  }));
}

function isUserErrorCode(code: string): code is UserErrorCode {
  return Object.hasOwn(userErrorCodes, code);
}
