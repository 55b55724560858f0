import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { Portal } from '../setup/portal.ts';

/** An issuer of tokens, over real HTTP. */
async function startIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const other = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  let keyReads = 0;
  const server = createServer((request, response) => {
    const known = request.url === '/keys?v=1' || request.url === '/.well-known/openid-configuration';
    if (request.url === '/keys?v=1') keyReads += 1;
    const body = request.url === '/keys?v=1' ? { keys: [jwk] } : { issuer, jwks_uri: `${issuer}/keys?v=1` };
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const nowSeconds = () => Math.floor(Date.now() / 1_000);
  const sign = (
    claims: Readonly<Record<string, unknown>> = {},
    options: { readonly alg?: string; readonly key?: 'other' | Uint8Array } = {},
  ) => {
    const { key } = options;
    return new SignJWT({
      iss: issuer,
      aud: 'accountsync',
      sub: 'li.lei',
      scope: 'requests:read profile',
      exp: nowSeconds() + 300,
      ...claims,
    })
      .setProtectedHeader({ alg: options.alg ?? 'ES256', kid: 'k1' })
      .sign(key === 'other' ? other.privateKey : (key ?? privateKey));
  };
  return {
    issuer,
    sign,
    nowSeconds,
    publicJwk: jwk,
    keyReads: () => keyReads,
    close: () => server.close(),
  };
}

let issuer: Awaited<ReturnType<typeof startIssuer>>;
let here: ApiBench;
/** Another replica on the same database. */
let there: ApiBench;
beforeAll(async () => {
  issuer = await startIssuer();
  const oidc = { OIDC_ISSUER: issuer.issuer, OIDC_AUDIENCE: 'accountsync' };
  here = await ApiBench.start({ variables: { ROLE: 'server', ...oidc } });
  const { directUrl } = here.application.core;
  there = await ApiBench.start({
    variables: { ROLE: 'server', DATABASE_URL: directUrl, MIGRATE_ON_START: 'false', ...oidc },
  });
});
afterAll(async () => {
  await there.stop();
  await here.stop();
  issuer.close();
});

const KEY_FIELDS =
  'id name principal prefix scopes originSystems state createdBy expiresAt lastUsedAt revokedAt revokedBy';
const CREATE = `mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) {
  apiKey { ${KEY_FIELDS} } secret userErrors { code message path } } }`;

async function createKey(input: Readonly<Record<string, unknown>>) {
  const { createApiKey } = await here.portal.read(CREATE, { input });
  return createApiKey;
}

async function keyOf(input: Readonly<Record<string, unknown>>): Promise<{ id: string; secret: string }> {
  const { apiKey, secret, userErrors } = await createKey(input);
  expect(userErrors).toEqual([]);
  return { id: apiKey.id, secret };
}

async function revoke(id: string): Promise<void> {
  const source = `mutation($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { state revokedBy } userErrors { code } } }`;
  expect(await here.portal.read(source, { id })).toEqual({
    revokeApiKey: { apiKey: { state: 'REVOKED', revokedBy: 'admin' }, userErrors: [] },
  });
}

const portal = (bench: ApiBench, key: string) => new Portal(bench.url, key, { 'accept-language': 'en' });
const errorOf = async (
  call: Promise<{ status: number; body: { errors?: { message: string; extensions: { code: string } }[] } }>,
) => {
  const { status, body } = await call;
  return [status, body.errors?.[0]?.extensions.code];
};
const REQUESTS = { query: '{ requests(first: 1) { totalCount } }' };

/** A socket that is signed in, and how it closed; a key that is made when it is asked for is as fresh as can be. */
async function openSocket(bench: ApiBench, key: string | (() => Promise<string>)) {
  const socket = new WebSocket(bench.url.replace('http', 'ws'), 'graphql-transport-ws');
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
  });
  const messages: Promise<unknown>[] = [];
  const waiting: ((message: unknown) => void)[] = [];
  socket.on('message', (data) => {
    const message: unknown = JSON.parse(String(data));
    const next = waiting.shift();
    if (next === undefined) messages.push(Promise.resolve(message));
    else next(message);
  });
  const send = (message: unknown) => socket.send(JSON.stringify(message));
  const next = (): Promise<unknown> => messages.shift() ?? new Promise((resolve) => waiting.push(resolve));
  await once(socket, 'open');
  const authorization = `Bearer ${typeof key === 'string' ? key : await key()}`;
  send({ type: 'connection_init', payload: { authorization, locale: 'en' } });
  return { send, next, closed, terminate: () => socket.terminate() };
}

