import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { jsonHeaders, startTestServer, TEST_KEY } from '../../test/setup/server.ts';

const hello = { query: '{ hello }' };

describe('who may ask over HTTP', () => {
  test('the key gets an answer, with an id for the log', async () => {
    await using server = await startTestServer();
    const response = await server.post({ query: '{ hello principal correlationId }' });
    expect(response.status).toBe(200);
    const { data } = await response.json();
    expect(data).toEqual({
      hello: 'world',
      principal: 'admin',
      correlationId: response.headers.get('x-request-id'),
    });
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    ['no key', {}],
    ['a wrong key', { authorization: 'Bearer wrong-key-of-at-least-24-characters' }],
    ['the key without a scheme', { authorization: TEST_KEY }],
    ['a longer key', { authorization: `Bearer ${TEST_KEY}x` }],
  ])('%s is 401 in GraphQL shape, with what to do', async (_, headers) => {
    await using server = await startTestServer();
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
      body: JSON.stringify(hello),
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('Bearer');
    const { errors } = await response.json();
    expect(errors[0].extensions).toEqual({
      code: 'UNAUTHENTICATED',
      correlationId: response.headers.get('x-request-id'),
    });
    expect(errors[0].message).toMatch(/key/);
  });

  test('a subscription without a key is 401 as well', async () => {
    await using server = await startTestServer();
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { ticks(factor: 1) }' }),
    });
    expect(response.status).toBe(401);
  });

  test('introspection needs the key too', async () => {
    await using server = await startTestServer();
    const response = await fetch(`${server.url}?query={__schema{types{name}}}`, {
      headers: { 'x-accountsync-csrf': '1' },
    });
    expect(response.status).toBe(401);
  });
});

describe('requests a browser can send for another page', () => {
  test.each([
    ['a GET', { method: 'GET', type: null, body: null }],
    ['a form', { method: 'POST', type: 'application/x-www-form-urlencoded', body: 'query={hello}' }],
    ['plain text', { method: 'POST', type: 'text/plain', body: JSON.stringify(hello) }],
    ['multipart', { method: 'POST', type: 'multipart/form-data; boundary=x', body: '--x--' }],
    ['a POST without a type', { method: 'POST', type: null, body: new Uint8Array([123, 125]) }],
  ])('%s is refused without the header', async (_, { method, type, body }) => {
    await using server = await startTestServer();
    const response = await fetch(method === 'GET' ? `${server.url}?query={hello}` : server.url, {
      method,
      headers: { authorization: `Bearer ${TEST_KEY}`, ...(type === null ? {} : { 'content-type': type }) },
      body,
    });
    expect(response.status).toBe(403);
    const { errors } = await response.json();
    expect(errors[0].message).toContain('x-accountsync-csrf');
    expect(errors[0].extensions.code).toBe('FORBIDDEN');
  });

  const allowed = { authorization: `Bearer ${TEST_KEY}`, 'x-accountsync-csrf': '1' };

  test('a GET with the header is answered, with variables', async () => {
    await using server = await startTestServer();
    const search = new URLSearchParams({
      query: 'query Q($first: Int!) { required(first: $first) }',
      variables: '{"first":3}',
      operationName: 'Q',
    });
    const response = await fetch(`${server.url}?${search}`, { headers: allowed });
    expect(await response.json()).toEqual({ data: { required: 3 } });
  });

  test('a mutation by GET is still refused', async () => {
    await using server = await startTestServer();
    const response = await fetch(`${server.url}?query=mutation{change}`, { headers: allowed });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await response.json()).not.toHaveProperty('data');
  });

  test('a form with the header is answered', async () => {
    await using server = await startTestServer();
    const response = await fetch(server.url, {
      method: 'POST',
      headers: allowed,
      body: new URLSearchParams({ query: '{ hello }' }),
    });
    expect(await response.json()).toEqual({ data: { hello: 'world' } });
  });
});

