import { existsSync } from 'node:fs';
import { z } from 'zod';
import { startChild } from './child.ts';
import { HttpClient } from './http-client.ts';

const url = z.object({ url: z.string() });
const seconds = z.object({ seconds: z.number() });
const told = new Set<string>();

/** Whether this peer was installed (`npm ci --prefix bench`); says once on stderr that it was not. */
export function hasPeer(name: 'postgraphile' | 'graphile-worker'): boolean {
  if (existsSync(new URL(`node_modules/${name}`, import.meta.url))) return true;
  if (!told.has(name)) process.stderr.write(`Without ${name}: npm ci --prefix bench installs the peers.\n`);
  told.add(name);
  return false;
}

/** PostGraphile on this database while `work` runs. */
export async function withPostgraphile<T>(
  databaseUrl: string,
  work: (http: HttpClient) => Promise<T>,
): Promise<T> {
  const child = await startChild(['bench/peers/postgraphile.mjs', databaseUrl], {
    GRAPHILE_ENV: 'production',
  });
  const http = new HttpClient(url.parse(child.ready).url);
  try {
    return await work(http);
  } finally {
    http.close();
    await child.stop();
  }
}

/** Jobs per second of graphile-worker, several at once, each one call of the given latency. */
export async function drainGraphileWorker(
  databaseUrl: string,
  options: { readonly jobs: number; readonly latencyMs: number; readonly inFlight: number },
): Promise<number> {
  const { jobs, latencyMs, inFlight } = options;
  const upstream = await startChild(['bench/slow-server.ts', String(latencyMs)]);
  try {
    const child = await startChild(
      [
        'bench/peers/graphile-worker.mjs',
        databaseUrl,
        url.parse(upstream.ready).url,
        String(jobs),
        String(inFlight),
      ],
      { NO_LOG_SUCCESS: '1' },
    );
    await child.stop();
    return jobs / seconds.parse(child.ready).seconds;
  } finally {
    await upstream.stop();
  }
}
