import { z } from 'zod';
import { startChild } from './child.ts';
import { HttpClient } from './http-client.ts';
import { processorMs } from './processor-time.ts';

const ready = z.object({ url: z.string() });

/** The running limit program. */
export interface Limit {
  readonly url: string;
  readonly client: (path: string) => HttpClient;
  /** Its processor time so far. */
  readonly processorMs: () => number;
}

/** Runs `work` beside the limit program on this database. */
export async function withLimit<T>(databaseUrl: string, work: (limit: Limit) => Promise<T>): Promise<T> {
  const child = await startChild(['bench/limit-server.ts', databaseUrl]);
  const { url } = ready.parse(child.ready);
  const clients: HttpClient[] = [];
  const client = (path: string) => {
    const made = new HttpClient(`${url}${path}`);
    clients.push(made);
    return made;
  };
  try {
    return await work({ url, client, processorMs: () => processorMs(child.pid) });
  } finally {
    for (const made of clients) made.close();
    await child.stop();
  }
}
