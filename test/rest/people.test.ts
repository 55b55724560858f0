import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { RestCaller } from './caller.ts';

let bench: ApiBench;
let caller: RestCaller;
/** A person of a request, with an account in IDAAS. */
let number: string;

beforeAll(async () => {
  bench = await ApiBench.start();
  caller = new RestCaller(bench.url);
  await bench.portal.mapDepartments(['D001']);
  const batch = { ...batchOf(1), systemList: ['idaas'] };
  number = batch.userList[0]?.employeeNumber ?? '';
  const { body } = await caller.post('/account-creation/create_accounts/', batch);
  await caller.get(`/account-creation/requests/${body.requestId}/`, { headers: { prefer: 'wait=60' } });
});
afterAll(() => bench.stop());

const personOf = async (key: string) =>
  (await caller.get(`/hr-persons/?employee_number=${key}`)).body.results[0];

describe('people', () => {
  test('of a request have minus the number of the row, also once HR knows them', async () => {
    const person = await personOf(number);
    expect(person.person_id).toBeLessThan(0);
    expect(person).toMatchObject({
      employee_number: number,
      full_name: '张三',
      telephone_number1: expect.stringMatching(/^138/),
      created_by: 'account_creation_api',
      person_dept: [{ department_code: 'D001' }],
      accounts: [{ account_type: 'idaas', account_type_display: 'IDAAS账号', is_created: true }],
    });
    const one = await caller.get(`/hr-persons/${person.person_id}/`);
    expect(one.body).toEqual({
      ...person,
      account_status: { total: 1, created: 1, pending: 0, completion_rate: '100.0%' },
    });
    const accounts = await caller.get(`/hr-persons/${person.person_id}/accounts/`);
    expect(accounts.body).toEqual(person.accounts);
    await bench.db
      .updateTable('person')
      .set({ hr_person_id: '00004711' })
      .where('employee_number', '=', number)
      .execute();
    // JSON's numbers have no zeros in front: both spellings find the person.
    expect((await caller.get('/hr-persons/4711/')).body.person_id).toBe(4711);
    expect((await caller.get('/hr-persons/00004711/')).body.person_id).toBe(4711);
    expect((await caller.get(`/hr-persons/${person.person_id}/`)).body.person_id).toBe(4711);
    await bench.db
      .updateTable('person')
      .set({ hr_person_id: null })
      .where('employee_number', '=', number)
      .execute();
  });

  test('are filtered by parts of texts and by times', async () => {
    const { body } = await caller.get(
      `/hr-persons/?employee_number=${number.slice(1).toLowerCase()}&full_name=张`,
    );
    expect(body.count).toBe(1);
    expect((await caller.get('/hr-persons/?employee_status=9')).body.count).toBe(0);
    const created = (await personOf(number)).creation_date;
    expect((await caller.get(`/hr-persons/?creation_date_gte=${created}`)).body.count).toBe(1);
    expect((await caller.get(`/hr-persons/?creation_date_lte=2000-01-01`)).body.count).toBe(0);
    const bad = await caller.get('/hr-persons/?creation_date_gte=yesterday&page_size=0');
    expect(bad.status).toBe(400);
    expect(bad.body).toEqual({ creation_date_gte: [expect.any(String)] });
  });

  test('without people:pii are masked, and private columns are null', async () => {
    await bench.db
      .updateTable('person')
      .set({ sex: 'M', full_address: 'somewhere', telephone_number2: '13911112222' })
      .where('employee_number', '=', number)
      .execute();
    const made = await bench.portal.read(
      'mutation { createApiKey(input: { name: "k", principal: "k", scopes: ["people:read"] }) { secret } }',
    );
    const { body } = await caller.get('/hr-persons/', { key: made.createApiKey.secret });
    expect(body.results[0]).toMatchObject({
      full_name: '张*',
      telephone_number1: expect.stringContaining('****'),
      telephone_number2: null,
      sex: null,
      full_address: null,
    });
    expect((await personOf(number)).sex).toBe('M');
  });

  test('are not found without the right to see them', async () => {
    const made = await bench.portal.read(
      'mutation { createApiKey(input: { name: "b", principal: "b", scopes: ["people:read"], originSystems: ["other"] }) { secret } }',
    );
    const key = made.createApiKey.secret;
    expect((await caller.get('/hr-persons/', { key })).body.count).toBe(0);
    const { person_id } = await personOf(number);
    expect((await caller.get(`/hr-persons/${person_id}/`, { key })).status).toBe(404);
    expect((await caller.get('/hr-person-accounts/', { key })).body.count).toBe(0);
  });
});

describe('accounts', () => {
  test('are listed, filtered and found', async () => {
    const { body } = await caller.get(
      `/hr-person-accounts/?account_type=IDAAS&is_created=True&person__employee_number=${number}`,
    );
    expect(body.count).toBe(1);
    const [account] = body.results;
    expect((await caller.get(`/hr-person-accounts/${account.id}/`)).body).toEqual(account);
    expect((await caller.get('/hr-person-accounts/?is_created=0')).body.count).toBe(0);
    expect((await caller.get('/hr-person-accounts/?is_created=perhaps')).body).toEqual({
      is_created: [expect.any(String)],
    });
    expect((await caller.get('/hr-person-accounts/?account_type=fax')).status).toBe(400);
    expect((await caller.get('/hr-person-accounts/9999999/')).status).toBe(404);
  });

  test('are recorded when their system has them, and forgotten', async () => {
    const { person_id } = await personOf(number);
    const missing = await caller.post('/hr-person-accounts/', {
      person: person_id,
      account_type: 'welink',
      account_identifier: number,
    });
    expect(missing.status).toBe(400);
    expect(missing.body).toEqual({ account_identifier: [expect.stringContaining(number)] });
    const nobody = await caller.post('/hr-person-accounts/', { person: 424242, account_type: 'x' });
    expect(nobody.body).toEqual({ account_type: [expect.any(String)] });
    const unknown = await caller.post('/hr-person-accounts/', { person: 424242, account_type: 'welink' });
    expect(unknown.body).toEqual({ person: ['没有此人员。'] });
    const [account] = (await caller.get(`/hr-person-accounts/?person__employee_number=${number}`)).body
      .results;
    const path = `/hr-person-accounts/${account.id}/`;
    const taken = await caller.call('PATCH', path, { body: { account_identifier: 'another' } });
    expect(taken.status).toBe(409);
    expect(taken.body.code).toBe('INVALID_STATE');
    const forgotten = await caller.call('PATCH', path, { body: { is_created: false } });
    expect(forgotten.body).toMatchObject({ is_created: false, state: 'PLANNED' });
    const linked = await caller.call('PUT', path, {
      body: { person: person_id, account_type: 'idaas', account_identifier: account.account_identifier },
    });
    expect(linked.status).toBe(200);
    expect(linked.body).toMatchObject({ is_created: true, account_identifier: account.account_identifier });
    expect((await caller.call('DELETE', path)).status).toBe(204);
    expect((await caller.get(path)).body.is_created).toBe(false);
  });
});
