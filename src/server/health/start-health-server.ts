import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Logger } from '../../logger.ts';
import { answerJson } from '../http/answer-json.ts';
import { answerMetrics, type ReadMetrics } from '../metrics/answer-metrics.ts';
import { answerHealth, answerReadiness, type Readiness } from './health.ts';

/** The HTTP server of a pure worker: health and metrics. */
export interface HealthServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens for `/healthz`, `/readyz` and `/metrics` only. Rejects when the address is taken. */
export async function startHealthServer(options: {
  readonly host: string;
  readonly port: number;
  readonly readiness: Readiness;
  /** Null: there are no figures yet. */
  readonly metrics: ReadMetrics | null;
  readonly logger: Logger;
}): Promise<HealthServer> {
  let closing = false;
  const server = createServer((request, response) => {
    switch (request.url?.split('?')[0]) {
      case '/healthz':
        return answerHealth(response);
      case '/readyz':
        return void answerReadiness(response, { ...options, closing });
      case '/metrics':
        if (options.metrics === null) break;
        return void answerMetrics(response, options.metrics).catch((error: unknown) => {
          options.logger.warn({ error }, 'the figures could not be read');
          answerJson(response, {
            status: 503,
            body: { error: 'The figures could not be read; see the log.' },
          });
        });
    }
    answerJson(response, {
      status: 404,
      body: { error: 'A worker serves /healthz, /readyz and /metrics only.' },
    });
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    async close() {
      closing = true;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
