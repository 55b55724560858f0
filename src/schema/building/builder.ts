import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import type { Scope } from '../../domain/access/scopes.ts';
import type { RequestScope } from '../context/context.ts';
import { refusal } from '../permissions/refusal.ts';
import { permitted } from '../permissions/viewer.ts';
import { COMPLEXITY_MAX, tooComplex } from './complexity.ts';
import { JOINED_VALUES } from './joined-values.ts';
import { nodeTypeOf } from './node-type.ts';
import { dateTime, json } from './scalars.ts';

/** Types that the builder knows before any is added to it. */
interface ApiTypes {
  Context: RequestScope;
  Scalars: {
    ID: { Input: string; Output: string };
    Date: { Input: string; Output: string };
    DateTime: { Input: string; Output: Date | string };
    JSON: { Input: unknown; Output: unknown };
  };
  AuthScopes: { oneOf: readonly [Scope, ...Scope[]]; signedIn: boolean; sightOfAll: boolean };
  DefaultFieldNullability: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  Connection: { countAll: () => Promise<number> };
}

// The field that has `first` and `last` multiplies by them already.
const pageOnce = { field: 1, multiplier: 1 } as const;
// Lists without a page of their own (tasks of an item, attempts of a task) are short.
const SHORT_LIST = 4;

/** Of a field that is the property of this name and nothing more, which the plugin makes a resolver for (ADR 0015). */
function exposed(property: string) {
  return { pothosExposedField: property } as const;
}

/** A builder with nothing but scalars and the rules that hold for every type. */
export function createBuilder() {
  const builder = new SchemaBuilder<ApiTypes>({
    plugins: [JOINED_VALUES, RelayPlugin, ScopeAuthPlugin, ComplexityPlugin],
    defaultFieldNullability: false,
    relay: {
      // Ours never throw on unknown ids; `id` fields are ours too, because the plugin's cost a promise per row.
      nodeQueryOptions: false,
      nodesQueryOptions: false,
      cursorType: 'String',
      nodesOnConnection: {
        description: 'The rows of this page, in the order of the list.',
        complexity: pageOnce,
      },
      edgesFieldOptions: {
        nullable: { list: false, items: false },
        description: 'The rows of this page with their cursors.',
        complexity: pageOnce,
        extensions: exposed('edges'),
      },
      nodeFieldOptions: { nullable: false, description: 'The row.', extensions: exposed('node') },
      pageInfoFieldOptions: { description: 'Position of this page in the list.' },
      cursorFieldOptions: { description: 'Opaque; for `after` or `before` of the same list.' },
      hasNextPageFieldOptions: { description: 'True when rows follow this page.' },
      hasPreviousPageFieldOptions: { description: 'True when rows precede this page.' },
      startCursorFieldOptions: { description: 'Cursor of the first row; null when the page is empty.' },
      endCursorFieldOptions: { description: 'Cursor of the last row; null when the page is empty.' },
      pageInfoTypeOptions: { description: 'Position of a page in its list.' },
      nodeTypeOptions: {
        description: 'Anything that can be read again by its id.',
        resolveType: nodeTypeOf,
      },
      idFieldOptions: { description: 'Unique over all types; for `node`.' },
    },
    scopeAuth: {
      authorizeOnSubscribe: true,
      // Answered at once: a promise here would be one per row of every list (ADR 0007).
      authScopes: ({ viewer }) => ({
        oneOf: (scopes) => permitted(viewer, scopes),
        signedIn: viewer !== null,
        sightOfAll: viewer?.sees.kind === 'everything',
      }),
      unauthorizedError: (_parent, scope, info) => refusal(scope, info),
    },
    complexity: {
      defaultComplexity: 1,
      defaultListMultiplier: SHORT_LIST,
      limit: { complexity: COMPLEXITY_MAX },
      complexityError: (_kind, { complexity }) => tooComplex(complexity),
    },
  });
  builder.scalarType('DateTime', dateTime);
  builder.scalarType('JSON', json);
  // Denies by default: a field of these three types without a rule (`needs`) is for `admin` only, and nothing is
  // reachable but through them.
  const authScopes = { oneOf: ['admin'] } as const;
  builder.queryType({
    description: 'Reading: requests, tasks, people and mappings. Look-ups of something unknown give null.',
    authScopes,
  });
  builder.mutationType({
    description:
      'Changes. Errors that the caller can correct are data in `userErrors`; top-level `errors` are for broken calls, missing rights and our own faults.',
    authScopes,
  });
  builder.subscriptionType({
    description: 'Watching, over WebSocket (graphql-transport-ws) or as server-sent events.',
    authScopes,
  });
  builder.globalConnectionField('totalCount', (t) =>
    t.int({
      description: 'Rows of the whole list, independent of the page; counted only when selected.',
      resolve: (connection) => connection.countAll(),
    }),
  );
  return builder;
}

/**
 * Every file of this layer adds its types and fields to this builder when it is imported. Parts that depend on the
 * registered systems and on the areas, the values of some enums, are added when the schema is built
 * (`joined-values.ts`).
 */
export const builder = createBuilder();

/** The types of the builder, complete. */
export type Types = typeof builder.$inferSchemaTypes;
