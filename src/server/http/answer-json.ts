import type { ServerResponse } from 'node:http';

export interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers with JSON; headers set before stay. */
export function answerJson(response: ServerResponse, answer: JsonAnswer): void {
  const text = `${JSON.stringify(answer.body)}\n`;
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...answer.headers,
  });
  response.end(text);
}

/** The body of a refusal before GraphQL is reached, in the shape that every GraphQL client understands. */
export function graphqlErrorBody(error: {
  readonly message: string;
  readonly code: string;
  readonly correlationId: string;
  readonly retryAfterSeconds?: number;
}): unknown {
  const { message, ...extensions } = error;
  return { errors: [{ message, extensions }] };
}
