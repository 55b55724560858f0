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

/** The shape every GraphQL client understands, for refusals before GraphQL was reached. */
export function graphqlErrorBody(error: {
  readonly message: string;
  readonly code: string;
  readonly correlationId: string;
  readonly retryAfterSeconds?: number;
}): unknown {
  const { message, ...extensions } = error;
  return { errors: [{ message, extensions }] };
}
