import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { RestCaller, sampleOf } from './caller.ts';

const CREATE = '/account-creation/create_accounts/';

let bench: ApiBench;
let caller: RestCaller;

beforeAll(async () => {
  bench = await ApiBench.start();
  caller = new RestCaller(bench.url);
  await bench.portal.mapDepartments(['D001', 'D002', '120000']);
});
afterAll(() => bench.stop());

const detail = (id: string, headers = {}) => caller.get(`/account-creation/requests/${id}/`, { headers });
const finished = (id: string) => detail(id, { prefer: 'wait=60' });
const oldBatch = (people: number, given = {}) => ({
  ...batchOf(people),
  systemList: ['idaas', 'welink', 'email'],
  ...given,
});

describe('the payloads of the documents', () => {
  test('of 001 is taken as it stands, and its accounts come into being', async () => {
    const { status, body, headers } = await caller.post(CREATE, sampleOf('create-accounts-001'));
    expect(status).toBe(201);
    expect(body).toEqual({
      success: true,
      requestId: expect.stringMatching(/^req_\d{8}_[0-9a-f]{12}$/),
      status: 'pending',
      totalUsers: 2,
      message: '请求已提交，正在处理中',
      errors: [],
      created_tasks: 0,
      tasks: [],
      replayed: false,
      rejectedUsers: 0,
    });
    expect(headers.get('location')).toBe(`${caller.root}/account-creation/requests/${body.requestId}/`);
    const { body: request } = await finished(body.requestId);
    expect(request).toMatchObject({
      requestId: body.requestId,
      request_id: body.requestId,
      originSystem: 'HR_SYSTEM',
      origin_system: 'HR_SYSTEM',
      businessKey: 'BATCH_20250121_001',
      accountType: '供应商',
      employeeType: '1',
      systemList: ['idaas', 'welink', 'email'],
      status: 'completed',
      status_display: '已完成',
      totalUsers: 2,
      processed_users: 2,
      progress: '100.0%',
      errorSummary: null,
    });
    expect(request.createdAt).toMatch(/Z$/);
    expect(request.created_at).toMatch(/\+08:00$/);
    expect(Date.parse(request.created_at)).toBe(Date.parse(request.createdAt));
    expect(request).not.toHaveProperty('statusDisplay');
    const [first] = request.items;
    expect(first).toMatchObject({
      id: expect.any(Number),
      employeeNumber: 'TEST001',
      employee_number: 'TEST001',
      employeeName: '张三',
      departmentCode: 'D001',
      phoneNumber: '13800138001',
      partnerCompany: '测试公司',
      country: '中国',
      status: 'completed',
      status_display: '已完成',
      hrPersonInfo: { employeeNumber: 'TEST001', fullName: '张三' },
      hr_person_info: { employee_number: 'TEST001', full_name: '张三', email: first.hrPersonInfo.email },
      errorMessage: null,
    });
  });

  test('of 002 is taken as it stands, with values that only the first system knew', async () => {
    const { status, body } = await caller.post(CREATE, sampleOf('create-accounts-002'));
    expect(status).toBe(201);
    const { body: request } = await finished(body.requestId);
    expect(request).toMatchObject({
      originSystem: 'oa',
      businessKey: '65090',
      accountType: 'personal',
      employeeType: 'W',
      processedUsers: 1,
      items: [{ employeeNumber: 'P000126', phoneNumber: '1234567890', country: 'cn' }],
    });
  });
});

