import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { LeastRecentlyUsed } from '../limits/least-recently-used.ts';
import {
  assertDocumentSize,
  MAX_DOCUMENT_ERRORS,
  MAX_DOCUMENT_TOKENS,
  tokenLimitError,
} from './document-limits.ts';
import { shapeErrors } from './document-shape.ts';
import { presentMistake } from './present-errors.ts';
import { scrubMessage } from './scrub-message.ts';

/** Cached documents: more than all portals and operators have. Compiled code is kept with its document. */
const MAX_REMEMBERED_DOCUMENTS = 500;

/** Parses and validates documents, and caches valid ones; for both transports, so that both have the same rules. */
export class DocumentPreparation {
  readonly #schema: GraphQLSchema;
  readonly #documents = new LeastRecentlyUsed<string, DocumentNode>(MAX_REMEMBERED_DOCUMENTS);
  readonly #valid = new WeakSet<DocumentNode>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** Throws a GraphQLError of the caller's: the document is too large or not GraphQL. */
  parse(source: string, correlationId: string): DocumentNode {
    const known = this.#documents.get(source);
    if (known !== undefined) return known;
    try {
      assertDocumentSize(source);
      return parse(source, { maxTokens: MAX_DOCUMENT_TOKENS });
    } catch (error) {
      throw presentParseError(error, correlationId);
    }
  }

  /** Why the document cannot be executed; empty when it can. */
  validate(document: DocumentNode, correlationId: string): readonly GraphQLError[] {
    if (this.#valid.has(document)) return [];
    const options = { maxErrors: MAX_DOCUMENT_ERRORS, hideSuggestions: true };
    const shape = shapeErrors(document);
    const errors = shape.length > 0 ? shape : validate(this.#schema, document, specifiedRules, options);
    if (errors.length > 0) {
      return errors
        .slice(0, MAX_DOCUMENT_ERRORS)
        .map((error) => presentDocumentError(error, 'GRAPHQL_VALIDATION_FAILED', correlationId));
    }
    this.#remember(document);
    return [];
  }

  /** Caches valid documents only, so that a flood of invalid ones evicts nothing. */
  #remember(document: DocumentNode): void {
    this.#valid.add(document);
    const source = document.loc?.source.body;
    if (source !== undefined) this.#documents.set(source, document);
  }
}

function presentParseError(error: unknown, correlationId: string): unknown {
  if (!(error instanceof GraphQLError)) return error;
  return presentDocumentError(tokenLimitError(error) ?? error, 'GRAPHQL_PARSE_FAILED', correlationId);
}

function presentDocumentError(error: GraphQLError, fallback: string, correlationId: string): GraphQLError {
  const code = error.extensions['code'];
  return presentMistake(error, {
    message: scrubMessage(error.message),
    code: typeof code === 'string' ? code : fallback,
    correlationId,
  });
}
