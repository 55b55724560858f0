import { type DocumentNode, type ExecutionResult, type GraphQLError, parse } from 'graphql';
import type { z } from 'zod';
import type { RequestScope } from '../../../schema/context/context.ts';
import { never } from '../../authentication/lapse.ts';
import type { OperationExecutor } from '../../operations/execute-operation.ts';
import { RestProblem, refused } from './problem.ts';
import { fill, texts } from './texts.ts';

/** An operation of the GraphQL API that endpoints are made of. */
export interface RestOperation<T> {
  /** Stands in traces, in place of the name a caller of GraphQL chooses. */
  readonly name: string;
  readonly document: DocumentNode;
  readonly data: z.ZodType<T>;
}

/** Declares an operation: its text, which begins with `query Name` or `mutation Name`, and what its data looks like. */
export function restOperation<T>(text: string, data: z.ZodType<T>): RestOperation<T> {
  const name = /^\s*(?:query|mutation)\s+(\w+)/.exec(text)?.[1];
  if (name === undefined) throw new Error(`An operation without a name: ${text.slice(0, 50)}`);
  const operation = { name, document: parse(text), data };
  declared.push(operation);
  return operation;
}

const declared: RestOperation<unknown>[] = [];

/** Every declared operation, for the check against the schema. */
export const restOperations: readonly RestOperation<unknown>[] = declared;

/** Runs one operation for a caller. @throws {RestProblem} GraphQL's refusal in REST's form. */
export async function runOperation<T>(
  executor: OperationExecutor,
  operation: RestOperation<T>,
  call: { readonly variables: Readonly<Record<string, unknown>>; readonly scope: RequestScope },
): Promise<T> {
  const { name, document, data } = operation;
  const result = await executor.execute({ ...call, document, operationName: name, lapse: never });
  const error = decisiveError(result);
  if (error !== null) throw problemOf(error, call.scope);
  return data.parse(result.data);
}

/** A field that this caller may not see is null in the answer, as in GraphQL; anything else ends the call. */
function decisiveError({ data, errors = [] }: ExecutionResult): GraphQLError | null {
  const isEmpty = data == null || Object.values(data).every((value) => value === null);
  return (isEmpty ? errors[0] : errors.find(({ extensions }) => extensions['code'] !== 'FORBIDDEN')) ?? null;
}

/** An error of GraphQL in REST's form. */
export function problemOf(error: GraphQLError, { locale, correlationId }: RequestScope): RestProblem {
  const { code, retryAfterSeconds } = error.extensions;
  const after: Readonly<Record<string, string>> =
    typeof retryAfterSeconds === 'number' ? { 'retry-after': String(Math.ceil(retryAfterSeconds)) } : {};
  switch (code) {
    case 'UNAUTHENTICATED':
      return refused(401, error.message, { 'www-authenticate': 'Bearer realm="AccountSync"' });
    case 'FORBIDDEN':
      return refused(403, error.message);
    case 'NOT_FOUND':
      return refused(404, error.message);
    case 'RATE_LIMITED':
      return refused(429, error.message, after);
    case 'UNAVAILABLE':
      return refused(503, error.message, { 'retry-after': '5', ...after });
    case 'BAD_USER_INPUT':
    case 'LIMIT_EXCEEDED':
      return new RestProblem(400, { non_field_errors: [error.message] });
    default:
      return refused(500, fill(texts.failed[locale], 'id', correlationId));
  }
}