describe('the same again', () => {
  test('in another order is the same request, with its state of now', async () => {
    const batch = oldBatch(2);
    const first = await caller.post(CREATE, batch);
    await finished(first.body.requestId);
    const turned = {
      ...batch,
      systemList: batch.systemList.toReversed(),
      userList: batch.userList.toReversed(),
    };
    const { status, body } = await caller.post(CREATE, turned);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      requestId: first.body.requestId,
      replayed: true,
      status: 'completed',
      created_tasks: 6,
    });
    expect(body.tasks).toHaveLength(6);
  });

  test('other people under the same business key are a request of their own', async () => {
    const first = await caller.post(CREATE, oldBatch(1, { businessKey: '65090' }));
    const second = await caller.post(CREATE, oldBatch(1, { businessKey: '65090' }));
    expect(second.status).toBe(201);
    expect(second.body.requestId).not.toBe(first.body.requestId);
  });

  test('an Idempotency-Key that was used for something else is refused with 422', async () => {
    const headers = { 'idempotency-key': 'form-17' };
    const first = await caller.post(CREATE, oldBatch(1), { headers });
    const { status, body } = await caller.post(CREATE, oldBatch(1), { headers });
    expect(status).toBe(422);
    expect(body).toEqual({
      success: false,
      errors: { non_field_errors: [expect.stringContaining(first.body.requestId)] },
      code: 'IDEMPOTENCY_KEY_REUSED',
      existingRequestId: first.body.requestId,
    });
  });
});

describe('what is wrong with a call', () => {
  test('is said of every field at once, in Chinese, and nothing is stored', async () => {
    const before = await bench.db.selectFrom('account_request').selectAll().execute();
    const { status, body } = await caller.post(CREATE, {
      originSystem: 7,
      businessKey: true,
      systemList: ['idaas', 'oracle'],
      userList: [{ employeeNumber: 'A 1', phoneNumber: {} }, 'somebody', oldBatch(1).userList[0]],
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      success: false,
      errors: {
        businessKey: ['应为字符串。'],
        accountType: [expect.stringContaining('没有填写')],
        systemList: { 1: [expect.stringContaining('oracle')] },
        userList: {
          0: {
            employeeNumber: [expect.stringContaining('U+0020')],
            employeeName: [expect.stringContaining('没有填写')],
            phoneNumber: ['应为字符串。'],
          },
          1: { non_field_errors: [expect.stringContaining('JSON 对象')] },
        },
      },
    });
    expect(body.errors).not.toHaveProperty('originSystem');
    expect(body.userErrorCount).toBe(body.userErrors.length);
    expect(body.userErrors).toContainEqual({
      code: 'REQUIRED',
      message: expect.any(String),
      path: ['accountType'],
      employeeNumber: null,
    });
    expect(await bench.db.selectFrom('account_request').selectAll().execute()).toHaveLength(before.length);
  });

  test.for([
    ['an empty systemList', { systemList: [] }, 'systemList'],
    ['only unknown systems', { systemList: ['x'] }, 'systemList'],
    ['a systemList that is no list', { systemList: 'idaas' }, 'systemList'],
    ['an empty userList', { userList: [] }, 'userList'],
    ['no userList', { userList: null }, 'userList'],
  ] as const)('%s is refused', async ([, given, field]) => {
    const { status, body } = await caller.post(CREATE, { ...oldBatch(1), ...given });
    expect(status).toBe(400);
    expect(Object.keys(body.errors)).toEqual([field]);
  });

  test('numbers count as their digits, and system names in any case', async () => {
    const batch = oldBatch(1, { businessKey: 65091, systemList: ['IDAAS'] });
    const [user] = batch.userList;
    const { status, body } = await caller.post(CREATE, {
      ...batch,
      userList: [{ ...user, phoneNumber: 13900139000, employeeNumber: 900719925474099 }],
    });
    expect(status).toBe(201);
    const { body: request } = await detail(body.requestId);
    expect(request).toMatchObject({
      businessKey: '65091',
      items: [{ employeeNumber: '900719925474099', phoneNumber: '13900139000' }],
    });
  });

  test('numbers that no double holds keep their digits', async () => {
    const batch = JSON.stringify(oldBatch(1)).replace(
      /"employeeNumber":"\w+"/,
      '"employeeNumber":12345678901234567891',
    );
    const { body } = await caller.post(CREATE, batch);
    const { body: request } = await detail(body.requestId);
    expect(request.items[0].employeeNumber).toBe('12345678901234567891');
  });

  test('UP03: two people whose numbers differ in the last digit beyond 2^53 stay two', async () => {
    let last = 6;
    const batch = JSON.stringify(oldBatch(2)).replace(/"employeeNumber":"\w+"/g, () => {
      last += 1;
      return `"employeeNumber":20260000000000001${last}`;
    });
    const { body } = await caller.post(CREATE, batch);
    const { body: request } = await detail(body.requestId);
    expect(request.items.map((item: { employeeNumber: string }) => item.employeeNumber)).toEqual([
      '202600000000000017',
      '202600000000000018',
    ]);
  });

  test.for(['1e21', '2.0260000000000003E17', '10001.5', '"10001.0"', '"1.0000123E7"'])(
    'UP03, PF05 and PF06: %s is no employee number',
    async (written) => {
      const batch = JSON.stringify(oldBatch(1)).replace(
        /"employeeNumber":"\w+"/,
        `"employeeNumber":${written}`,
      );
      const { status, body } = await caller.post(CREATE, batch);
      expect([status, Object.keys(body.errors.userList[0])]).toEqual([400, ['employeeNumber']]);
    },
  );

  test('with Prefer: handling=lenient the good rows are taken, and 207 says which were not', async () => {
    const batch = oldBatch(1);
    const bad = { employeeNumber: 'x y', employeeName: true };
    const { status, body } = await caller.post(
      CREATE,
      { ...batch, userList: [...batch.userList, bad] },
      { headers: { prefer: 'handling=lenient' } },
    );
    expect(status).toBe(207);
    expect(body).toMatchObject({
      success: false,
      totalUsers: 1,
      rejectedUsers: 1,
      errors: [{ user: bad, errors: { employeeName: ['应为字符串。'], country: [expect.any(String)] } }],
    });
  });

  test('lenient without a good row is 400', async () => {
    const { status } = await caller.post(CREATE, oldBatch(1, { userList: [{}] }), {
      headers: { prefer: 'handling=lenient' },
    });
    expect(status).toBe(400);
  });

  test('in English if preferred', async () => {
    const { body } = await caller.post(CREATE, oldBatch(1, { accountType: {} }), {
      headers: { 'accept-language': 'en' },
    });
    expect(body.errors.accountType).toEqual(['Not a valid string.']);
  });

  test('a form is not taken here', async () => {
    const { status, body } = await caller.call('POST', CREATE, { form: 'originSystem=oa' });
    expect(status).toBe(415);
    expect(body.detail).toContain('application/x-www-form-urlencoded');
  });
});

