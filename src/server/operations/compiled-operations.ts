import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { asksForSchema } from './document-shape.ts';
import { withExposedProperties } from './exposed-properties.ts';

/**
 * Each operation of a document compiled to one function, once. Compiled code hangs on its document and is
 * forgotten with it, so the bound on remembered documents bounds this too.
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

  /** Null when graphql-jit cannot compile it: the ordinary executor then does the work. */
  get(document: DocumentNode, operationName: string | undefined): CompiledQuery | null {
    const ofDocument = this.#compiled.get(document) ?? new Map<string, CompiledQuery | null>();
    this.#compiled.set(document, ofDocument);
    const name = operationName ?? '';
    const known = ofDocument.get(name);
    if (known !== undefined) return known;
    const compiled = this.#compile(document, operationName);
    // Only names the document has: others fail to compile, and must not fill the memory either.
    if (compiled !== null || hasOperation(document, operationName)) ofDocument.set(name, compiled);
    return compiled;
  }

  #compile(document: DocumentNode, operationName: string | undefined): CompiledQuery | null {
    const source = document.loc?.source;
    if (source === undefined) return null;
    // graphql-jit writes the conditions of @skip and @include into the document it compiles, and would find
    // those of one operation when it compiles the next: each gets a document of its own.
    const schema = asksForSchema(document) ? this.#schema : this.#exposing;
    const compiled = compileQuery(schema, parse(source), operationName, {
      // Without it, a condition on one spread of a fragment also hides the fragment's fields elsewhere.
      useExperimentalPathBasedSkipInclude: true,
      // The compiler of this program has seen to it that texts and numbers are what their fields say. For each of an
      // answer graphql-jit would make four objects, in case that it has to complain: a third of the memory that a large
      // answer takes. Null where there must be none is noticed all the same, and our own scalars serialise.
      disableLeafSerialization: !asksForTranslation(schema, document),
    });
    return isCompiledQuery(compiled) ? compiled : null;
  }
}

/** True when the answer holds an enum whose values are others in this program than in the API. */
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
