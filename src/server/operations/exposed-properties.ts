import { type GraphQLSchema, isObjectType, lexicographicSortSchema } from 'graphql';

/**
 * The schema for graphql-jit. It reads a field without a resolver directly from the property of its name; for every
 * other field it makes a dozen objects per row, two fifths of the memory of a large answer. So a field that only
 * exposes a property (`taskId`: `task_id`) gets the property's name and no resolver; documents find it by its key,
 * which stays (ADR 0015). Not for introspection, which would show these names.
 */
export function withExposedProperties(schema: GraphQLSchema): GraphQLSchema {
  // Used because it copies every type and field; the order does not matter.
  const copy = lexicographicSortSchema(schema);
  for (const type of Object.values(copy.getTypeMap()).filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) {
      const { pothosExposedField: property, pothosOriginalResolve: original } = field.extensions;
      // A resolver that a plugin has wrapped checks the viewer: it stays.
      if (typeof property !== 'string' || field.resolve !== original) continue;
      field.name = property;
      field.resolve = undefined;
    }
  }
  return copy;
}
