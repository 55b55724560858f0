import type { ServerResponse } from 'node:http';

/** The figures as text, and what kind of text that is. */
export type ReadMetrics = () => Promise<{ readonly contentType: string; readonly text: string }>;

/** `/metrics`, for Prometheus. */
export async function answerMetrics(response: ServerResponse, read: ReadMetrics): Promise<void> {
  const { contentType, text } = await read();
  response.writeHead(200, { 'content-type': contentType }).end(text);
}
