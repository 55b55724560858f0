import { type GraphQLSchema, isObjectType, lexicographicSortSchema } from 'graphql';

/**
 * The schema as graphql-jit is to see it. A field without a resolver is read straight from the property of its name; for
 * every other graphql-jit makes a dozen objects per row, two fifths of the memory that a large answer takes. A field
 * that only exposes a property (`taskId`: `task_id`) needs none if it is called as the property: documents find it by
 * the key under which it stands, which stays (ADR 0015). Not for introspection, which would tell these names.
 */
export function withExposedProperties(schema: GraphQLSchema): GraphQLSchema {
  // The order does not matter; that every type and field is a new one does.
  const copy = lexicographicSortSchema(schema);
  for (const type of Object.values(copy.getTypeMap()).filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) {
      const { pothosExposedField: property, pothosOriginalResolve: original } = field.extensions;
      // One that a plugin has wrapped looks at who asks.
      if (typeof property !== 'string' || field.resolve !== original) continue;
      field.name = property;
      field.resolve = undefined;
    }
  }
  return copy;
}
