import type { IncomingMessage } from 'node:http';
import { GraphQLError } from 'graphql';

/**
 * Reads the whole body as text from Node's stream: yoga's own limit would pipe it through two web streams, which
 * costs a large batch more than parsing. Throws LIMIT_EXCEEDED (413) and discards the rest, so that the caller gets
 * the answer and not a reset connection.
 */
export async function readRequestBody(request: IncomingMessage, limitBytes: number): Promise<string> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw badBody('Compressed bodies are not accepted.', 415);
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) {
    await discard(request, DISCARDED_MAX * limitBytes);
    throw bodyTooLarge(limitBytes);
  }
  return decode(await readBytes(request, limitBytes));
}

/** How much of a body that is too large is read and thrown away, in multiples of the limit. */
const DISCARDED_MAX = 4;

/**
 * Reads what is not wanted: a caller that asks for the connection to be closed, as Python's urllib does, would see a
 * broken pipe in the place of the answer.
 */
function discard(request: IncomingMessage, limitBytes: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limitBytes) resolve();
  });
  request.once('end', resolve);
  request.once('error', () => resolve());
  request.once('close', resolve);
  if (request.destroyed) resolve();
  return promise;
}

/** Reads by events: for a small body an iterator would cost more than everything else. */
function readBytes(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  const take = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= limitBytes) {
      chunks.push(chunk);
      return;
    }
    request.off('data', take);
    request.resume();
    reject(bodyTooLarge(limitBytes));
  };
  request.on('data', take);
  request.once('end', () => resolve(Buffer.concat(chunks, bytes)));
  // The caller has disconnected; yoga drops the request silently for this error name.
  const refuse = () => {
    if (!request.readableEnded) reject(new DOMException('The caller went away while sending.', 'AbortError'));
  };
  request.once('error', refuse);
  request.once('close', refuse);
  if (request.destroyed) refuse();
  return promise;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Refuses other encodings than UTF-8: otherwise names would be stored with U+FFFD in them. */
function decode(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw badBody('The body is not valid UTF-8.', 400);
  }
}

/** A body that cannot be used, whatever is in it. The message never quotes it. */
export function badBody(message: string, status: number): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status } } });
}

function bodyTooLarge(limitBytes: number): GraphQLError {
  return new GraphQLError(
    `The request is larger than ${limitBytes} bytes. Send the users in several calls, or raise HTTP_BODY_LIMIT_BYTES.`,
    { extensions: { code: 'LIMIT_EXCEEDED', limit: 'body', maximum: limitBytes, http: { status: 413 } } },
  );
}
