import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const pageRequest = z.object({ curPage: z.int(), pageSize: z.int(), startTime: z.string().optional() });

/** What iData is asked for. */
export type RawPageRequest = z.output<typeof pageRequest>;

/** An HR of a test's own: it answers pages with whatever text the test says, over real HTTP. */
export interface RawHr {
  readonly variables: Readonly<Record<string, string>>;
  readonly asked: RawPageRequest[];
  answer(page: (request: RawPageRequest) => string | object): void;
  close(): Promise<void>;
}

/** Starts it; until `answer` is called it knows nobody. */
export async function startRawHr(options: { readonly pageSize: number }): Promise<RawHr> {
  let page: (request: RawPageRequest) => string | object = () => ({ status: 200, data: { result: [] } });
  const asked: RawPageRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      if (request.url === '/api/iam/auth/token') {
        response.end('{"code":"201","access_token":"token-of-a-test","expires_in":3600}');
        return;
      }
      const wanted = pageRequest.parse(JSON.parse(Buffer.concat(chunks).toString()));
      asked.push(wanted);
      const body = page(wanted);
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    variables: {
      HIEDS_BASE_URL: `http://127.0.0.1:${portOf(server.address())}`,
      HIEDS_ACCOUNT: 'account',
      HIEDS_SECRET: 'secret-of-a-test',
      HIEDS_PROJECT: 'project',
      HIEDS_ENTERPRISE: 'enterprise',
      HIEDS_TENANT_ID: 'tenant',
      HIEDS_PAGE_SIZE: String(options.pageSize),
    },
    asked,
    answer(next) {
      page = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}