/** The last answer of a subscription over SSE, once the server ended it. */
async function lastOfStream(bench: ApiBench, key: string, requestId: string, onFirst: () => Promise<void>) {
  const response = await fetch(bench.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'accept-language': 'en',
      authorization: `Bearer ${key}`,
    },
    body: JSON.stringify({
      query: `subscription { requestProgress(requestId: "${requestId}") { percent } }`,
    }),
  });
  expect(response.status).toBe(200);
  let text = '';
  let seen = false;
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (!seen && text.includes('"percent"')) {
      seen = true;
      await onFirst();
    }
  }
  return text;
}

describe('API keys', () => {
  test('are shown once, recognisable, and listed by their prefix', async () => {
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const created = await createKey({
      name: ' OA portal ',
      scopes: ['requests:read', 'requests:read'],
      expiresAt,
    });
    expect(created.userErrors).toEqual([]);
    expect(created.secret).toMatch(/^as_live_[0-9a-f]{48}$/);
    const listed = {
      id: created.apiKey.id,
      name: 'OA portal',
      principal: 'OA portal',
      prefix: created.secret.slice(0, 16),
      scopes: ['requests:read'],
      originSystems: null,
      state: 'ACTIVE',
      createdBy: 'admin',
      expiresAt,
      lastUsedAt: null,
      revokedAt: null,
      revokedBy: null,
    };
    expect(created.apiKey).toEqual(listed);
    const list = `{ apiKeys(first: 5, principal: "OA portal", state: [ACTIVE]) { totalCount nodes { ${KEY_FIELDS} } } }`;
    const before = await here.portal.read(list);
    expect(before.apiKeys).toEqual({ totalCount: 1, nodes: [listed] });
    expect(JSON.stringify(before)).not.toContain(created.secret.slice(16));

    expect(await portal(there, created.secret).read(REQUESTS.query)).toEqual({
      requests: { totalCount: expect.any(Number) },
    });
    await expect
      .poll(async () => (await here.portal.read(list)).apiKeys.nodes[0].lastUsedAt)
      .toEqual(expect.any(String));
    const { rows } = await here.db
      .selectFrom('api_key')
      .selectAll()
      .execute()
      .then((rows) => ({ rows }));
    expect(JSON.stringify(rows)).not.toContain(created.secret.slice(20));
  });

  test('say everything that is wrong with what was asked for, in both languages', async () => {
    const input = {
      name: 'oidc:somebody',
      scopes: ['requests:read', 'operate', 'everything'],
      originSystems: ['OA', ' '],
      expiresAt: '2020-01-01T00:00:00Z',
    };
    const { apiKey, secret, userErrors } = await createKey(input);
    expect([apiKey, secret]).toEqual([null, null]);
    expect(
      userErrors.map(({ code, path }: { code: string; path: string[] }) => [code, path.join('.')]),
    ).toEqual([
      ['INVALID', 'name'],
      ['INVALID', 'scopes.1'],
      ['INVALID', 'scopes.2'],
      ['REQUIRED', 'originSystems.1'],
      ['INVALID', 'expiresAt'],
    ]);
    expect(userErrors[1].message).toContain('requests:write, requests:read');
    const chinese = await here.as({ language: 'zh' }).read(CREATE, { input });
    expect(chinese.createApiKey.userErrors[1].message).toContain('限定来源系统');
  });

  test('that are unknown, malformed or expired get the same answer', async () => {
    const { id, secret } = await keyOf({ name: 'short', scopes: ['requests:read'] });
    await here.db
      .updateTable('api_key')
      .set({ expires_at: new Date(Date.now() - 1) })
      .where('name', '=', 'short')
      .execute();
    const forged = `${secret.slice(0, -1)}${secret.endsWith('0') ? '1' : '0'}`;
    const answers = await Promise.all(
      [secret, forged, 'rubbish'].map((key) => portal(here, key).post(REQUESTS)),
    );
    for (const { status, body } of answers) {
      expect(status).toBe(401);
      expect(body.errors[0].message).toBe(answers[0]?.body.errors[0].message);
    }
    const { node } = await here.portal.read('query($id: ID!) { node(id: $id) { ... on ApiKey { state } } }', {
      id,
    });
    expect(node.state).toBe('EXPIRED');
  });

  test('are for admins only to see and make', async () => {
    const { secret, id } = await keyOf({
      name: 'curious',
      scopes: ['operate', 'requests:read', 'developer'],
    });
    const curious = portal(here, secret);
    expect(await errorOf(curious.post({ query: '{ apiKeys(first: 1) { totalCount } }' }))).toEqual([
      403,
      'FORBIDDEN',
    ]);
    expect(await curious.read('query($id: ID!) { node(id: $id) { id } }', { id })).toEqual({ node: null });
  });
});

