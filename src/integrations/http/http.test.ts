import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { failureOf } from '../../../test/integrations/contract/connector-contract-setup.ts';
import { createLogger } from '../../logger.ts';
import type { UpstreamCall } from '../contract/upstream.ts';
import { createUpstreamHttp, type HttpRequest } from './http.ts';

const HASTY_MS = 250;
const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

async function listen(server: Server): Promise<number> {
  const listening = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', () => listening.resolve());
  await listening.promise;
  open.push(server);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function setup(options: { readonly maxSockets?: number } = {}) {
  const { maxSockets = 4 } = options;
  const logger = createLogger({ level: 'silent', pretty: false });
  const http = createUpstreamHttp({ system: 'TEST', timeoutMs: HASTY_MS, maxSockets, logger });
  open.push(http);
  const call: UpstreamCall = { signal: new AbortController().signal, acquire: async () => {} };
  const create = (url: string) => http.send(createAt(url), call);
  return { http, call, create };
}

function createAt(url: string): HttpRequest<unknown> {
  return {
    operation: 'create',
    method: 'POST',
    url,
    headers: {},
    body: { name: 'x' },
    employeeNumber: 'E1',
    idempotent: false,
    confidential: [],
    judge: ({ status, body }) =>
      status === 200 && body !== undefined ? { kind: 'answer', answer: body } : { kind: 'unknown' },
  };
}

async function serve(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer(listener))}`;
}

describe('a request that never left', () => {
  it('is retryable when TLS cannot be agreed on', async () => {
    const plain = await serve((_request, response) => response.end('{}'));
    const error = await failureOf(setup().create(plain.replace('http:', 'https:')));
    expect(error).toMatchObject({ failure: 'retryable', code: 'UPSTREAM_UNREACHABLE' });
  });

  it('is retryable when the handshake takes too long', async () => {
    const silent = createTcpServer(() => {});
    const error = await failureOf(setup().create(`https://127.0.0.1:${await listen(silent)}`));
    expect(error).toMatchObject({ failure: 'retryable', code: 'UPSTREAM_UNREACHABLE' });
    expect(error.parameters['detail']).toBe('TIMEOUT');
  });

  it('is retryable when it waited for a socket in vain, unlike the one that had it', async () => {
    let arrived = 0;
    const url = await serve(() => {
      arrived += 1;
    });
    const { create } = setup({ maxSockets: 1 });
    const [first, second] = await Promise.all([failureOf(create(url)), failureOf(create(url))]);
    expect(first).toMatchObject({ failure: 'uncertain', code: 'UPSTREAM_TIMEOUT' });
    expect(second).toMatchObject({ failure: 'retryable', code: 'UPSTREAM_UNREACHABLE' });
    expect(arrived).toBe(1);
  });
});

describe('a request that was sent', () => {
  it('is uncertain when the answer trickles on beyond the time limit', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write('{"a":');
      const trickle = setInterval(() => response.write(' '), 10);
      response.once('close', () => clearInterval(trickle));
    });
    expect(await failureOf(setup().create(url))).toMatchObject({
      failure: 'uncertain',
      code: 'UPSTREAM_TIMEOUT',
    });
  });

  it('is uncertain when a socket kept alive turns out to be dead', async () => {
    const url = await serve((request, response) => {
      if (request.headers['x-second'] === undefined) response.end('{}');
      else request.socket.destroy();
    });
    const { http, call, create } = setup({ maxSockets: 1 });
    await create(url);
    const again = http.send({ ...createAt(url), headers: { 'x-second': '1' } }, call);
    expect(await failureOf(again)).toMatchObject({ failure: 'uncertain', code: 'ANSWER_LOST' });
  });

  it('keeps its sockets for the next request', async () => {
    const ports = new Set<number | undefined>();
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('{}');
    });
    const { create } = setup();
    await create(url);
    await create(url);
    expect(ports.size).toBe(1);
  });

  it('names the request id and cuts the answer it shows', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(422, { 'X-Request-Id': 'r-1' }).end('{}');
    });
    const error = await failureOf(
      setup().http.send(
        {
          ...createAt(url),
          judge: () => ({ kind: 'unknown', vendor: { code: 'C', message: 'x'.repeat(9_999) } }),
        },
        { signal: new AbortController().signal, acquire: async () => {} },
      ),
    );
    expect(error.vendor).toMatchObject({ httpStatus: 422, requestId: 'r-1', code: 'C' });
    expect(error.vendor.message?.length).toBeLessThan(400);
    expect(error.parameters['vendorAnswer']).toContain('C xxx');
  });

  it('passes on what the permit failed with', async () => {
    const broken = new Error('no database');
    const acquire = () => Promise.reject(broken);
    const sent = setup().http.send(createAt('http://127.0.0.1:1'), {
      signal: new AbortController().signal,
      acquire,
    });
    await expect(sent).rejects.toBe(broken);
  });
});