describe('a request', () => {
  test('that there is not is 404 with both names of the text', async () => {
    const { status, body } = await detail('req_1');
    expect(status).toBe(404);
    expect(body).toEqual({ error: '请求 req_1 不存在', detail: '请求 req_1 不存在' });
  });

  test('whose person has another name fails, and shows nothing of the other', async () => {
    const batch = oldBatch(1);
    const first = await caller.post(CREATE, batch);
    await finished(first.body.requestId);
    const [user] = batch.userList;
    const other = await caller.post(CREATE, { ...batch, userList: [{ ...user, employeeName: '欧阳修' }] });
    const { body } = await finished(other.body.requestId);
    expect(body).toMatchObject({ status: 'failed', items: [{ status: 'failed', hrPersonInfo: null }] });
  });

  test('that was cancelled shows as failed, with the true text beside it', async () => {
    await bench.portal.read(
      'mutation { updateSetting(input: { key: "task_processing_enabled", value: false }) { userErrors { code } } }',
    );
    const { body } = await caller.post(CREATE, oldBatch(1));
    await bench.portal.read(
      'mutation($id: String!) { cancelRequest(input: { requestId: $id }) { userErrors { code } } }',
      { id: body.requestId },
    );
    const { body: request } = await finished(body.requestId);
    expect(request).toMatchObject({ status: 'failed', state: 'CANCELLED', status_display: '已取消' });
  });

  test('of 600 people has them all', async () => {
    const { body } = await caller.post(CREATE, oldBatch(600));
    const { body: request } = await detail(body.requestId);
    expect(request.items).toHaveLength(600);
  });
});
