import type { RequestScope } from '../../../schema/context/context.ts';
import type { RestOperation } from './operation.ts';
import type { BodyFields } from './parse-body.ts';
import type { Preferences } from './preferences.ts';
import type { LocalText } from './texts.ts';

export type RestMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A field of the GraphQL API, such as `Query.tasks`. */
export type FieldName = `${'Query' | 'Mutation'}.${string}`;

/** One call of an endpoint that was let in. */
export interface RestCall {
  /** Of the same caller as a GraphQL operation's: key, scopes, visible rows, language. */
  readonly scope: RequestScope;
  /** Parts of the path by their names. */
  readonly path: Readonly<Record<string, string>>;
  readonly method: RestMethod;
  readonly query: URLSearchParams;
  readonly body: BodyFields;
  readonly preferences: Preferences;
  /** `Idempotency-Key`; null: none. */
  readonly idempotencyKey: string | null;
  /** `http://host`, as the caller reached us. */
  readonly baseUrl: string;
  /** The path as the caller wrote it. */
  readonly pathname: string;
  /** Runs an operation of the GraphQL API as this caller. @throws {RestProblem} as it was refused. */
  readonly run: <T>(operation: RestOperation<T>, variables?: Readonly<Record<string, unknown>>) => Promise<T>;
  /**
   * Asks repeatedly until there is an answer, for at most this many seconds; null: there was none in time, or the
   * server shuts down. A waiting call takes no place of working ones.
   */
  readonly waitFor: <T>(ask: () => Promise<T | null>, seconds: number) => Promise<T | null>;
}

/** Answer of an endpoint. Without a body nothing is sent. */
export interface RestAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A parameter of a query string, for the description. */
export interface QueryParameter {
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly text: LocalText;
}

/** Description of one status of an endpoint: a component of the description, a list of them, or nothing. */
export interface DescribedAnswer {
  readonly status: number;
  readonly schema: string | null;
  readonly isList?: boolean;
}

/** One endpoint and method: its path, its scopes, its handler and its description. */
export interface RestRoute {
  readonly method: RestMethod;
  /** With a final slash; parts in braces are read into `RestCall.path`. */
  readonly path: string;
  readonly operationId: string;
  /** Whose rule decides who may use it, and what new callers use in its place. */
  readonly field: FieldName;
  readonly text: LocalText;
  readonly query?: readonly QueryParameter[];
  /** A component; `forms`: also taken urlencoded. */
  readonly body?: { readonly schema: string; readonly forms: boolean; readonly samples?: string };
  readonly answers: readonly DescribedAnswer[];
  readonly answer: (call: RestCall) => Promise<RestAnswer>;
}

/** An address of the first system that is not kept, and what to use: a field, a path or a command. */
export interface GoneRoute {
  readonly method: RestMethod;
  readonly path: string;
  readonly operationId: string;
  readonly use: string;
}

/** 200 with a body. */
export function ok(body: unknown): RestAnswer {
  return { status: 200, body };
}
