import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { startTestServer, TEST_KEY, type TestServer } from '../../../test/setup/server.ts';

const init = { type: 'connection_init', payload: { authorization: `Bearer ${TEST_KEY}` } };

/** A client that speaks the protocol by hand, to see every message and how the socket ends. */
function connect(
  server: TestServer,
  options: WebSocket.ClientOptions = {},
  protocol = 'graphql-transport-ws',
) {
  const socket = new WebSocket(server.url.replace('http', 'ws'), protocol, options);
  const messages: unknown[] = [];
  const waiting: ((message: unknown) => void)[] = [];
  socket.on('message', (data) => {
    const message: unknown = JSON.parse(String(data));
    const next = waiting.shift();
    if (next === undefined) messages.push(message);
    else next(message);
  });
  const closed = once(socket, 'close').then(([code, reason]) => ({ code, reason: String(reason) }));
  return {
    socket,
    closed,
    opened: once(socket, 'open'),
    send: (message: unknown) => socket.send(JSON.stringify(message)),
    subscribe: (id: string, query: string, variables = {}) =>
      socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } })),
    next: (): unknown => {
      const message = messages.shift();
      if (message !== undefined) return message;
      return new Promise((resolve) => waiting.push(resolve));
    },
    [Symbol.dispose]: () => socket.terminate(),
  };
}

async function connectAsAdmin(server: TestServer, payload: object = {}) {
  const client = connect(server);
  await client.opened;
  client.send({ ...init, payload: { ...init.payload, ...payload } });
  expect(await client.next()).toEqual({ type: 'connection_ack' });
  return client;
}

