import { complexityFromQuery } from '@pothos/plugin-complexity';
import {
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  Kind,
} from 'graphql';
import type { RequestScope } from '../context/context.ts';
import { apiError } from '../context/errors.ts';

/**
 * A page of 500 items with their tasks, attempts and person costs about 100,000; a hundred such pages at once is
 * more than one operation may ask for.
 */
export const COMPLEXITY_MAX = 250_000;

/** LIMIT_EXCEEDED, naming what was asked for and what is allowed. */
export function tooComplex(actual: number): GraphQLError {
  return apiError(
    'LIMIT_EXCEEDED',
    `The operation costs ${actual}, at most ${COMPLEXITY_MAX} is allowed; ask for smaller pages or fewer levels.`,
    { limit: 'complexity', actual, maximum: COMPLEXITY_MAX },
  );
}

type Resolver = GraphQLFieldResolver<unknown, RequestScope>;

/**
 * Lets the complexity plugin do its check under graphql-jit too: it reads variables as graphql-js 17 hands them out,
 * graphql-jit hands out plain values. A subscription is checked when it begins; the plugin only looks at its events.
 */
export function limitComplexity(schema: GraphQLSchema): void {
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      if (field.resolve !== undefined) field.resolve = withVariables(field.resolve);
      if (field.subscribe !== undefined) field.subscribe = afterCheck(field.subscribe);
    }
  }
}

function withVariables(resolve: Resolver): Resolver {
  return (source, args, scope, info) =>
    resolve(source, args, scope, {
      ...info,
      variableValues: { sources: {}, coerced: plainValues(info.variableValues) },
    });
}

function afterCheck(subscribe: Resolver): Resolver {
  return (source, args, scope, info) => {
    const cost = costOf(scope, info);
    if (cost > COMPLEXITY_MAX) throw tooComplex(cost);
    return subscribe(source, args, scope, info);
  };
}

function costOf(
  scope: RequestScope,
  { schema, operation, fragments, variableValues }: GraphQLResolveInfo,
): number {
  const definitions = [operation, ...Object.values(fragments)];
  const variables = { ...plainValues(variableValues) };
  return complexityFromQuery({ kind: Kind.DOCUMENT, definitions }, { schema, ctx: scope, variables })
    .complexity;
}

/** Both must be objects: a page size among the variables is a number, and cannot be hidden under these names. */
function plainValues(values: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(values)) return {};
  const { sources, coerced } = values;
  return isRecord(sources) && isRecord(coerced) ? coerced : values;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
