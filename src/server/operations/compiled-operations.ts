import {
  type DocumentNode,
  type GraphQLInputObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  parse,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { asksForSchema } from './document-shape.ts';
import { withExposedProperties } from './exposed-properties.ts';

/**
 * Compiles each operation of a document to one function, once. Compiled code is kept with its document, so the bound
 * on cached documents bounds it too.
 */
export class CompiledOperations {
  readonly #schema: GraphQLSchema;
  /** For all but introspection. */
  readonly #exposing: GraphQLSchema;
  readonly #compiled = new WeakMap<DocumentNode, Map<string, CompiledQuery | null>>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
    this.#exposing = withExposedProperties(schema);
  }

  /** Null when graphql-jit cannot compile it: graphql-js then executes it. */
  get(document: DocumentNode, operationName: string | undefined): CompiledQuery | null {
    const ofDocument = this.#compiled.get(document) ?? new Map<string, CompiledQuery | null>();
    this.#compiled.set(document, ofDocument);
    const name = operationName ?? '';
    const known = ofDocument.get(name);
    if (known !== undefined) return known;
    const compiled = this.#compile(document, operationName);
    // Only names of the document: others fail to compile and must not fill the cache.
    if (compiled !== null || hasOperation(document, operationName)) ofDocument.set(name, compiled);
    return compiled;
  }

  #compile(document: DocumentNode, operationName: string | undefined): CompiledQuery | null {
    const source = document.loc?.source;
    if (source === undefined) return null;
    // graphql-jit writes the conditions of @skip and @include into the document that it compiles. Each operation gets
    // its own copy, or it would find those of another one.
    const schema = asksForSchema(document) ? this.#schema : this.#exposing;
    // graphql-jit unrolls an input that contains itself: code for a tree of conditions takes it 15 seconds.
    if (takesTree(schema, document)) return null;
    const compiled = compileQuery(schema, parse(source), operationName, {
      // Without it, a condition on one spread of a fragment also hides the fragment's fields elsewhere.
      useExperimentalPathBasedSkipInclude: true,
      // TypeScript has checked that texts and numbers have their field's type. Serialising them makes four objects
      // per value for a possible error, a third of the memory of a large answer. Forbidden nulls are still noticed,
      // and our own scalars still serialise.
      disableLeafSerialization: !asksForTranslation(schema, document),
    });
    return isCompiledQuery(compiled) ? compiled : null;
  }
}

/** True when a variable of the document is of an input that can contain itself. */
function takesTree(schema: GraphQLSchema, document: DocumentNode): boolean {
  let takes = false;
  visit(document, {
    VariableDefinition: ({ type }) => {
      const named = getNamedType(typeFromAST(schema, type));
      if (isInputObjectType(named) && containsItself(named, [])) takes = true;
    },
  });
  return takes;
}

function containsItself(type: GraphQLInputObjectType, above: readonly GraphQLInputObjectType[]): boolean {
  if (above.includes(type)) return true;
  return Object.values(type.getFields()).some((field) => {
    const inner = getNamedType(field.type);
    return isInputObjectType(inner) && containsItself(inner, [...above, type]);
  });
}

/** True when the answer has an enum whose internal values differ from those of the API. */
function asksForTranslation(schema: GraphQLSchema, document: DocumentNode): boolean {
  let asks = false;
  const types = new TypeInfo(schema);
  const look = () => {
    const type = getNamedType(types.getType());
    if (isEnumType(type) && type.getValues().some(({ name, value }) => name !== value)) asks = true;
  };
  visit(document, visitWithTypeInfo(types, { Field: look }));
  return asks;
}

function hasOperation(document: DocumentNode, operationName: string | undefined): boolean {
  return document.definitions.some(
    (definition) =>
      definition.kind === 'OperationDefinition' &&
      (operationName === undefined || definition.name?.value === operationName),
  );
}