describe('who may connect', () => {
  test.each([
    ['no payload', undefined, 4401],
    ['an empty payload', {}, 4401],
    ['a wrong key', { authorization: 'Bearer wrong-key-of-at-least-24-characters' }, 4403],
    ['a key without scheme', { authorization: TEST_KEY }, 4403],
    ['a number', { authorization: 1 }, 4401],
  ])('%s: closed with %3$i and the reason', async (_, payload, code) => {
    await using server = await startTestServer();
    using client = connect(server);
    await client.opened;
    client.send({ type: 'connection_init', ...(payload === undefined ? {} : { payload }) });
    const closed = await client.closed;
    expect(closed.code).toBe(code);
    expect(closed.reason).toMatch(/密钥/);
  });

  test('an operation before the key: 4401', async () => {
    await using server = await startTestServer();
    using client = connect(server);
    await client.opened;
    client.subscribe('1', '{ hello }');
    expect((await client.closed).code).toBe(4401);
  });

  test('silence: closed after the time allowed', async () => {
    await using server = await startTestServer({ limits: { connectionInitTimeoutMs: 5 } });
    using client = connect(server);
    expect((await client.closed).code).toBe(4408);
  });

  test.each([
    ['another page', 'https://evil.example.com', 403],
    ['an opaque origin', 'null', 403],
  ])('a browser on %s is refused before the upgrade', async (_, origin, status) => {
    await using server = await startTestServer({ allowedOrigins: ['https://portal.example.com'] });
    using client = connect(server, { origin });
    client.opened.catch(() => {});
    client.closed.catch(() => {});
    const [, response] = await once(client.socket, 'unexpected-response');
    expect(response.statusCode).toBe(status);
  });

  test('a browser on our own page, or on an allowed one, may', async () => {
    await using server = await startTestServer({ allowedOrigins: ['https://portal.example.com'] });
    for (const origin of [new URL(server.url).origin, 'https://portal.example.com']) {
      using client = connect(server, { origin });
      await client.opened;
    }
  });

  test('another path: 404', async () => {
    await using server = await startTestServer();
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/jobs`, 'graphql-transport-ws');
    socket.on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    expect(response.statusCode).toBe(404);
    socket.terminate();
  });
});

describe('operations over a WebSocket', () => {
  test('are answered, with the viewer and the language of the socket', async () => {
    await using server = await startTestServer();
    using client = await connectAsAdmin(server, { locale: 'en' });
    client.subscribe('1', 'query ($first: Int!) { principal locale required(first: $first) }', { first: 2 });
    const data = { principal: 'admin', locale: 'EN', required: 2 };
    expect(await client.next()).toEqual({ id: '1', type: 'next', payload: { data } });
    expect(await client.next()).toEqual({ id: '1', type: 'complete' });
    expect(server.executions).toEqual({ compiled: 1, interpreted: 0 });
  });

  test.each([
    ['a syntax error', '{ hello', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ helo }', 'GRAPHQL_VALIDATION_FAILED'],
    ['too many tokens', `{ ${'hello '.repeat(1_000)} }`, 'LIMIT_EXCEEDED'],
  ])('%s ends the operation, not the socket', async (_, query, code) => {
    await using server = await startTestServer();
    using client = await connectAsAdmin(server);
    client.subscribe('1', query);
    const message = await client.next();
    expect(message).toMatchObject({ id: '1', type: 'error' });
    expect(message).toHaveProperty(['payload', 0, 'extensions', 'code'], code);
    expect(message).toHaveProperty(['payload', 0, 'extensions', 'correlationId']);
    client.subscribe('1', '{ hello }');
    expect(await client.next()).toEqual({ id: '1', type: 'next', payload: { data: { hello: 'world' } } });
  });

  test('mask bugs and show nothing of the transport', async () => {
    await using server = await startTestServer();
    using client = await connectAsAdmin(server);
    client.subscribe('1', '{ boom }');
    const text = JSON.stringify(await client.next());
    expect(text).toContain('INTERNAL');
    expect(text).not.toMatch(/hunter2|"http"/);
  });

  test('one more than a socket may hold is refused, and the others go on', async () => {
    await using server = await startTestServer({ limits: { operationsPerSocket: 2 } });
    using client = await connectAsAdmin(server);
    for (const id of ['1', '2', '3']) client.subscribe(id, '{ slow }');
    expect(await client.next()).toMatchObject({
      id: '3',
      payload: [{ extensions: { code: 'LIMIT_EXCEEDED', limit: 'operations', maximum: 2 } }],
    });
    server.slow.resolve('done');
    expect(await client.next()).toEqual({ id: '1', type: 'next', payload: { data: { slow: 'done' } } });
  });
});

describe('subscriptions over a WebSocket', () => {
  const ticks = 'subscription T($factor: Int!) { ticks(factor: $factor) }';

  test('bring each event with a scope of its own, and end with the source', async () => {
    await using server = await startTestServer();
    using client = await connectAsAdmin(server);
    client.subscribe('s', ticks, { factor: 10 });
    for (const event of [1, 2]) {
      server.source.push(event);
      expect(await client.next()).toEqual({
        id: 's',
        type: 'next',
        payload: { data: { ticks: event * 10 } },
      });
    }
    server.source.finish();
    expect(await client.next()).toEqual({ id: 's', type: 'complete' });
    expect(new Set(server.scopes.map(({ em }) => em)).size).toBe(2);
    expect(server.openStreams).toBe(0);
  });

  test('let go of the source when the client completes, though no event comes', async () => {
    await using server = await startTestServer();
    using client = await connectAsAdmin(server);
    client.subscribe('s', ticks, { factor: 1 });
    await server.source.opened;
    client.send({ id: 's', type: 'complete' });
    await server.source.returned;
    client.subscribe('1', '{ hello }');
    expect(await client.next()).toMatchObject({ id: '1', type: 'next' });
    expect(server.openStreams).toBe(0);
  });

  test('let go of the source when the socket breaks', async () => {
    await using server = await startTestServer();
    using client = await connectAsAdmin(server);
    client.subscribe('s', ticks, { factor: 1 });
    await server.source.opened;
    client.socket.terminate();
    await server.source.returned;
    expect(server.openStreams).toBe(0);
  });

  test('end with a masked error when the source breaks', async () => {
    await using server = await startTestServer();
    using client = await connectAsAdmin(server);
    client.subscribe('s', ticks, { factor: 1 });
    server.source.fail(new Error('password=hunter2'));
    const text = JSON.stringify(await client.next());
    expect(text).toContain('INTERNAL');
    expect(text).not.toContain('hunter2');
    expect(await client.next()).toEqual({ id: 's', type: 'complete' });
  });

  test('of nothing: the reason, without a stream', async () => {
    await using server = await startTestServer();
    using client = await connectAsAdmin(server);
    client.subscribe('s', 'subscription { missing }');
    expect(JSON.stringify(await client.next())).toContain('NOT_FOUND');
  });
});

describe('sockets', () => {
  test('a peer that stops answering pings is dropped', async () => {
    await using server = await startTestServer({ limits: { keepAliveMs: 5 } });
    using client = connect(server, { autoPong: false });
    expect((await client.closed).code).toBe(1006);
  });

  test('a peer that stops reading is closed with 1013, and others do not notice', async () => {
    await using server = await startTestServer({ limits: { slowReaderMs: 50 } });
    using slow = await connectAsAdmin(server);
    using other = await connectAsAdmin(server);
    slow.subscribe('s', 'subscription { texts }');
    await server.source.opened;
    slow.socket.pause();
    // More than what the two kernels hold between them.
    for (let event = 0; event < 30; event += 1) server.source.push('x'.repeat(1_000_000));
    other.subscribe('1', '{ hello }');
    expect(await other.next()).toMatchObject({ id: '1', type: 'next' });
    await expect.poll(() => server.log.join('')).toContain('reads too slowly');
    slow.socket.resume();
    expect((await slow.closed).code).toBe(1013);
    await server.source.returned;
    expect(server.openStreams).toBe(0);
  });

  test('a message beyond the limit closes the socket', async () => {
    await using server = await startTestServer({ limits: { webSocketMessageBytes: 1_000 } });
    using client = connect(server);
    await client.opened;
    client.send({ ...init, padding: 'x'.repeat(2_000) });
    expect((await client.closed).code).toBe(1009);
  });

  test('what is no message closes the socket, and shows nothing', async () => {
    await using server = await startTestServer();
    using client = await connectAsAdmin(server);
    client.socket.send('{"type":"nonsense"}');
    expect(await client.closed).toEqual({ code: 4400, reason: 'Invalid message received' });
  });

  test('an older protocol is refused', async () => {
    await using server = await startTestServer();
    using client = connect(server, {}, 'graphql-ws');
    client.socket.on('error', () => {});
    client.opened.catch(() => {});
    expect([1006, 4406]).toContain((await client.closed.catch(() => ({ code: 1006 }))).code);
  });

  test('an authenticator that breaks closes the socket without its words', async () => {
    await using server = await startTestServer({
      authenticate: async () => {
        throw new Error('password=hunter2');
      },
    });
    using client = connect(server);
    await client.opened;
    client.send(init);
    expect(await client.closed).toEqual({ code: 4500, reason: 'Internal server error' });
  });
});
