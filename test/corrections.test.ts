import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiBench } from './setup/api.ts';
import { batchOf } from './setup/batch.ts';
import { insertPerson, insertRow } from './setup/rows.ts';

let bench: ApiBench;
beforeAll(async () => {
  bench = await ApiBench.start();
  await bench.portal.mapDepartments(['D001']);
});
afterAll(() => bench.stop());

/** Everything a call could leave behind. */
async function stored(): Promise<unknown> {
  const { rows } = await sql`
    select (select count(*)::int from account_request) as requests, (select count(*)::int from request_item) as items,
      (select count(*)::int from pgboss.job) as jobs, (select count(*)::int from person) as people,
      (select count(*)::int from name_reservation) as names`.execute(bench.db);
  return rows[0];
}

const people = JSON.stringify([{ department_code: 'D001', partner_company: null, country: '中国' }]);

describe('a dry run of createAccounts', () => {
  const DRY = `mutation Dry($input: CreateAccountsInput!) { createAccounts(input: $input) {
    request { requestId } replayed existingRequestId userErrorCount userErrors { code path } warningCount
    warnings { code message path employeeNumber }
    preview { position employeeNumber knownPerson { employeeNumber source } missingSystems username emailAddress } } }`;
  const dry = async (input: Readonly<Record<string, unknown>>, language = 'en') =>
    (await bench.as({ language }).read(DRY, { input: { ...input, mode: 'DRY_RUN' } })).createAccounts;

  test('stores nothing and foretells every name, problem and person; the call itself then does just that', async () => {
    const batch = batchOf(7, { accountType: 'mystery', systemList: ['IDAAS', 'WELINK'] });
    const [known, stranger, first, second, shared, unmapped, bad] = batch.userList;
    const person = await insertPerson(bench.db, {
      employee_number: known?.employeeNumber,
      source: 'HR',
      person_type: '10',
      departments: people,
      telephone_number1: '13700000001',
    });
    await insertRow(bench.db, 'account', {
      person_id: person,
      system: 'IDAAS',
      identifier: 'known-login',
      state: 'ACTIVE',
      origin: 'IMPORTED',
    });
    await insertPerson(bench.db, { employee_number: stranger?.employeeNumber, full_name: '诸葛亮' });
    const input = {
      ...batch,
      onInvalid: 'ACCEPT_VALID',
      userList: [
        known,
        stranger,
        first,
        second,
        { ...shared, phoneNumber: first?.phoneNumber, employeeName: '李四' },
        { ...unmapped, departmentCode: 'D404', phoneNumber: '010-62771234', employeeName: '王五' },
        { ...bad, phoneNumber: 'none' },
      ],
    };
    const before = await stored();
    const outcome = await dry(input);
    expect(await stored()).toEqual(before);
    expect(outcome).toMatchObject({
      request: null,
      replayed: false,
      existingRequestId: null,
      userErrorCount: 1,
      userErrors: [{ code: 'INVALID', path: ['userList', '6', 'phoneNumber'] }],
      warningCount: 5,
    });
    expect(
      outcome.warnings.map(({ code, path }: { code: string; path: string[] }) => [code, ...path]),
    ).toEqual([
      ['ACCOUNT_TYPE_UNKNOWN', 'accountType'],
      ['PERSON_MISMATCH', 'userList', '1', 'employeeName'],
      ['PHONE_SHARED', 'userList', '4', 'phoneNumber'],
      ['DEPARTMENT_UNMAPPED', 'userList', '5', 'departmentCode'],
      ['PHONE_NOT_MOBILE', 'userList', '5', 'phoneNumber'],
    ]);
    expect(outcome.preview).toMatchObject([
      { position: 0, knownPerson: { source: 'HR' }, missingSystems: ['WELINK'] },
      { position: 1, knownPerson: null, missingSystems: [], username: null, emailAddress: null },
      { position: 2, knownPerson: null, missingSystems: ['IDAAS', 'WELINK'] },
      { position: 3 },
      { position: 4 },
      { position: 5 },
    ]);
    const chinese = await dry(input, 'zh-CN');
    expect(chinese.warnings[1].message).toContain('姓名不同');
    expect(JSON.stringify(outcome)).not.toContain('诸葛亮');

    const requestId = await bench.portal.submit(input);
    await bench.portal.finished(requestId);
    expect(await dry(input)).toMatchObject({ request: null, replayed: true, existingRequestId: requestId });
    expect(await dry({ ...input, userList: [first] })).toMatchObject({
      replayed: false,
      existingRequestId: requestId,
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }],
      preview: [{ knownPerson: { source: 'REQUEST' }, missingSystems: [] }],
    });
    const { rows: names } = await sql<{ number: string; username: string; email: string }>`
      select employee_number as number, reserved_username as username, reserved_email_address as email from person
      where reserved_email_address is not null order by id`.execute(bench.db);
    const foretold = outcome.preview.filter(({ username }: { username: string | null }) => username !== null);
    expect(
      foretold.map((row: { employeeNumber: string; username: string; emailAddress: string }) => ({
        number: row.employeeNumber,
        username: row.username,
        email: row.emailAddress,
      })),
    ).toEqual(names);
    expect(foretold).toHaveLength(5);
  });

  test('says what is wrong with the whole call, and previews none of it', async () => {
    expect(await dry(batchOf(0))).toMatchObject({
      request: null,
      userErrorCount: 1,
      preview: [],
      warnings: [],
    });
  });
});