describe('pages of other origins', () => {
  const origin = 'https://portal.example.com';
  const preflight = {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    },
  };

  test('get no CORS headers by default', async () => {
    await using server = await startTestServer();
    for (const init of [
      preflight,
      { method: 'POST', headers: { ...jsonHeaders, origin }, body: JSON.stringify(hello) },
    ]) {
      const response = await fetch(server.url, init);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  test('get them when they are named, and only then', async () => {
    await using server = await startTestServer({ allowedOrigins: [`${origin}/`] });
    const asked = await fetch(server.url, preflight);
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
    expect(asked.headers.get('access-control-allow-headers')).toContain('x-accountsync-csrf');
    const answered = await server.post(hello, { origin });
    expect(answered.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answered.headers.get('access-control-expose-headers')).toContain('x-request-id');
    const other = await server.post(hello, { origin: 'https://evil.example.com' });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
    expect(other.headers.get('vary')).toContain('Origin');
  });
});

describe('bodies', () => {
  test.each([
    ['announced', (text: string): BodyInit => text],
    ['streamed', (text: string): BodyInit => new Blob([text]).stream()],
  ])('too large, %s: 413 that says which limit', async (_, bodyOf) => {
    await using server = await startTestServer({ bodyLimitBytes: 1_000 });
    const request = new Request(server.url, {
      method: 'POST',
      headers: jsonHeaders,
      body: bodyOf(JSON.stringify({ query: '{ hello }', variables: { x: 'x'.repeat(200_000) } })),
      ...({ duplex: 'half' } as const),
    });
    const response = await fetch(request);
    expect(response.status).toBe(413);
    const { errors } = await response.json();
    expect(errors[0].extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'body', maximum: 1_000 });
  });

  test.each([
    ['no JSON', '{"query": "{ hello }", secret-13800138000', 400],
    ['null', 'null', 400],
    ['a batch', '[{"query":"{ hello }"}]', 400],
    ['no query', '{}', 400],
    ['a query that is a number', '{"query":1}', 400],
    ['variables that are text', '{"query":"{ hello }","variables":"x"}', 400],
  ])('%s: an error that does not quote it', async (_, body, status) => {
    await using server = await startTestServer();
    const response = await server.post(body);
    expect(response.status).toBe(status);
    const answer = await response.text();
    expect(JSON.parse(answer).errors[0].extensions).toHaveProperty('correlationId');
    expect(answer).not.toContain('13800138000');
    expect(server.log.join()).not.toContain('13800138000');
  });

  test('variables of a GET that are no JSON: 400', async () => {
    await using server = await startTestServer();
    const response = await fetch(`${server.url}?query={hello}&variables={`, {
      headers: { authorization: `Bearer ${TEST_KEY}`, 'x-accountsync-csrf': '1' },
    });
    expect(response.status).toBe(400);
  });

  test('a list of 5,000 in variables is no problem', async () => {
    await using server = await startTestServer();
    const response = await server.post({
      query: 'query ($people: [PersonInput!]) { people(people: $people) }',
      variables: { people: Array.from({ length: 5_000 }, (_, age) => ({ phone: '138', age })) },
    });
    expect(await response.json()).toEqual({ data: { people: 5_000 } });
  });
});

describe('a client that never finishes', () => {
  test.each([
    ['its headers', { headersTimeoutMs: 50 }, 'POST /graphql HTTP/1.1\r\nhost: x\r\n'],
    [
      'its body',
      { headersTimeoutMs: 50, requestTimeoutMs: 100 },
      `POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${TEST_KEY}\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{`,
    ],
  ])('sending %s is cut off', async (_, limits, begun) => {
    await using server = await startTestServer({ limits });
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.resume();
    socket.write(begun);
    await once(socket, 'close');
  });
});

describe('other addresses', () => {
  test('/healthz and /readyz need no key', async () => {
    let ready = false;
    await using server = await startTestServer({
      readiness: async () => ({ ready, checks: { database: ready ? 'ok' : 'migrating' } }),
    });
    expect((await fetch(new URL('/healthz', server.url))).status).toBe(200);
    const before = await fetch(new URL('/readyz', server.url));
    expect(before.status).toBe(503);
    expect(await before.json()).toEqual({ ready: false, checks: { database: 'migrating' } });
    ready = true;
    expect((await fetch(new URL('/readyz', server.url))).status).toBe(200);
  });

  test('a readiness check that breaks is 503, without its words', async () => {
    await using server = await startTestServer({
      readiness: async () => {
        throw new Error('postgres://user:hunter2@db');
      },
    });
    const response = await fetch(new URL('/readyz', server.url));
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain('hunter2');
  });

  test('anything else says what there is', async () => {
    await using server = await startTestServer();
    const response = await fetch(new URL('/graphq', server.url));
    expect(response.status).toBe(404);
    expect(await response.json()).toHaveProperty(['addresses', '/graphql']);
  });

  test('a browser at / is sent to the console', async () => {
    await using server = await startTestServer();
    const response = await fetch(new URL('/', server.url), {
      headers: { accept: 'text/html' },
      redirect: 'manual',
    });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/console');
  });
});
