import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/setup/server.ts';

const html = { accept: 'text/html' };

/** Node's own client: `fetch` sets Host itself, and unpacks. */
function getPage(server: TestServer, headers: Record<string, string>, path = '/graphql') {
  const { promise, resolve, reject } = Promise.withResolvers<{
    headers: Record<string, unknown>;
    status: number | undefined;
    body: Buffer;
  }>();
  const sent = request(new URL(path, server.url), { headers: { ...html, ...headers } }, (response) => {
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

describe.each(['/graphql', '/console', '/console/requests'])('the page at %s', (path) => {
  test('is served to a browser without a key, with a nonce of its own each time', async () => {
    await using server = await startTestServer();
    const pages = await Promise.all([getPage(server, {}, path), getPage(server, {}, path)]);
    const nonces = pages.map(({ status, headers, body }) => {
      expect(status).toBe(200);
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      const policy = String(headers['content-security-policy']);
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toContain('unsafe-eval');
      expect(body.toString()).toContain(`nonce="${nonce}"`);
      return nonce;
    });
    expect(new Set(nonces).size).toBe(2);
  });

  test('loads nothing from elsewhere, and its scripts for good', async () => {
    await using server = await startTestServer();
    const page = (await getPage(server, {}, path)).body.toString();
    const files = [...page.matchAll(/<(?:script|link)[^>]+(?:src|href)="([^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      expect(file).toMatch(/^\/console\/assets\//);
      const asset = await getPage(server, { accept: '*/*', 'accept-encoding': 'gzip, br' }, file);
      expect(asset.status).toBe(200);
      expect(asset.headers).toMatchObject({ 'cache-control': expect.stringContaining('immutable') });
      const plain = await getPage(server, { accept: '*/*' }, file);
      expect(gunzipSync(asset.body).equals(plain.body)).toBe(true);
    }
  });

  test.each([
    ['localhost:4000', true],
    ['127.0.0.1:4000', true],
    ['[::1]:4000', true],
    ['evil.example.com', false],
    ['127.0.0.1.evil.example.com', false],
    ['localhost.evil.example.com', false],
  ])('asked for as %s, holds the embedded key: %s', async (host, holds) => {
    const page = { defaultLocale: 'EN', displayTimeZone: 'UTC', signIn: null } as const;
    await using server = await startTestServer({ page: { ...page, prefilledKey: 'embedded-key' } });
    expect((await getPage(server, { host }, path)).body.includes('embedded-key')).toBe(holds);
  });

  test('is not there when pages are switched off', async () => {
    await using server = await startTestServer({ page: null });
    expect((await getPage(server, {}, path)).status).toBe(path === '/graphql' ? 401 : 404);
  });
});

test('a file that does not exist is not found, nor is one outside of the folder', async () => {
  await using server = await startTestServer();
  for (const name of ['missing.js', '..%2f..%2fpackage.json', '..%2fbuild.json'])
    expect((await getPage(server, {}, `/console/assets/${name}`)).status).toBe(404);
});
