import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
} from 'graphql';

/** The number of problems that an answer shows. */
const MAX_VARIABLE_ERRORS = 1_000;

/** Enough to see that a value has the wrong type. */
const QUOTED_CHARACTERS = 100;

/**
 * Finds all errors of the variables. The library quotes the whole rejected object in every message, which could take
 * gigabytes, so it gets only the beginning of each text. Values that it accepts must be checked again in full by the
 * executor.
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
