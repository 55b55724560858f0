import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type { RequestScope, Viewer } from '../../src/schema/context/context.ts';
import { ruleOf } from '../../src/schema/permissions/rules.ts';
import { permitted } from '../../src/schema/permissions/viewer.ts';

type Field = GraphQLField<unknown, RequestScope>;

/** Rows per page: the document is deep, and its cost multiplies them. */
const PAGE = 4;

/**
 * The largest operation on one root field: everything below it that the viewer may ask for, down to `depth` objects.
 * Null when an argument is required that `values` does not name.
 */
export function wholeOperation(
  schema: GraphQLSchema,
  root: string,
  options: {
    readonly viewer: Viewer;
    readonly depth: number;
    readonly values: Readonly<Record<string, string>>;
  },
): string | null {
  const { viewer, values } = options;
  const allowed = (field: Field): boolean => {
    const rule = ruleOf(field);
    return rule === null || permitted(viewer, rule);
  };

  function call(field: Field): string | null {
    const given: string[] = [];
    for (const argument of field.args) {
      const value = argument.name === 'first' ? String(PAGE) : values[argument.name];
      if (value !== undefined) given.push(`${argument.name}: ${value}`);
      else if (isRequiredArgument(argument)) return null;
    }
    return given.length === 0 ? field.name : `${field.name}(${given.join(', ')})`;
  }

  function selection(type: GraphQLObjectType, depth: number): string {
    const parts = Object.values(type.getFields()).flatMap((field) => {
      // The page's rows stand in `nodes` already.
      if (!allowed(field) || field.name === 'edges') return [];
      return part(field, depth) ?? [];
    });
    return `{ __typename ${parts.join(' ')} }`;
  }

  function part(field: Field, depth: number): string | null {
    const head = call(field);
    if (head === null) return null;
    const type = getNamedType(field.type);
    if (isLeafType(type)) return head;
    if (depth === 0) return null;
    if (isObjectType(type))
      return `${head} ${selection(type, depth - (type.name.endsWith('Connection') ? 0 : 1))}`;
    if (!isInterfaceType(type)) return null;
    const spreads = schema
      .getPossibleTypes(type)
      .map((possible) => `... on ${possible.name} { ${aliased(possible, depth - 1)} }`);
    return `${head} { __typename id ${spreads.join(' ')} }`;
  }

  /** Fields of different types under one name may have different nullability. */
  function aliased(type: GraphQLObjectType, depth: number): string {
    return Object.values(type.getFields())
      .filter(allowed)
      .flatMap((field) => {
        const text = part(field, depth);
        return text === null ? [] : [`${type.name}_${field.name}: ${text}`];
      })
      .join(' ');
  }

  const field = schema.getQueryType()?.getFields()[root];
  if (field === undefined || !allowed(field)) return null;
  const text = part(field, options.depth);
  return text === null ? null : `{ ${text} }`;
}
