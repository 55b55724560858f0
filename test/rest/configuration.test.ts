import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { RestCaller } from './caller.ts';

let bench: ApiBench;
let caller: RestCaller;

beforeAll(async () => {
  bench = await ApiBench.start();
  caller = new RestCaller(bench.url);
});
afterAll(() => bench.stop());

const mapping = (code: string) => ({
  idata_departmentcode: code,
  idaas_departmentcode: `WW-${code}`,
  ou: `OU=${code}`,
});

describe('department mappings', () => {
  test('are made, read, changed and deleted', async () => {
    const made = await caller.post('/department-mappings/', mapping('M1'));
    expect(made.status).toBe(201);
    const path = `/department-mappings/${made.body.id}/`;
    expect((await caller.get(path)).body).toEqual(made.body);
    const patched = await caller.call('PATCH', path, { body: { ou: 'OU=other', id: 99, unknown: 1 } });
    expect(patched.body).toEqual({ ...made.body, ou: 'OU=other' });
    const put = await caller.call('PUT', path, {
      body: { idata_departmentcode: 'IGNORED', idaas_departmentcode: 'WW2', ou: 'OU=2' },
    });
    expect(put.body).toEqual({ ...made.body, idaas_departmentcode: 'WW2', ou: 'OU=2' });
    expect((await caller.call('DELETE', path)).status).toBe(204);
    expect((await caller.get(path)).status).toBe(404);
  });

  test('come from a form too, where a number counts as its digits', async () => {
    const form = 'idata_departmentcode=120001&idaas_departmentcode=7&ou=OU%3D%E4%BE%9B%E5%BA%94%E5%95%86';
    const { status, body } = await caller.call('POST', '/department-mappings/', { form });
    expect(status).toBe(201);
    expect(body).toMatchObject({ idata_departmentcode: '120001', ou: 'OU=供应商' });
  });

  test('are refused with every problem by field', async () => {
    await caller.post('/department-mappings/', mapping('TWICE'));
    const { status, body } = await caller.post('/department-mappings/', {
      idata_departmentcode: 'TWICE',
      idaas_departmentcode: true,
    });
    expect(status).toBe(400);
    expect(body).toEqual({
      idata_departmentcode: [expect.stringContaining('已存在')],
      idaas_departmentcode: ['应为字符串。'],
      ou: ['该字段是必填项。'],
    });
    const long = await caller.post('/department-mappings/', mapping('x'.repeat(51)));
    expect(long.body).toEqual({ idata_departmentcode: [expect.any(String)] });
  });

  test('that people need are not deleted', async () => {
    const made = await caller.post('/department-mappings/', mapping('D001'));
    const batch = { ...batchOf(1), systemList: ['idaas'] };
    const { body } = await caller.post('/account-creation/create_accounts/', batch);
    await caller.get(`/account-creation/requests/${body.requestId}/`, { headers: { prefer: 'wait=60' } });
    const refused = await caller.call('DELETE', `/department-mappings/${made.body.id}/`);
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'IN_USE', detail: expect.stringContaining('D001') });
  });

  test('are paged to the end, searched and ordered', async () => {
    for (let number = 10; number < 35; number += 1)
      await caller.post('/department-mappings/', mapping(`PAGE${number}`));
    const codes: string[] = [];
    let next: string | null = '/department-mappings/?search=page&ordering=-idata_departmentcode';
    while (next !== null) {
      const page: {
        body: { next: string | null; count: number; results: { idata_departmentcode: string }[] };
      } = await caller.get(next);
      expect(page.body.count).toBe(25);
      codes.push(...page.body.results.map((row) => row.idata_departmentcode));
      next = page.body.next;
    }
    expect(codes).toEqual(Array.from({ length: 25 }, (_, index) => `PAGE${34 - index}`));
    const last = await caller.get('/department-mappings/?search=page&page=last');
    expect(last.body.results).toHaveLength(5);
    expect(last.body.previous).toContain('search=page&page=2');
    expect((await caller.get('/department-mappings/?search=page&page=2')).body.previous).not.toContain(
      'page=',
    );
    expect((await caller.get('/department-mappings/?idata_departmentcode=PAGE10&nothing=1')).body.count).toBe(
      1,
    );
    expect((await caller.get('/department-mappings/?search=page%20oU%3Dpage11')).body.count).toBe(1);
    expect((await caller.get('/department-mappings/?search=100%25')).body.count).toBe(0);
  });

  test.for([
    ['page=0', 404],
    ['page=x', 404],
    ['page=999', 404],
    ['page_size=x', 400],
    ['page_size=1000', 200],
    ['ordering=nothing', 200],
    ['search=%00', 200],
  ] as const)('asked for with %s answers %i', async ([query, status]) => {
    expect((await caller.get(`/department-mappings/?${query}`)).status).toBe(status);
  });
});

