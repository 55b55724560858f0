import { GraphQLError } from 'graphql';

/** Documents are written by people and programs, lists travel in variables; 100 kB is far above any real one. */
export const MAX_DOCUMENT_BYTES = 100_000;

/** The longest of our own operations has some 150 tokens, the standard introspection query 250. */
export const MAX_DOCUMENT_TOKENS = 1_000;

/** One is enough to find a mistake; more only cost CPU. */
export const MAX_DOCUMENT_ERRORS = 3;

/** Refuses a document by its size, before anything is parsed. */
export function assertDocumentSize(source: string): void {
  // A string of n UTF-16 units has between n and 3n bytes: most need no counting.
  if (source.length * 3 <= MAX_DOCUMENT_BYTES) return;
  if (Buffer.byteLength(source) <= MAX_DOCUMENT_BYTES) return;
  throw tooLarge('bytes', MAX_DOCUMENT_BYTES);
}

/** A helpful error for the parser's token limit; null when the error is another one. */
export function tokenLimitError(error: GraphQLError): GraphQLError | null {
  if (!/contains more tha[nt] \d+ tokens/.test(error.message)) return null;
  return tooLarge('tokens', MAX_DOCUMENT_TOKENS);
}

function tooLarge(limit: 'bytes' | 'tokens', maximum: number): GraphQLError {
  return new GraphQLError(
    `The document has more than ${maximum} ${limit}. Send lists through variables instead of writing them into the document.`,
    { extensions: { code: 'LIMIT_EXCEEDED', limit, maximum } },
  );
}
