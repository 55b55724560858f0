import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { RestCaller, sampleOf } from './caller.ts';

let bench: ApiBench;
let caller: RestCaller;

beforeAll(async () => {
  bench = await ApiBench.start({ hrPeople: 300 });
  caller = new RestCaller(bench.url);
});
afterAll(() => bench.stop());

/** A request whose task failed because its department is not mapped. */
async function failedTask(department: string) {
  const batch = batchOf(1);
  const [user] = batch.userList;
  const { body } = await caller.post('/account-creation/create_accounts/', {
    ...batch,
    systemList: ['idaas', 'welink'],
    userList: [{ ...user, departmentCode: department }],
  });
  const path = `/account-creation/requests/${body.requestId}/`;
  const { body: request } = await caller.get(path, { headers: { prefer: 'wait=60' } });
  expect(request.status).toBe('failed');
  const number = user?.employeeNumber ?? '';
  const list = await caller.get(`/account-creation/?person__employee_number=${number}&account_type=idaas`);
  return { task: list.body.results[0], number, path };
}

describe('tasks', () => {
  test('that failed are shown with their logs, and tried again', async () => {
    const { task, number, path } = await failedTask('T001');
    expect(task).toMatchObject({
      id: expect.any(Number),
      task_id: expect.stringContaining(`${number}_IDAAS_`),
      status: 'failed',
      status_display: '失败',
      person_info: { employee_number: number, full_name: '张三', department: [{ department_code: 'T001' }] },
      depends_on_task: null,
      retry_count: 1,
      result_data: null,
    });
    const logs = await caller.get(`/account-creation/${task.id}/logs/`);
    expect(logs.body).toMatchObject({ count: 1, next: null });
    expect(logs.body.results).toEqual(task.error_logs);
    expect(logs.body.results[0]).toMatchObject({
      id: expect.any(Number),
      task: task.id,
      task_info: { task_id: task.task_id, person: number, account_type: 'idaas' },
      execution_attempt: 1,
      error_message: expect.stringContaining('T001'),
      error_details: { error_type: 'DEPARTMENT_UNMAPPED', stack_trace: null },
      execution_context: {
        person_id: number,
        account_type: 'idaas',
        department_code: 'T001',
        execution_attempt: 1,
      },
    });
    expect((await caller.get(`/account-creation/${task.task_id}/`)).body).toEqual(task);
    expect(
      (await caller.call('PATCH', `/account-creation/${task.id}/`, { body: { status: 'completed' } })).status,
    ).toBe(400);
    await bench.portal.mapDepartments(['T001']);
    await caller.get(path, { headers: { prefer: 'wait=60' } });
    await expect.poll(async () => (await caller.get(path)).body.status).toBe('completed');
    const again = await caller.post(`/account-creation/${task.id}/retry_task/`, undefined);
    expect(again.status).toBe(409);
    expect(again.body.code).toBe('INVALID_STATE');
  });

  test.for([
    ['PUT', { body: { status: 'PENDING' } }],
    ['PATCH', { form: 'status=pending' }],
  ] as const)('are retried by %s', async ([method, request]) => {
    const { task } = await failedTask('T002');
    const { status, body } = await caller.call(method, `/account-creation/${task.id}/`, request);
    expect(status).toBe(200);
    expect(body.task_id).toBe(task.task_id);
  });

  test('are retried by name', async () => {
    const { task } = await failedTask('T002');
    const { status, body } = await caller.post(`/account-creation/${task.id}/retry_task/`, {});
    expect(status).toBe(200);
    expect(body).toEqual({ success: true, message: expect.stringContaining(task.task_id) });
  });

  test('without operate show neither details nor context', async () => {
    const { task } = await failedTask('T003');
    const made = await bench.portal.read(
      'mutation { createApiKey(input: { name: "r", principal: "r", scopes: ["requests:read"] }) { secret } }',
    );
    const { body } = await caller.get(`/account-creation/${task.id}/logs/`, {
      key: made.createApiKey.secret,
    });
    expect(body.results[0]).toMatchObject({ error_details: null, execution_context: null });
    expect(body.results[0].error_message).not.toBe('');
  });

  test('that wait show as pending, and are counted and filtered so', async () => {
    const { number } = await failedTask('T004');
    const { body } = await caller.get(
      `/account-creation/?search=${number}&account_type=welink&status=PENDING`,
    );
    expect(body.results).toMatchObject([{ status: 'pending', state: 'WAITING', status_display: '等待依赖' }]);
    const [waiting] = body.results;
    const idaas = await caller.get(`/account-creation/?search=${number}&account_type=idaas`);
    expect(waiting.depends_on_task).toBe(idaas.body.results[0].id);
    const stats = await caller.get('/account-creation/task_stats/');
    const { welink } = stats.body.stats_by_type;
    expect(welink.total).toBe(
      welink.pending + welink.processing + welink.completed + welink.failed + welink.retry,
    );
    expect(welink.pending).toBeGreaterThan(0);
    expect(stats.body.total_tasks).toBe(
      Object.values(stats.body.stats_by_type).reduce((sum: number, type) => sum + Object(type).total, 0),
    );
  });

  test('that there are not are 404; impossible filters are 400', async () => {
    expect((await caller.get('/account-creation/99999999/')).body).toEqual({ detail: '未找到。' });
    expect((await caller.get('/account-creation/99999999/logs/')).status).toBe(404);
    expect((await caller.get('/account-creation/99999999999999999999/')).status).toBe(404);
    expect((await caller.get('/account-creation/?status=done&account_type=fax')).body).toEqual({
      status: [expect.stringContaining('done')],
      account_type: [expect.stringContaining('fax')],
    });
  });
});