describe('a portal’s key', () => {
  test('says what its principal means, and offers those of keys it may renew', async () => {
    const NOTICE = `mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) {
      apiKey { principal } notice userErrors { code } } }`;
    const create = async (input: object) => {
      const scopes = ['requests:read'];
      const answer = await here.portal.read(NOTICE, {
        input: { scopes, originSystems: ['Renewal'], ...input },
      });
      return answer.createApiKey;
    };
    expect(await create({ name: 'first' })).toMatchObject({
      apiKey: { principal: 'first' },
      notice: expect.stringMatching(/rotateApiKey.*principal "first"/),
    });
    expect((await create({ name: 'second' })).notice).toContain('keys of first');
    expect(await create({ name: 'third', principal: 'first' })).toMatchObject({
      apiKey: { principal: 'first' },
      notice: null,
    });
    const key = await keyOf({ name: 'cased', scopes: ['requests:write'], originSystems: ['Cased'] });
    const sent = await portal(here, key.secret).post({
      query: 'mutation($input: CreateAccountsInput!) { createAccounts(input: $input) { replayed } }',
      variables: { input: batchOf(1, { originSystem: 'CASED' }) },
    });
    expect(sent.body.errors[0].message).toContain('case-sensitive: your key is bound to "Cased"');
  });

  test('sends and sees requests of its origin system, under its own idempotency keys', async () => {
    const oa = portal(
      here,
      (await keyOf({ name: 'oa', scopes: ['requests:write', 'requests:read'], originSystems: ['OA'] }))
        .secret,
    );
    const hr = portal(
      here,
      (await keyOf({ name: 'hr', scopes: ['requests:write', 'requests:read'], originSystems: ['HR'] }))
        .secret,
    );
    const input = { ...batchOf(1), originSystem: 'OA', idempotencyKey: 'same' };
    const requestId = await oa.submit(input);
    expect(await oa.createAccounts(input)).toMatchObject({ request: { requestId }, replayed: true });
    // The same idempotency key of another principal is another one.
    const otherId = await hr.submit({ ...input, originSystem: 'HR' });
    expect(otherId).not.toBe(requestId);
    expect(
      await errorOf(
        hr.post({
          query: 'mutation($input: CreateAccountsInput!) { createAccounts(input: $input) { replayed } }',
          variables: { input },
        }),
      ),
    ).toEqual([403, 'FORBIDDEN']);

    const seen = '{ requests(first: 9) { nodes { requestId createdBy } } }';
    expect((await oa.read(seen)).requests.nodes).toEqual([{ requestId, createdBy: 'oa' }]);
    expect((await hr.read(seen)).requests.nodes).toEqual([{ requestId: otherId, createdBy: 'hr' }]);
    const one = 'query($id: String!) { request(requestId: $id) { requestId } }';
    expect(await hr.read(one, { id: requestId })).toEqual({ request: null });
    for (const transport of ['websocket', 'sse'] as const)
      await expect(hr.watch(requestId, transport).next()).rejects.toThrow('NOT_FOUND');
  });
});

