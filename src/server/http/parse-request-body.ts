import type { GraphQLParams } from 'graphql-yoga';
import { z } from 'zod';
import { badBody } from './read-request-body.ts';

const variablesSchema = z.record(z.string(), z.unknown()).nullish();

/**
 * The outer shape of a request; the operation itself is checked later. Some clients send `null` for an absent part.
 */
const paramsSchema = z.object({
  query: z.string(),
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
  return {
    query,
    ...(operationName ? { operationName } : {}),
    ...(variables ? { variables } : {}),
    ...(extensions ? { extensions } : {}),
  };
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text.
    throw badBody(`${what} is not valid JSON.`, 400);
  }
}
