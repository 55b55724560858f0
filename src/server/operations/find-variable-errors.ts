import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
} from 'graphql';

/** As many as one answer shows of the problems of a batch. */
const MAX_VARIABLE_ERRORS = 1_000;

/** Enough to see that a value has the wrong type. */
const QUOTED_CHARACTERS = 100;

/**
 * What is wrong with the variables, all of it. The library quotes the whole rejected object in every message, which
 * with a long text and many problems would take gigabytes: it gets to see the beginning of each text only. Values
 * that it accepts then must be judged again in full length, by whoever executes.
 */
export function findVariableErrors(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
  variables: Readonly<Record<string, unknown>>,
): readonly GraphQLError[] {
  const operation = getOperationAST(document, operationName);
  if (operation === null || operation === undefined) return [];
  const definitions = operation.variableDefinitions ?? [];
  const values = Object.fromEntries(
    definitions.map(({ variable: { name } }) => [name.value, shortenTexts(variables[name.value])]),
  );
  const coerced = getVariableValues(schema, definitions, values, {
    maxErrors: MAX_VARIABLE_ERRORS,
    hideSuggestions: true,
  });
  return coerced.errors ?? [];
}

function shortenTexts(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, QUOTED_CHARACTERS);
  if (Array.isArray(value)) return value.map(shortenTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortenTexts(inner)]));
}
