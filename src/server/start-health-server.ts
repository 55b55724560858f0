import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Logger } from '../logger.ts';
import { answerJson } from './answer-json.ts';
import { answerHealth, answerReadiness, type Readiness } from './health.ts';

/** What a pure worker serves: whether it lives and works, for whoever watches over it. */
export interface HealthServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens for `/healthz` and `/readyz` only. Rejects when the address is taken. */
export async function startHealthServer(options: {
  readonly host: string;
  readonly port: number;
  readonly readiness: Readiness;
  readonly logger: Logger;
}): Promise<HealthServer> {
  let closing = false;
  const server = createServer((request, response) => {
    switch (request.url?.split('?')[0]) {
      case '/healthz':
        return answerHealth(response);
      case '/readyz':
        return void answerReadiness(response, { ...options, closing });
      default:
        answerJson(response, { status: 404, body: { error: 'A worker serves /healthz and /readyz only.' } });
    }
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
