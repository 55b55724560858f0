import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { type Client, createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { API_KEY, ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';

let bench: ApiBench;
beforeAll(async () => {
  bench = await ApiBench.start();
});
afterAll(() => bench.stop());

const file = (name: string) => readFileSync(new URL(`files/${name}`, import.meta.url), 'utf8');
const bodiesOf = (text: string) => text.split('\n').filter((line) => line.startsWith('{'));

describe('GQ01', () => {
  const [body = ''] = bodiesOf(file('graphql-01-apq.http'));
  const expected = {
    errors: [
      { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
    ],
  };

  test('a hash without a text is answered as clients of persisted queries understand', async () => {
    expect(await bench.portal.post(body)).toMatchObject({ status: 200, body: expected });
  });

  test('by GET too', async () => {
    const { operationName, extensions } = JSON.parse(body);
    const search = new URLSearchParams({ operationName, extensions: JSON.stringify(extensions) });
    const response = await fetch(`${bench.url}?${search}`, {
      headers: { authorization: `Bearer ${API_KEY}`, 'x-accountsync-csrf': '1', accept: 'application/json' },
    });
    expect([response.status, await response.json()]).toMatchObject([200, expected]);
  });

  test('neither a text nor a hash is still a mistake', async () => {
    expect(await bench.portal.post('{"operationName":"Watch"}')).toMatchObject({ status: 400 });
  });
});

describe('GQ04', () => {
  test('variables, names and extensions in every form that means none run the only operation', async () => {
    for (const body of bodiesOf(file('graphql-03-variables-forms.http')))
      expect([body, (await bench.portal.post(body)).body.errors]).toEqual([body, undefined]);
  });

  test('an empty operationName runs the only operation over WebSocket, a query and a subscription alike', async () => {
    const requestId = await bench.portal.submit(batchOf(1));
    const socket = new WebSocket(bench.url.replace('http', 'ws'), 'graphql-transport-ws');
    const messages: { id?: string; type: string; payload?: { errors?: unknown; data?: unknown } }[] = [];
    socket.on('message', (data) => messages.push(JSON.parse(String(data))));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${API_KEY}` } }));
    await expect.poll(() => messages.map(({ type }) => type)).toContain('connection_ack');
    const [, frame = ''] = file('graphql-06-ws-frames.txt')
      .split('\n')
      .filter((line) => line.startsWith('>'));
    socket.send(frame.slice(2).replace('req_x', requestId));
    const query = {
      id: '2',
      type: 'subscribe',
      payload: { query: '{ rateLimit { __typename } }', operationName: '' },
    };
    socket.send(JSON.stringify(query));
    for (const id of ['1', '2'])
      await expect
        .poll(() => messages.find((message) => message.id === id))
        .toMatchObject({ type: 'next', payload: { data: expect.anything() } });
    socket.close();
  });
});

describe('GQ07', () => {
  const CLIENTS = 500;

  test('500 subscribers at once are all served, and all come back by themselves after a restart', async () => {
    const port = await freePort();
    const first = await ApiBench.start({ variables: { PORT: String(port) } });
    const url = `ws://127.0.0.1:${port}/graphql`;
    const requestId = await first.portal.submit({ ...batchOf(1), systemList: ['IDAAS'] });
    const watchers = Array.from({ length: CLIENTS }, () => watch(url, requestId));
    try {
      await expect.poll(() => watchers.filter(({ events }) => events.count > 0).length).toBe(CLIENTS);
      expect(watchers.flatMap(({ events }) => events.errors)).toEqual([]);
      const { directUrl } = first.application.core;
      const before = watchers.map(({ events }) => events.connections);
      await first.application.stop();
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      const again = await ApiBench.start({ variables: { PORT: String(port), DATABASE_URL: directUrl } });
      try {
        await expect
          .poll(
            () => watchers.filter(({ events }, index) => events.connections > (before[index] ?? 0)).length,
          )
          .toBe(CLIENTS);
        expect(watchers.flatMap(({ events }) => events.errors)).toEqual([]);
      } finally {
        await Promise.all(watchers.map(({ client }) => client.dispose()));
        await again.stop();
      }
    } finally {
      await Promise.all(watchers.map(({ client }) => client.dispose()));
    }
  });
});

/** A client with the options of docs/api.md, that never lets its subscription end. */
function watch(url: string, requestId: string): { readonly client: Client; readonly events: Seen } {
  const events: Seen = { count: 0, connections: 0, errors: [] };
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    lazy: false,
    connectionParams: async () => ({ authorization: `Bearer ${API_KEY}`, locale: 'zh-CN' }),
    shouldRetry: () => true,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: async (retries) => {
      const seconds = Math.min(30, 2 ** Math.min(retries, 5)) * (0.5 + Math.random() / 2);
      await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    },
    on: {
      connected: () => {
        events.connections += 1;
      },
    },
  });
  const query = 'subscription($id: String!) { requestProgress(requestId: $id) { percent final } }';
  client.subscribe(
    { query, variables: { id: requestId } },
    {
      next: ({ errors }) => {
        events.count += 1;
        if (errors !== undefined) events.errors.push(...errors);
      },
      error: (error) => events.errors.push(error),
      complete: () => {},
    },
  );
  return { client, events };
}

interface Seen {
  count: number;
  connections: number;
  readonly errors: unknown[];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