describe('a work begun by hand', () => {
  test.for([
    ['/task-management/sync-hr-persons/', 'sync-hr-persons-000'],
    ['/task-management/create-account-tasks/', 'create-account-tasks-000'],
    ['/task-management/process-account-tasks/', 'process-account-tasks-000'],
    ['/task-management/sync_hr_persons/', 'sync_hr_persons-001'],
    ['/task-management/create_account_tasks/', 'create_account_tasks-001'],
    ['/task-management/process_account_tasks/', 'process_account_tasks-001'],
  ] as const)('at %s with the payload of the documents answers when it has ended', async ([path, sample]) => {
    const { status, body } = await caller.post(path, sampleOf(sample), { headers: { prefer: 'wait=120' } });
    expect([status, body.code]).toEqual([200, undefined]);
    expect(body).toMatchObject({
      status: 'success',
      mode: 'run',
      message: expect.stringContaining('执行完成'),
      runId: expect.stringMatching(/^run_/),
      summary: expect.any(Object),
    });
  });

  test('is a preview unless it says otherwise, and writes nothing', async () => {
    const before = await bench.db.selectFrom('account_task').select('id').execute();
    const { body } = await caller.post('/task-management/create_account_tasks/', { employee_status: [] });
    expect(body).toMatchObject({ status: 'success', mode: 'dry_run', message: '预览完成' });
    expect(await bench.db.selectFrom('account_task').select('id').execute()).toHaveLength(before.length);
    const empty = await caller.call('POST', '/task-management/process_account_tasks/');
    expect(empty.body.mode).toBe('dry_run');
    const form = await caller.call('POST', '/task-management/sync_hr_persons/', {
      form: 'mode=dry_run&force_full_sync=on',
    });
    expect(form.body.mode).toBe('dry_run');
  });

  test('says what is wrong with each field', async () => {
    const { status, body } = await caller.post('/task-management/process_account_tasks/', {
      mode: 'fast',
      max_tasks: 0,
    });
    expect(status).toBe(400);
    expect(body).toEqual({ mode: [expect.stringContaining('fast')], max_tasks: ['应不小于 1。'] });
    const many = await caller.post('/task-management/process_account_tasks/', {
      mode: 'run',
      max_tasks: 10_001,
    });
    expect(many.body).toEqual({ max_tasks: [expect.any(String)] });
  });

  test('with Prefer: respond-async is not waited for', async () => {
    const headers = { prefer: 'respond-async' };
    const { status, body } = await caller.post(
      '/task-management/sync_hr_persons/',
      { mode: 'dry_run' },
      { headers },
    );
    expect(status).toBe(202);
    expect(body).toMatchObject({ status: 'running', runId: expect.any(String) });
  });

  test('is 409 with a code while its switch is off', async () => {
    await caller.call('PATCH', '/sync-configs/account_creation_enabled/', { body: { value: 'false' } });
    await expect
      .poll(async () => (await caller.post('/task-management/create_account_tasks/', { mode: 'run' })).status)
      .toBe(409);
    const { body } = await caller.post('/task-management/create_account_tasks/', { mode: 'run' });
    expect(body).toMatchObject({ status: 'error', code: 'FEATURE_DISABLED' });
    await caller.call('DELETE', '/sync-configs/account_creation_enabled/');
  });

  test('that fails is 500, moves no time, and shows in sync_status', async () => {
    const before = (await caller.get('/hr-persons/sync_status/')).body;
    expect(before).toMatchObject({
      last_sync_status: 'success',
      last_sync_time: expect.stringMatching(/\+08:00$/),
    });
    await bench.sandbox.control.addFault({
      system: 'HIEDS',
      operation: 'page',
      fault: 'status',
      status: 403,
      times: 'forever',
    });
    const { status, body } = await caller.post(
      '/task-management/sync_hr_persons/',
      { mode: 'run' },
      {
        headers: { prefer: 'wait=120' },
      },
    );
    expect(status).toBe(500);
    expect(body).toMatchObject({ status: 'error', mode: 'run', message: expect.any(String) });
    const after = (await caller.get('/hr-persons/sync_status/')).body;
    expect(after.last_sync_status).toMatch(/^failed: /);
    expect(after.last_sync_time).toBe(before.last_sync_time);
  });
});
