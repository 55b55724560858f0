import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
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
    });
    return isCompiledQuery(compiled) ? compiled : null;
  }
}

function hasOperation(document: DocumentNode, operationName: string | undefined): boolean {
  return document.definitions.some(
    (definition) =>
      definition.kind === 'OperationDefinition' &&
      (operationName === undefined || definition.name?.value === operationName),
  );
}