describe('what ends a key', () => {
  test('revocation: calls, sockets and streams of every replica end', async () => {
    const requestId = await here.portal.submit(batchOf(1));
    const { id, secret } = await keyOf({ name: 'leaver', scopes: ['requests:read'] });
    const caller = portal(there, secret);
    await caller.read(REQUESTS.query);
    const socket = await openSocket(there, secret);
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
    const stream = await lastOfStream(there, secret, requestId, () => revoke(id));
    expect(stream).toContain('"code":"UNAUTHENTICATED"');
    expect(stream.trimEnd().split('\n').at(-2)).toContain('event: complete');
    expect(await socket.closed).toEqual({ code: 4403, reason: expect.stringContaining('revoked') });
    expect(await errorOf(caller.post(REQUESTS))).toEqual([401, 'UNAUTHENTICATED']);
    expect(await errorOf(portal(here, secret).post(REQUESTS))).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('rotation: both work until the overlap is over, then what stands on the old one ends', async () => {
    const { id, secret: old } = await keyOf({
      name: 'rotating',
      scopes: ['requests:read'],
      originSystems: ['OA'],
    });
    const source = `mutation($id: ID!, $seconds: Int!) { rotateApiKey(input: { id: $id, overlapSeconds: $seconds }) {
      apiKey { principal scopes originSystems state } previous { state expiresAt } secret userErrors { code } } }`;
    const refused = await here.portal.read(source, { id, seconds: -1 });
    expect(refused.rotateApiKey).toMatchObject({ secret: null, userErrors: [{ code: 'INVALID' }] });
    const socket = await openSocket(there, old);
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
    const { rotateApiKey } = await here.portal.read(source, { id, seconds: 3_600 });
    expect(rotateApiKey).toEqual({
      apiKey: { principal: 'rotating', scopes: ['requests:read'], originSystems: ['OA'], state: 'ACTIVE' },
      previous: { state: 'ACTIVE', expiresAt: expect.any(String) },
      secret: expect.stringMatching(/^as_live_/),
      userErrors: [],
    });
    const restMs = Date.parse(rotateApiKey.previous.expiresAt) - Date.now();
    expect(restMs).toBeGreaterThan(3_000_000);
    expect(restMs).toBeLessThanOrEqual(3_600_000);
    for (const key of [old, rotateApiKey.secret]) await portal(there, key).read(REQUESTS.query);
    // The rest of the hour passes; the end of it, as it comes.
    await sql`update api_key set expires_at = clock_timestamp() + interval '0.5 seconds' where prefix = ${old.slice(0, 16)}`.execute(
      here.db,
    );
    expect(await socket.closed).toMatchObject({ code: 4403 });
    expect(await errorOf(portal(there, old).post(REQUESTS))).toEqual([401, 'UNAUTHENTICATED']);
    await portal(there, rotateApiKey.secret).read(REQUESTS.query);
    expect((await here.portal.read(source, { id, seconds: 1 })).rotateApiKey.userErrors).toEqual([
      { code: 'INVALID_STATE' },
    ]);
  });

  test('a change of what it permits, also by SQL', async () => {
    const { secret } = await keyOf({ name: 'shrinking', scopes: ['requests:read', 'operate'] });
    const socket = await openSocket(there, secret);
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
    await here.db
      .updateTable('api_key')
      .set({ scopes: ['requests:read'] })
      .where('name', '=', 'shrinking')
      .execute();
    expect(await socket.closed).toMatchObject({ code: 4403 });
  });
});

describe('a watch token', () => {
  const CREATE_TOKEN = `mutation($id: String!) { createWatchToken(input: { requestId: $id }) { token expiresAt userErrors { code } } }`;

  test('reads and watches one request from any replica, and nothing else', async () => {
    const requestId = await here.portal.submit(batchOf(1));
    const otherId = await here.portal.submit(batchOf(1));
    const { id, secret } = await keyOf({ name: 'page', scopes: ['requests:read'] });
    const { createWatchToken } = await portal(here, secret).read(CREATE_TOKEN, { id: requestId });
    expect(createWatchToken.token).toMatch(/^as_watch_[0-9a-f]{48}$/);
    const minutes = (Date.parse(createWatchToken.expiresAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(59);
    expect(minutes).toBeLessThanOrEqual(60.1);

    const watcher = portal(there, createWatchToken.token);
    for (const transport of ['websocket', 'sse'] as const) {
      const events = watcher.watch(requestId, transport);
      expect((await events.next()).value).toMatchObject({ request: { requestId } });
      await events.return(undefined);
      await expect(watcher.watch(otherId, transport).next()).rejects.toThrow('NOT_FOUND');
    }
    expect(
      await watcher.read(
        `{ requests(first: 9) { nodes { requestId items(first: 1) { nodes { employeeName } } } } node(id: "${id}") { id } }`,
      ),
    ).toEqual({
      requests: {
        nodes: [{ requestId, items: { nodes: [{ employeeName: expect.stringMatching(/\*$/) }] } }],
      },
      node: null,
    });
    const create = {
      query: 'mutation($input: CreateAccountsInput!) { createAccounts(input: $input) { replayed } }',
      variables: { input: batchOf(1) },
    };
    expect(await errorOf(watcher.post(create))).toEqual([403, 'FORBIDDEN']);
    expect(await errorOf(watcher.post({ query: CREATE_TOKEN, variables: { id: requestId } }))).toEqual([
      403,
      'FORBIDDEN',
    ]);
    expect(
      (await here.portal.read(`{ apiKeys(first: 100) { nodes { prefix } } }`)).apiKeys.nodes,
    ).not.toContainEqual({
      prefix: createWatchToken.token.slice(0, 17),
    });

    const socket = await openSocket(there, createWatchToken.token);
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
    await revoke(id);
    expect(await socket.closed).toMatchObject({ code: 4403 });
  });

  test('is not made for a request that the caller does not see', async () => {
    const answer = {
      createWatchToken: { token: null, expiresAt: null, userErrors: [{ code: 'NOT_FOUND' }] },
    };
    expect(await here.portal.read(CREATE_TOKEN, { id: 'req_20261122_000000000000' })).toEqual(answer);
    const requestId = await here.portal.submit(batchOf(1));
    const { secret } = await keyOf({
      name: 'foreign',
      scopes: ['requests:read'],
      originSystems: ['elsewhere'],
    });
    expect(await portal(here, secret).read(CREATE_TOKEN, { id: requestId })).toEqual(answer);
  });
});

describe('tokens of an issuer', () => {
  test('are accepted with the scopes of their scope claim; the keys are read once', async () => {
    const reader = portal(here, await issuer.sign());
    await reader.read(REQUESTS.query);
    await reader.read(REQUESTS.query);
    expect(issuer.keyReads()).toBe(1);
    expect(await errorOf(reader.post({ query: '{ settings { key } }' }))).toEqual([403, 'FORBIDDEN']);
    const writer = portal(here, await issuer.sign({ scope: ['requests:write', 'requests:read'] }));
    const requestId = await writer.submit({ ...batchOf(1), businessKey: 'by-token' });
    const { request } = await here.portal.read(
      'query($id: String!) { request(requestId: $id) { createdBy } }',
      { id: requestId },
    );
    expect(request).toEqual({ createdBy: 'oidc:li.lei' });
  });

  test.each([
    ['another audience', () => issuer.sign({ aud: 'payroll' })],
    ['another issuer', () => issuer.sign({ iss: 'https://elsewhere.example.com' })],
    ['another key', () => issuer.sign({}, { key: 'other' })],
    [
      'a shared secret made of the public key',
      () =>
        issuer.sign({}, { alg: 'HS256', key: new TextEncoder().encode(JSON.stringify(issuer.publicJwk)) }),
    ],
    [
      'no signature',
      async () =>
        `${(await issuer.sign()).split('.').slice(0, 2).join('.')}.x`.replace(
          /^[^.]+/,
          Buffer.from('{"alg":"none"}').toString('base64url'),
        ),
    ],
    ['no subject', () => issuer.sign({ sub: undefined })],
    ['no end', () => issuer.sign({ exp: undefined })],
    ['a time to come', () => issuer.sign({ nbf: issuer.nowSeconds() + 120 })],
    ['an end more than a minute ago', () => issuer.sign({ exp: issuer.nowSeconds() - 62 })],
  ])('are refused with %s', async (_, sign) => {
    expect(await errorOf(portal(here, await sign()).post(REQUESTS))).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('hold a minute longer, for clocks that differ; sockets end then', async () => {
    await portal(here, await issuer.sign({ exp: issuer.nowSeconds() - 30 })).read(REQUESTS.query);
    const socket = await openSocket(here, () => issuer.sign({ exp: Date.now() / 1_000 - 57.5 }));
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
    expect(await socket.closed).toMatchObject({ code: 4403 });
  });
});

describe('rate limits', () => {
  test('bound a principal over all replicas, with the time to wait', async () => {
    const { secret } = await keyOf({ name: 'busy', scopes: ['requests:read'] });
    const overrides = {
      query:
        'mutation($v: JSON!) { updateSetting(input: { key: "api_rate_limit_overrides", value: $v }) { userErrors { code } } }',
      variables: { v: { busy: 5 } },
    };
    expect((await here.portal.post(overrides)).body.data.updateSetting.userErrors).toEqual([]);
    const state = '{ rateLimit { limit remaining resetAt } }';
    await expect
      .poll(async () => (await portal(there, secret).post({ query: state })).body.data?.rateLimit?.limit ?? 5)
      .toBe(5);

    const answers = [];
    for (let call = 0; call < 6; call += 1)
      answers.push(await portal(call % 2 === 0 ? here : there, secret).post({ query: state }));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.body.errors[0].extensions).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterSeconds: expect.any(Number),
    });
    const response = await fetch(here.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: state }),
    });
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    await response.text();

    const socket = await openSocket(here, secret);
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
    socket.send({ type: 'subscribe', id: 'a', payload: { query: state } });
    expect(await socket.next()).toMatchObject({
      type: 'error',
      id: 'a',
      payload: [{ extensions: { code: 'RATE_LIMITED' } }],
    });
    socket.send({ type: 'ping' });
    expect(await socket.next()).toEqual({ type: 'pong' });
    socket.terminate();
    // Everybody else goes on.
    expect(await here.portal.read(state)).toMatchObject({ rateLimit: { limit: 60_000 } });
  });
});
