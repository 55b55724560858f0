import { getIntrospectionQuery } from 'graphql';
import { serverAudits } from 'graphql-http';
import { createClient } from 'graphql-ws';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { ApiBench } from '../setup/api.ts';
import { Portal } from '../setup/portal.ts';

// What the outside sees of the API (reliability.md §4), as the service is configured.
let bench: ApiBench;
let developer: string;
let reader: string;
beforeAll(async () => {
  bench = await ApiBench.start({ variables: { ROLE: 'server' } });
  developer = await keyWith(['developer']);
  reader = await keyWith(['requests:read']);
});
afterAll(() => bench.stop());

async function keyWith(scopes: readonly string[]): Promise<string> {
  const { createApiKey } = await bench.portal.read(
    'mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }',
    { input: { name: scopes.join(' ').replaceAll(':', '.'), scopes } },
  );
  return createApiKey.secret;
}

const portal = (key: string) => new Portal(bench.url, key, { 'accept-language': 'en' });

/** The first answer of an operation over a WebSocket. */
async function overSocket(key: string, query: string): Promise<unknown> {
  const client = createClient({
    url: bench.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${key}`, locale: 'en' },
    retryAttempts: 0,
  });
  try {
    for await (const result of client.iterate({ query })) return result;
    return null;
  } catch (errors) {
    return { errors };
  } finally {
    await client.dispose();
  }
}

describe('GraphQL over HTTP', () => {
  const audits = serverAudits({
    url: () => bench.url,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, {
        ...init,
        headers: {
          ...Object.fromEntries(new Headers(init.headers)),
          authorization: `Bearer ${developer}`,
          'x-accountsync-csrf': '1',
        },
      }),
  });

  test('has 61 audits', () => {
    expect(audits).toHaveLength(61);
  });

  test.each(audits.map((audit) => [audit.id, audit.name, audit] as const))(
    '%s: %s',
    async (_id, _name, audit) => {
      const result = await audit.fn();
      expect(result.status === 'ok' ? 'ok' : result.reason).toBe('ok');
    },
  );
});

describe('a scanner without a key', () => {
  const introspection = getIntrospectionQuery();
  const csrf = { 'x-accountsync-csrf': '1' };
  const json = { 'content-type': 'application/json' };
  const requests: Readonly<Record<string, () => Promise<Response>>> = {
    introspection: () =>
      fetch(bench.url, { method: 'POST', headers: json, body: JSON.stringify({ query: introspection }) }),
    'introspection by GET': () =>
      fetch(`${bench.url}?query=${encodeURIComponent('{__schema{types{name}}}')}`, { headers: csrf }),
    __typename: () =>
      fetch(bench.url, { method: 'POST', headers: json, body: JSON.stringify({ query: '{ __typename }' }) }),
    'a field that nearly exists': () =>
      fetch(bench.url, {
        method: 'POST',
        headers: json,
        body: JSON.stringify({ query: '{ reqests { id } }' }),
      }),
    'a batch': () =>
      fetch(bench.url, {
        method: 'POST',
        headers: json,
        body: JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]),
      }),
    'a form': () =>
      fetch(bench.url, {
        method: 'POST',
        headers: { ...csrf, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'query={__typename}',
      }),
    'an upload': () => fetch(bench.url, { method: 'POST', headers: csrf, body: new FormData() }),
    'broken JSON': () => fetch(bench.url, { method: 'POST', headers: json, body: '{' }),
    'an origin of its own': () =>
      fetch(bench.url, {
        method: 'POST',
        headers: { ...json, origin: 'https://evil.example.com' },
        body: JSON.stringify({ query: '{ __typename }' }),
      }),
  };

  test.each(Object.keys(requests))('learns nothing from %s', async (name) => {
    const response = await requests[name]?.();
    expect(response?.status).toBe(401);
    expect(response?.headers.get('access-control-allow-origin')).toBeNull();
    expect(response?.headers.get('x-powered-by')).toBeNull();
    expect(response?.headers.get('server')).toBeNull();
    expect(await response?.json()).toEqual({
      errors: [
        {
          message: expect.any(String),
          extensions: { code: 'UNAUTHENTICATED', correlationId: expect.any(String) },
        },
      ],
    });
  });

  test('learns nothing over a WebSocket', async () => {
    expect(await overSocket('as_live_nobody', introspection)).toMatchObject({ errors: { code: 4403 } });
  });

  test('is given no GraphiQL where operators switched it off', async () => {
    const browser = { headers: { accept: 'text/html' }, redirect: 'manual' } as const;
    expect((await fetch(bench.url, browser)).status).toBe(200);
    const change =
      'mutation($value: JSON!) { updateSetting(input: { key: "graphiql_enabled", value: $value }) { userErrors { code } } }';
    await bench.portal.read(change, { value: false });
    await expect.poll(async () => (await fetch(bench.url, browser)).status).toBe(401);
    expect((await fetch(new URL('/', bench.url), browser)).headers.get('location')).toBe('/console');
    await bench.portal.read(change, { value: true });
  });
});

describe('introspection', () => {
  const standard = getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true });
  test.each(['developer', 'admin'])('is for a %s, over HTTP and WebSocket', async (who) => {
    const key = who === 'admin' ? 'key-of-at-least-24-characters' : developer;
    expect((await portal(key).post({ query: standard })).body.data.__schema.types.length).toBeGreaterThan(50);
    expect(await overSocket(key, '{ __type(name: "Query") { name } }')).toEqual({
      data: { __type: { name: 'Query' } },
    });
  });

  test('is refused without the scope, over HTTP and WebSocket, however it is asked for', async () => {
    for (const query of [
      standard,
      '{ __type(name: "Query") { name } }',
      '{ ...F } fragment F on Query { a: __schema { types { name } } }',
    ]) {
      const { status, body } = await portal(reader).post({ query });
      expect([status, body.errors[0].extensions.code]).toEqual([403, 'FORBIDDEN']);
      expect(await overSocket(reader, query)).toMatchObject({
        errors: [{ extensions: { code: 'FORBIDDEN' } }],
      });
    }
    expect(await portal(reader).read('{ __typename }')).toEqual({ __typename: 'Query' });
  });
});

describe('limits hold over HTTP and over a WebSocket, and end the operation only', () => {
  const many = (count: number, make: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => make(index)).join(' ');
  const page =
    'requests(first: 1) { nodes { items(first: 1) { nodes { person { requestItems(first: 1) { nodes { request { requestId } } } } } } } }';
  test.each([
    ['depth', `{ ${page} }`],
    ['aliases', `{ ${many(16, (index) => `a${index}: __typename`)} }`],
    ['directives', `{ requestCounts { ${many(6, () => `... @include(if: true) { count }`)} } }`],
    ['fields', `{ requestCounts { ${many(301, () => 'count')} } }`],
    ['tokens', `{ requestCounts { ${many(1_000, () => 'count')} } }`],
    ['bytes', `{ requestCounts { count } } # ${'x'.repeat(100_000)}`],
    [
      'complexity',
      '{ requests(first: 100) { nodes { items(first: 500) { nodes { tasks { attempts { outcome errorCode } } } } } } }',
    ],
  ])('%s', async (limit, query) => {
    const expected = [{ extensions: { code: 'LIMIT_EXCEEDED', limit } }];
    expect((await portal(reader).post({ query })).body.errors).toMatchObject(expected);
    expect(await overSocket(reader, query)).toMatchObject({ errors: expected });
  });

  test.each([
    ['requests', 100, 'query($n: Int) { requests(first: $n) { totalCount } }'],
    ['requests backwards', 100, 'query($n: Int) { requests(last: $n) { totalCount } }'],
    ['tasks', 100, 'query($n: Int) { tasks(first: $n) { totalCount } }'],
  ])('pages of %s have at most %i rows, also through variables', async (_, maximum, query) => {
    expect((await portal(reader).post({ query, variables: { n: maximum } })).body.errors).toBeUndefined();
    const { body } = await portal(reader).post({ query, variables: { n: maximum + 1 } });
    expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  test('parsing and validating report three problems, and suggest nothing', async () => {
    const { body } = await portal(reader).post({ query: '{ reqests taskz peple settingz persn }' });
    expect(body.errors).toHaveLength(3);
    expect(JSON.stringify(body)).not.toMatch(/did you mean|requests|tasks/i);
  });

  test.each(['@defer', '@stream'])('%s is not there', async (directive) => {
    const query = `{ requests(first: 1) { nodes ${directive === '@stream' ? '@stream' : ''} { requestId ... ${directive === '@defer' ? '@defer' : ''} { status } } } }`;
    const { status, body } = await portal(reader).post({ query });
    expect([status, body.errors[0].extensions.code]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
  });
});

test('a statement that runs too long for a caller is ended, and says so without its words', async () => {
  const { em } = bench.application.core.apiOrm;
  const { rows } = await sql<{ ms: number }>`
    select extract(epoch from current_setting('statement_timeout')::interval)::float8 * 1000 as ms`.execute(
    em.fork().getKysely(),
  );
  expect(rows[0]?.ms).toBeGreaterThan(0);
  expect(rows[0]?.ms).toBeLessThan(10_000);
});
