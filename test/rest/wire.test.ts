import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restRoutes } from '../../src/server/rest/table/route-table.ts';
import { API_KEY, ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { RestCaller } from './caller.ts';

let bench: ApiBench;
let caller: RestCaller;

beforeAll(async () => {
  bench = await ApiBench.start();
  caller = new RestCaller(bench.url);
});
afterAll(() => bench.stop());

const basic = (password: string) => `Basic ${Buffer.from(`oa:${password}`).toString('base64')}`;

async function keyOf(input: Readonly<Record<string, unknown>>): Promise<string> {
  const made = await bench.portal.read(
    'mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret userErrors { message } } }',
    { input },
  );
  return made.createApiKey.secret;
}

describe('the key', () => {
  test.for([
    ['Bearer', { authorization: `Bearer ${API_KEY}` }],
    ['Token', { authorization: `Token ${API_KEY}` }],
    ['Api-Key', { authorization: `Api-Key ${API_KEY}` }],
    ['the password of Basic', { authorization: basic(API_KEY) }],
    ['X-Api-Key', { 'x-api-key': API_KEY }],
  ] as const)('is taken as %s', async ([, headers]) => {
    expect((await caller.get('/department-mappings/', { key: null, headers })).status).toBe(200);
  });

  test.for([
    ['none', {}],
    ['a wrong one', { 'x-api-key': 'wrong' }],
    ['a scheme that is none', { authorization: `Digest ${API_KEY}` }],
    ['the name of Basic', { authorization: `Basic ${Buffer.from(`${API_KEY}:`).toString('base64')}` }],
  ] as const)('%s is 401, and never asks for Basic', async ([, headers]) => {
    const { status, body, headers: answered } = await caller.get('/hr-persons/', { key: null, headers });
    expect(status).toBe(401);
    expect(Object.keys(body)).toEqual(['detail']);
    expect(answered.get('www-authenticate')).toMatch(/^Bearer/);
    expect(answered.get('set-cookie')).toBeNull();
  });

  test('over Basic from a page of another site is 403', async () => {
    const headers = { authorization: basic(API_KEY), origin: 'https://elsewhere.example' };
    const { status } = await caller.get('/hr-persons/', { key: null, headers });
    expect(status).toBe(403);
  });

  test('permits what its scopes permit, in the words of GraphQL', async () => {
    const key = await keyOf({ name: 'reader', principal: 'reader', scopes: ['requests:read'] });
    expect((await caller.get('/account-creation/', { key })).status).toBe(200);
    const refused = await caller.get('/hr-persons/', { key });
    expect(refused.status).toBe(403);
    expect(refused.body.detail).toContain('people:read');
    expect((await caller.post('/task-management/sync_hr_persons/', {}, { key })).status).toBe(403);
  });

  test('that is bound to origin systems sees and sends only theirs', async () => {
    const scopes = ['requests:read', 'requests:write'];
    const key = await keyOf({ name: 'oa', principal: 'oa', scopes, originSystems: ['oa'] });
    const batch = { ...batchOf(1), systemList: ['idaas'] };
    const foreign = await caller.post('/account-creation/create_accounts/', batch, { key });
    expect(foreign.status).toBe(403);
    const others = await caller.post('/account-creation/create_accounts/', batch);
    const path = `/account-creation/requests/${others.body.requestId}/`;
    expect((await caller.get(path, { key })).status).toBe(404);
    expect((await caller.get('/account-creation/', { key })).body.count).toBe(0);
    const own = await caller.post(
      '/account-creation/create_accounts/',
      { ...batch, originSystem: 'oa' },
      { key },
    );
    expect(own.status).toBe(201);
  });
});

describe('an address', () => {
  test.for([
    '/department-mappings',
    '/department-mappings/',
    '/department-mappings.json',
    '/department-mappings/?format=json',
  ])('%s is the list, without a redirect', async (path) => {
    const { status, body } = await caller.get(path);
    expect(status).toBe(200);
    expect(body).toEqual({ count: 0, next: null, previous: null, results: [] });
  });

  test.for([
    '/department-mappings/1/2/',
    '/hr-persons/x/',
    '/account-creation/requests/',
    '/department-mappings/?format=xml',
    '/hr-persons/%ZZ/',
  ])('%s is 404 with a detail', async (path) => {
    const { status, body } = await caller.get(path);
    expect(status).toBe(404);
    expect(body).toEqual({ detail: '未找到。' });
  });

  test('the root names the lists', async () => {
    const { body } = await caller.get('/');
    expect(Object.keys(body)).toHaveLength(5);
    expect(body['hr-persons']).toBe(`${caller.root}/hr-persons/`);
  });

  test('the root says what may be asked there', async () => {
    const asked = await fetch(`${caller.root}/`, { method: 'OPTIONS' });
    expect([asked.status, asked.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect((await caller.post('/', {})).status).toBe(405);
  });

  test('of the back office is gone, for every caller', async () => {
    const answered = await fetch(`${caller.root}/admin/syncservice/hrperson/`);
    expect(answered.status).toBe(410);
    expect(await answered.json()).toMatchObject({ use: '/console' });
  });

  test.for([
    ['POST', '/account-creation/'],
    ['DELETE', '/account-creation/1/'],
    ['POST', '/hr-persons/'],
    ['PUT', '/hr-persons/1/'],
    ['PATCH', '/hr-persons/1/'],
    ['DELETE', '/hr-persons/1/'],
    ['GET', '/hr-persons/account_stats/'],
    ['POST', '/hr-persons/manual_sync/'],
  ] as const)('%s %s says what to use in its place', async ([method, path]) => {
    const { status, body } = await caller.call(method, path);
    expect(status).toBe(410);
    expect(body).toEqual({ detail: expect.any(String), use: expect.any(String) });
  });

  test('behind a proxy that ends TLS, links are https', async () => {
    const { body } = await caller.get('/', { headers: { 'x-forwarded-proto': 'https' } });
    expect(body['hr-persons']).toMatch(/^https:/);
  });
});

describe('a method', () => {
  test.for([...new Set(restRoutes.map(({ path }) => path))])(
    'that %s does not have is 405',
    async (template) => {
      const path = template.replace(/\{\w+\}/, '1');
      const { status, headers } = await caller.call('PURGE', path);
      expect(status).toBe(405);
      expect(headers.get('allow')).toMatch(/(GET|POST).*OPTIONS/);
    },
  );

  test('HEAD is GET without a body', async () => {
    const { status, body, headers } = await caller.call('HEAD', '/sync-configs/');
    expect([status, body]).toEqual([200, undefined]);
    expect(headers.get('content-type')).toContain('application/json');
  });

  test('OPTIONS says which there are, without a key', async () => {
    const answered = await fetch(`${caller.root}/department-mappings/1/`, { method: 'OPTIONS' });
    expect(answered.status).toBe(204);
    expect(answered.headers.get('allow')).toBe('GET, PUT, PATCH, DELETE, HEAD, OPTIONS');
  });
});

describe('a media type', () => {
  test.for([
    'application/json',
    '*/*',
    'text/html,application/xhtml+xml;q=0.9',
    'application/*;q=0.1',
    'application/json; indent=4',
  ])('Accept: %s gets JSON', async (accept) => {
    const { status, headers } = await caller.get('/sync-configs/', { headers: { accept } });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
  });

  test.for(['text/csv', 'application/xml', 'application/json;q=0, image/*'])(
    'Accept: %s is 406',
    async (accept) => {
      expect((await caller.get('/sync-configs/', { headers: { accept } })).status).toBe(406);
    },
  );

  test.for(['text/plain', 'multipart/form-data; boundary=x', 'application/xml'])(
    'a body of %s is 415',
    async (type) => {
      const headers = { 'content-type': type };
      expect((await caller.post('/department-mappings/', 'x', { headers })).status).toBe(415);
    },
  );

  test('a body that is no JSON is 400 with a detail that does not quote it', async () => {
    const { status, body } = await caller.post('/department-mappings/', '{"ou": "hunter2"');
    expect(status).toBe(400);
    expect(body).toEqual({ detail: '请求体不是有效的 JSON。' });
  });

  test('a body in another encoding is 400', async () => {
    const body = new Uint8Array([0x7b, 0x22, 0xd6, 0xd0, 0x22, 0x7d]);
    const answered = await fetch(`${caller.root}/department-mappings/`, {
      method: 'POST',
      headers: { 'x-api-key': API_KEY, 'content-type': 'application/json' },
      body,
    });
    expect(answered.status).toBe(400);
    expect(await answered.json()).toEqual({ detail: '请求体不是有效的 UTF-8。' });
  });

  test('a body that is no object is 400', async () => {
    const { status, body } = await caller.post('/department-mappings/', '[1]');
    expect(status).toBe(400);
    expect(Object.keys(body)).toEqual(['non_field_errors']);
  });

  test('a body that is too large is 413, also to who asks for the connection to be closed', async () => {
    const { status, body } = await caller.post('/department-mappings/', ' '.repeat(17 * 1024 * 1024));
    expect(status).toBe(413);
    expect(body.detail).toContain('请求体过大');
    const closing = httpRequest(`${caller.root}/account-creation/create_accounts/`, {
      method: 'POST',
      headers: { 'x-api-key': API_KEY, 'content-type': 'application/json', connection: 'close' },
      agent: false,
    });
    closing.end(Buffer.alloc(17 * 1024 * 1024, ' '));
    const [answer] = await once(closing, 'response');
    expect(answer.statusCode).toBe(413);
    answer.resume();
  });
});

describe('the service', () => {
  test('answers nothing of it while rest_enabled is off', async () => {
    await caller.call('PATCH', '/sync-configs/rest_enabled/', { body: { value: 'false' } });
    await expect.poll(async () => (await fetch(`${caller.root}/hr-persons/`)).status).toBe(404);
    expect((await fetch(`${caller.root}/openapi.json`)).status).toBe(404);
    await bench.portal.read(
      'mutation { updateSetting(input: { key: "rest_enabled", value: true }) { userErrors { code } } }',
    );
    await expect.poll(async () => (await fetch(`${caller.root}/hr-persons/`)).status).toBe(401);
  });

  test('counts calls by operation and status', async () => {
    await caller.get('/sync-configs/');
    const text = await (await fetch(`${caller.root}/metrics`)).text();
    expect(text).toMatch(
      /accountsync_rest_request_duration_seconds_count\{operation="sync_configs_list",status="200"\} \d/,
    );
  });

  test('writes the same audit as GraphQL', async () => {
    await caller.post('/department-mappings/', {
      idata_departmentcode: 'AUDITED',
      idaas_departmentcode: 'W',
      ou: 'OU=x',
    });
    const { auditEntries } = await bench.portal.read(
      'query { auditEntries(first: 1, filter: { subjectKind: "DEPARTMENT_MAPPING", subjectId: "AUDITED" }) { nodes { actor action correlationId } } }',
    );
    expect(auditEntries.nodes).toMatchObject([{ actor: 'admin', action: 'department_mapping.created' }]);
  });

  test('is limited like GraphQL', async () => {
    const key = await keyOf({ name: 'busy', principal: 'busy', scopes: ['requests:read'] });
    await bench.portal.read(
      'mutation { updateSetting(input: { key: "api_rate_limit_overrides", value: { busy: 2 } }) { userErrors { message } } }',
    );
    await expect.poll(async () => (await caller.get('/account-creation/', { key })).status).toBe(429);
    const { body, headers } = await caller.get('/account-creation/', { key });
    expect(Object.keys(body)).toEqual(['detail']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('serves curl with the key in the address', async ({ skip }) => {
    const address = `${caller.root.replace('//', `//oa:${API_KEY}@`)}/account-creation/task_stats/`;
    const answer = await runCurl(address);
    if (answer === null) return skip('curl is not installed');
    expect(JSON.parse(answer)).toMatchObject({ total_tasks: expect.any(Number) });
  });
});

/** Null: there is no curl here. */
async function runCurl(address: string): Promise<string | null> {
  try {
    return (await promisify(execFile)('curl', ['-sg', address])).stdout;
  } catch {
    return null;
  }
}
