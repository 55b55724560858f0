import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/setup/server.ts';
import { exampleOperations } from './graphiql-operations.ts';

const html = { accept: 'text/html' };

/** Node's own client: `fetch` sets Host itself, and unpacks. */
function getPage(server: TestServer, headers: Record<string, string>) {
  const { promise, resolve, reject } = Promise.withResolvers<{
    headers: Record<string, unknown>;
    status: number | undefined;
    body: Buffer;
  }>();
  const sent = request(server.url, { headers: { ...html, ...headers } }, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () =>
      resolve({ headers: response.headers, status: response.statusCode, body: Buffer.concat(chunks) }),
    );
  });
  sent.on('error', reject);
  sent.end();
  return promise;
}

describe('the GraphiQL page', () => {
  test('is served to a browser without a key, compressed, and once', async () => {
    await using server = await startTestServer();
    const page = await getPage(server, { 'accept-encoding': 'gzip, br' });
    expect(page.status).toBe(200);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-encoding': 'gzip',
      'content-security-policy': expect.stringContaining("connect-src 'self'"),
    });
    expect(page.body.length).toBeLessThan(4_000_000);
    expect(gunzipSync(page.body).toString()).toContain('<title>AccountSync</title>');
    const again = await getPage(server, { 'if-none-match': String(page.headers['etag']) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  test('is served plain to whoever cannot unpack', async () => {
    await using server = await startTestServer();
    const page = await getPage(server, {});
    expect(page.headers).not.toHaveProperty('content-encoding');
    expect(page.body.toString()).toContain('<title>AccountSync</title>');
  });

  test('loads nothing from elsewhere', async () => {
    await using server = await startTestServer();
    const page = (await getPage(server, {})).body.toString();
    expect(page).not.toMatch(/<(script|link|img|iframe)[^>]+(src|href)="(https?:)?\/\//i);
    expect(page).not.toMatch(/(unpkg\.com|jsdelivr\.net|cdnjs\.|fonts\.googleapis)/);
  });

  test.each([
    ['localhost:4000', true],
    ['127.0.0.1:4000', true],
    ['[::1]:4000', true],
    ['evil.example.com', false],
    ['127.0.0.1.evil.example.com', false],
    ['localhost.evil.example.com', false],
  ])('asked for as %s, holds the embedded key: %s', async (host, holds) => {
    await using server = await startTestServer({
      graphiql: { prefilledAuthorization: 'Bearer embedded-key' },
    });
    const page = await getPage(server, { host });
    expect(page.body.includes('embedded-key')).toBe(holds);
    expect(page.headers['cache-control']).toBe(holds ? 'no-store' : 'no-cache');
  });

  test('is not there when switched off', async () => {
    await using server = await startTestServer({ graphiql: null });
    expect((await getPage(server, {})).status).toBe(401);
  });

  test('opens with operations that have a comment in both languages and their variables', () => {
    for (const { query, variables } of exampleOperations) {
      expect(query).toMatch(/^# \d\. [\p{Script=Han}].*/u);
      const [operation] = parse(query).definitions;
      if (operation?.kind !== 'OperationDefinition') throw new Error('an example is not an operation');
      const names = operation.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [];
      expect(Object.keys(variables)).toEqual(names);
    }
  });
});
