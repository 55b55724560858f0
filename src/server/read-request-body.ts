import type { IncomingMessage } from 'node:http';
import { GraphQLError } from 'graphql';

/**
 * The whole body as text. Read from Node's stream: yoga's own limit pipes it through two web streams, which costs
 * a large batch more than parsing it. Throws LIMIT_EXCEEDED (413) and leaves the rest to be drained by Node, so
 * that the caller reads the answer in place of a reset connection.
 */
export async function readRequestBody(request: IncomingMessage, limitBytes: number): Promise<string> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw badBody('Compressed bodies are not accepted.', 415);
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw bodyTooLarge(limitBytes);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > limitBytes) break;
      chunks.push(chunk);
    }
  } catch {
    // The caller hung up, and there is nobody to answer; yoga drops the request quietly when it sees this name.
    throw new DOMException('The caller went away while sending.', 'AbortError');
  }
  if (bytes > limitBytes) throw bodyTooLarge(limitBytes);
  return decode(Buffer.concat(chunks, bytes));
}

/** A portal that sends another encoding must hear of it: names full of U+FFFD would look like any others. */
function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
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
