import { GraphQLError } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import { z } from 'zod';
import { badBody } from './read-request-body.ts';

/** An object; what some clients send for none (`""`, `[]`) is none, and so is an object written as a text. */
const variablesSchema = z.preprocess(objectOf, z.record(z.string(), z.unknown()).nullish());
const persistedQuery = z.looseObject({ persistedQuery: z.looseObject({}) });

/**
 * The outer shape of a request; the operation itself is checked later. Some clients send `null` for an absent part.
 */
const paramsSchema = z.object({
  query: z.string().nullish(),
  operationName: z.string().nullish(),
  variables: variablesSchema,
  extensions: variablesSchema,
});

const WRONG_SHAPE =
  'The body must be an object with "query" (text) and, where wanted, "variables" (object), "operationName" (text) and "extensions" (object).';

/** GraphQL parameters of a POST by its content type; throws BAD_REQUEST. */
export function parseRequestBody(contentType: string, body: string): GraphQLParams {
  const mediaType = contentType.split(/[;,]/)[0]?.trim().toLowerCase();
  switch (mediaType) {
    case 'application/json':
    case 'application/graphql+json':
      return checkParams(parseJson(body, 'The body'));
    case 'application/graphql':
      return { query: body };
    case 'application/x-www-form-urlencoded':
      return paramsOfSearch(new URLSearchParams(body));
    default:
      throw badBody('The content type must be application/json.', 415);
  }
}

/** GraphQL parameters of a GET's query string or of a form. */
export function paramsOfSearch(search: URLSearchParams): GraphQLParams {
  const query = search.get('query');
  const variables = search.get('variables');
  const extensions = search.get('extensions');
  return checkParams({
    ...(query === null ? {} : { query }),
    operationName: search.get('operationName'),
    variables: variables ? parseJson(variables, 'The parameter "variables"') : null,
    extensions: extensions ? parseJson(extensions, 'The parameter "extensions"') : null,
  });
}

function checkParams(value: unknown): GraphQLParams {
  if (Array.isArray(value)) throw badBody('Send one operation per request: batches are not accepted.', 400);
  const parsed = paramsSchema.safeParse(value);
  if (!parsed.success) throw badBody(WRONG_SHAPE, 400);
  const { query, operationName, variables, extensions } = parsed.data;
  if (query === null || query === undefined || query === '') {
    if (persistedQuery.safeParse(extensions).success) throw persistedQueryNotSupported();
    throw badBody(WRONG_SHAPE, 400);
  }
  return {
    query,
    ...(operationName ? { operationName } : {}),
    ...(variables ? { variables } : {}),
    ...(extensions ? { extensions } : {}),
  };
}

/** Known to clients of persisted queries, which send the text next; with HTTP 200, as they expect. */
function persistedQueryNotSupported(): GraphQLError {
  return new GraphQLError('PersistedQueryNotSupported', {
    extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED', http: { status: 200 } },
  });
}

function objectOf(value: unknown): unknown {
  if (value === '' || (Array.isArray(value) && value.length === 0)) return null;
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text.
    throw badBody(`${what} is not valid JSON.`, 400);
  }
}
