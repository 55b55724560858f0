import { Buffer } from 'node:buffer';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_KEY, ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';

// A server alone: what is accepted stays as it was accepted.
let bench: ApiBench;
beforeAll(async () => {
  bench = await ApiBench.start({ variables: { ROLE: 'server' } });
});
afterAll(() => bench.stop());

/** Rows that a call leaves behind. */
async function stored(): Promise<unknown> {
  const { rows } = await sql`
    select (select count(*)::int from account_request) as requests, (select count(*)::int from request_item) as items,
      (select count(*)::int from pgboss.job) as jobs, (select count(*)::int from person) as people`.execute(
    bench.db,
  );
  return rows[0];
}

/** Sends a call that must be refused as a whole and leave nothing; returns its errors as `CODE path`. */
async function refused(input: Readonly<Record<string, unknown>>): Promise<string[]> {
  const before = await stored();
  const { request, userErrors, userErrorCount } = await bench.portal.createAccounts(input);
  expect(request).toBeNull();
  expect(userErrorCount).toBeGreaterThan(0);
  expect(await stored()).toEqual(before);
  return userErrors.map((error: { code: string; path: string[] }) => `${error.code} ${error.path.join('.')}`);
}

/** One row with some fields changed. */
function rowWith(fields: Readonly<Record<string, unknown>>) {
  const batch = batchOf(1);
  return { ...batch, userList: batch.userList.map((user) => ({ ...user, ...fields })) };
}

describe('a bad batch', () => {
  test('gets all errors at once, with their paths, and stores nothing', async () => {
    const [good, bad, long, twin] = batchOf(4).userList;
    const errors = await refused({
      originSystem: ' ',
      businessKey: 'x'.repeat(51),
      accountType: '',
      employeeType: '1',
      systemList: ['IDAAS', 'IDAAS'],
      idempotencyKey: '',
      userList: [
        good,
        { ...bad, employeeNumber: null, phoneNumber: 'call me', country: '' },
        { ...long, employeeName: '张'.repeat(101), departmentCode: 'a\u0007b' },
        { ...twin, employeeNumber: good?.employeeNumber.toLowerCase() },
        {},
      ],
    });
    expect(errors).toEqual([
      'REQUIRED originSystem',
      'TOO_LONG businessKey',
      'REQUIRED accountType',
      'REQUIRED idempotencyKey',
      'REQUIRED userList.1.employeeNumber',
      'INVALID userList.1.phoneNumber',
      'REQUIRED userList.1.country',
      'TOO_LONG userList.2.employeeName',
      'INVALID userList.2.departmentCode',
      'DUPLICATE_ROW userList.3.employeeNumber',
      'REQUIRED userList.4.employeeNumber',
      'REQUIRED userList.4.employeeName',
      'REQUIRED userList.4.departmentCode',
      'REQUIRED userList.4.phoneNumber',
      'REQUIRED userList.4.country',
    ]);
  });

  test('shows the first 1,000 problems and counts all', async () => {
    const { userErrors, userErrorCount } = await bench.portal.createAccounts(
      batchOf(0, { userList: Array.from({ length: 500 }, () => ({})) }),
    );
    expect(userErrors).toHaveLength(1_000);
    expect(userErrorCount).toBe(2_500);
  });

  test.each([
    ['no people', { userList: [] }, ['REQUIRED userList']],
    ['no systems', { systemList: [] }, ['REQUIRED systemList']],
    ['neither', { systemList: [], userList: [] }, ['REQUIRED systemList', 'REQUIRED userList']],
  ])('with %s is refused', async (_, given, errors) => {
    expect(await refused(batchOf(1, given))).toEqual(errors);
  });

  test('under ACCEPT_VALID stores its good rows, and reports the others', async () => {
    const batch = batchOf(3, { onInvalid: 'ACCEPT_VALID' });
    const userList = batch.userList.map((user, index) =>
      index === 1 ? { ...user, employeeName: ' ' } : user,
    );
    const answer = await bench.portal.createAccounts({ ...batch, userList });
    expect(answer).toMatchObject({
      request: { totalUsers: 2 },
      userErrorCount: 1,
      userErrors: [
        {
          code: 'REQUIRED',
          path: ['userList', '1', 'employeeName'],
          employeeNumber: userList[1]?.employeeNumber,
        },
      ],
    });
    const { request } = await bench.portal.read(
      `query Q($id: String!) { request(requestId: $id) { rejectedUsers items(first: 10) { nodes { position } } } }`,
      { id: answer.request.requestId },
    );
    expect(request).toEqual({ rejectedUsers: 1, items: { nodes: [{ position: 0 }, { position: 2 }] } });
  });
});