describe('settings', () => {
  test('are listed as texts, and found by number and by key', async () => {
    const { body } = await caller.get('/sync-configs/?page_size=100');
    const rows = new Map<string, { id: number; value: string }>(
      body.results.map((row: { key: string; id: number; value: string }) => [row.key, row]),
    );
    expect(rows.get('hr_sync_enabled')?.value).toBe('true');
    expect(rows.get('hr_sync_interval_minutes')?.value).toBe('10');
    expect(rows.get('valid_employee_statuses')?.value).toBe('["1"]');
    expect(rows.get('enabled_account_types')?.value).toBe('idaas,welink,email');
    expect([...rows.keys()].filter((key) => /secret|token/.test(key))).toEqual([]);
    const byKey = await caller.get('/sync-configs/hr_sync_enabled/');
    expect((await caller.get(`/sync-configs/${byKey.body.id}/`)).body).toEqual(byKey.body);
    // CRC-32 of the key, as zlib has it.
    expect(byKey.body.id).toBe(1_115_106_415);
  });

  test.for([
    ['hr_sync_enabled', 'False', 'false'],
    ['hr_sync_interval_minutes', 15, '15'],
    ['valid_employee_statuses', '["1","2"]', '["1","2"]'],
    ['enabled_account_types', 'idaas, welink', 'idaas,welink'],
    ['person_name_check', 'warn', 'warn'],
  ] as const)('%s takes %s', async ([key, value, stored]) => {
    const { status, body } = await caller.call('PATCH', `/sync-configs/${key}/`, { body: { value } });
    expect(status).toBe(200);
    expect(body.value).toBe(stored);
    expect((await caller.call('DELETE', `/sync-configs/${key}/`)).status).toBe(204);
  });

  test('a value that does not fit, an unknown key, a variable', async () => {
    const bad = await caller.call('PUT', '/sync-configs/hr_sync_interval_minutes/', { body: { value: '0' } });
    expect(bad.status).toBe(400);
    expect(Object.keys(bad.body)).toEqual(['value']);
    const boolean = await caller.call('PUT', '/sync-configs/hr_sync_enabled/', { body: { value: true } });
    expect(boolean.body).toEqual({ value: ['应为字符串。'] });
    const unknown = await caller.post('/sync-configs/', { key: 'last_sync_time', value: 'x' });
    expect(unknown.status).toBe(400);
    expect(unknown.body.key[0]).toContain('last_sync_time');
    const secret = await caller.call('PATCH', '/sync-configs/idaas_secret/', { body: { value: 'hunter2' } });
    expect(secret.status).toBe(410);
    expect(secret.body).toMatchObject({ use: 'IDAAS_SECRET' });
    expect((await caller.get('/sync-configs/idaas_secret/')).status).toBe(404);
    const set = await caller.post('/sync-configs/', { key: 'max_tasks_per_batch', value: '60' });
    expect([set.status, set.body.value]).toEqual([201, '60']);
  });
});