describe('characters that cannot be stored', () => {
  test.each([
    ['NUL', 'a\0b'],
    ['a lone surrogate', 'a\ud800b'],
    ['a private one', 'a\ue000b'],
  ])('%s is refused where it stands, however it is written', async (_, text) => {
    const path = ['INVALID userList.0.employeeName'];
    expect(await refused(rowWith({ employeeName: text }))).toEqual(path);
    expect(await refused(batchOf(1, { businessKey: text }))).toEqual(['INVALID businessKey']);
    expect(await refused(batchOf(1, { idempotencyKey: text }))).toEqual(['INVALID idempotencyKey']);
    // JSON.stringify writes lone surrogates and controls as escapes by itself; this is the escape of everything.
    const escaped = JSON.stringify({
      query:
        'mutation M($input: CreateAccountsInput!) { createAccounts(input: $input) { userErrors { code path } } }',
      variables: { input: rowWith({ employeeName: 'PLACE' }) },
    }).replace('PLACE', escapeAll(text));
    const { body } = await bench.portal.post(escaped);
    expect(body).toEqual({
      data: {
        createAccounts: { userErrors: [{ code: 'INVALID', path: ['userList', '0', 'employeeName'] }] },
      },
    });
  });

  test('a body in another encoding is refused as a whole', async () => {
    const before = await stored();
    const text = JSON.stringify({
      query: 'mutation M($input: CreateAccountsInput!) { createAccounts(input: $input) { request { id } } }',
      variables: { input: rowWith({ employeeName: 'GBK' }) },
    });
    const [head = '', tail = ''] = text.split('GBK');
    const response = await fetch(bench.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${API_KEY}` },
      // 张三 in GB 18030.
      body: Buffer.concat([Buffer.from(head), Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]), Buffer.from(tail)]),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ message: 'The body is not valid UTF-8.', extensions: { code: 'BAD_REQUEST' } }],
    });
    expect(await stored()).toEqual(before);
  });

  test('in an id or a filter find nothing', async () => {
    for (const text of ['a\0b', 'a\ud800b']) {
      const answer = await bench.portal.read(
        `query Q($t: String!, $id: ID!) { request(requestId: $t) { id } task(taskId: $t) { id } node(id: $id) { id }
          person(employeeNumber: $t) { id } departmentMappings(first: 1, search: $t) { totalCount }
          requests(first: 1, filter: { businessKey: $t }) { totalCount }
          tasks(first: 1, filter: { errorCode: [$t], requestId: $t, employeeNumber: $t }) { totalCount } }`,
        { t: text, id: text },
      );
      expect(answer).toEqual({
        request: null,
        task: null,
        node: null,
        person: null,
        departmentMappings: { totalCount: 0 },
        requests: { totalCount: 0 },
        tasks: { totalCount: 0 },
      });
      const mutations = await bench.portal.read(
        `mutation M($t: String!) { cancelRequest(input: { requestId: $t }) { userErrors { code } }
          retryRequest(input: { requestId: $t }) { userErrors { code } } retryTask(input: { taskId: $t }) { userErrors { code } } }`,
        { t: text },
      );
      const notFound = { userErrors: [{ code: 'NOT_FOUND' }] };
      expect(mutations).toEqual({ cancelRequest: notFound, retryRequest: notFound, retryTask: notFound });
    }
  });

  test('in a mapping are reported with their path, and store nothing', async () => {
    const answer = await bench.portal.read(
      `mutation M($input: UpsertDepartmentMappingsInput!) { upsertDepartmentMappings(input: $input) {
        created userErrors { code path } } }`,
      {
        input: {
          mappings: [
            { idataDepartmentCode: 'D1', idaasDepartmentCode: 'I1', ou: 'OU=1' },
            { idataDepartmentCode: 'D\0', idaasDepartmentCode: '', ou: 'OU=\ud800' },
          ],
        },
      },
    );
    expect(answer.upsertDepartmentMappings).toEqual({
      created: 0,
      userErrors: [
        { code: 'INVALID', path: ['mappings', '1', 'idataDepartmentCode'] },
        { code: 'REQUIRED', path: ['mappings', '1', 'idaasDepartmentCode'] },
        { code: 'INVALID', path: ['mappings', '1', 'ou'] },
      ],
    });
  });
});

describe('sizes', () => {
  test('10,000 users are accepted', async () => {
    const answer = await bench.portal.createAccounts(batchOf(10_000));
    expect(answer).toMatchObject({ request: { status: 'PENDING', totalUsers: 10_000 }, userErrorCount: 0 });
    const { request } = await bench.portal.read(
      `query Q($id: String!) { request(requestId: $id) { items(last: 1) { totalCount nodes { position } } } }`,
      { id: answer.request.requestId },
    );
    expect(request.items).toEqual({ totalCount: 10_000, nodes: [{ position: 9_999 }] });
  });

  test('10,001 are not', async () => {
    expect(await refused(batchOf(10_001))).toEqual(['TOO_MANY userList']);
  });

  test('a text of a megabyte is refused as too long, and not quoted', async () => {
    const input = rowWith({ employeeName: 'x'.repeat(1_000_000) });
    const { userErrors } = await bench.portal.createAccounts(input);
    expect(userErrors).toMatchObject([{ code: 'TOO_LONG', path: ['userList', '0', 'employeeName'] }]);
    expect(JSON.stringify(userErrors).length).toBeLessThan(1_000);
  });
});

describe('the same call', () => {
  test('30 times at once makes one request, and everybody gets it', async () => {
    const batch = batchOf(5);
    const before = await stored();
    const answers = await Promise.all(Array.from({ length: 30 }, () => bench.portal.createAccounts(batch)));
    expect(new Set(answers.map(({ request }) => request.requestId)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await stored()).toMatchObject({
      requests: Number(Object(before).requests) + 1,
      items: Number(Object(before).items) + 5,
      jobs: Number(Object(before).jobs) + 1,
    });
  });

  test('of many people, who are copied, is known again in another order, and told from one of fewer', async () => {
    const batch = batchOf(500);
    const first = await bench.portal.createAccounts(batch);
    expect(first.replayed).toBe(false);
    const again = { ...batch, userList: batch.userList.toReversed() };
    expect(await bench.portal.createAccounts(again)).toMatchObject({
      request: { requestId: first.request.requestId },
      replayed: true,
    });
    const fewer = { ...batch, userList: batch.userList.slice(1) };
    expect(await bench.portal.createAccounts(fewer)).toMatchObject({
      replayed: false,
      existingRequestId: first.request.requestId,
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }],
    });
  });

  test('with other people is refused, naming the request it would have found', async () => {
    const batch = batchOf(1);
    const { request } = await bench.portal.createAccounts(batch);
    const before = await stored();
    const { userList } = batchOf(1);
    const other = await bench.portal.createAccounts({ ...batch, userList });
    expect(other).toMatchObject({
      request: null,
      replayed: false,
      existingRequestId: request.requestId,
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', path: ['businessKey'] }],
    });
    expect(await stored()).toEqual(before);
  });
});

describe('what the schema refuses', () => {
  test('is BAD_USER_INPUT for every value at once, without quoting it', async () => {
    const { status, body } = await bench.portal.post({
      query: 'mutation M($input: CreateAccountsInput!) { createAccounts(input: $input) { replayed } }',
      variables: {
        input: { ...batchOf(1), systemList: ['LDAP'], userList: [{ phoneNumber: 13_800_138_000 }], more: 1 },
      },
    });
    expect(status).toBe(400);
    expect(body.errors.length).toBeGreaterThanOrEqual(3);
    for (const error of body.errors) expect(error.extensions.code).toBe('BAD_USER_INPUT');
    expect(JSON.stringify(body)).not.toContain('13800138000');
  });
});

function escapeAll(text: string): string {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}
