import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiBench } from '../../setup/api.ts';
import { batchOf } from '../../setup/batch.ts';
import { insertPerson, insertRow } from '../../setup/rows.ts';

let bench: ApiBench;
beforeAll(async () => {
  bench = await ApiBench.start();
  await bench.portal.mapDepartments(['D001']);
});
afterAll(() => bench.stop());

/** Everything a call could leave behind; schedules send jobs whenever it is their time. */
async function stored(): Promise<unknown> {
  const { rows } = await sql`
    select (select count(*)::int from account_request) as requests, (select count(*)::int from request_item) as items,
      (select count(*)::int from pgboss.job where name ~ 'intake-request|run-task') as jobs, (select count(*)::int from person) as people,
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
      warningCount: 6,
    });
    expect(
      outcome.warnings.map(({ code, path }: { code: string; path: string[] }) => [code, ...path]),
    ).toEqual([
      ['ACCOUNT_TYPE_UNKNOWN', 'accountType'],
      ['PERSON_MISMATCH', 'userList', '1', 'employeeName'],
      ['PHONE_SHARED', 'userList', '2', 'phoneNumber'],
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

/** A mutation of a correction; its payload. */
async function correct(name: string, input: Readonly<Record<string, unknown>>, language = 'en') {
  const [type, fields] = {
    updateRequestItem: [
      'UpdateRequestItemInput',
      'requeuedTasks item { status phoneNumber partnerCompany employeeName }',
    ],
    setPersonIdentifiers: ['SetPersonIdentifiersInput', 'requeuedTasks person { username emailAddress }'],
    linkAccount: ['LinkAccountInput', 'account { state origin identifier }'],
    unlinkAccount: ['UnlinkAccountInput', 'account { state origin identifier }'],
  }[name] ?? ['', ''];
  const query = `mutation M($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code message path } } }`;
  return (await bench.as({ language }).read(query, { input }))[name];
}

/** Submits people and waits for the end; what the request shows then. */
async function submitted(batch: Readonly<Record<string, unknown>>) {
  const requestId = await bench.portal.submit(batch);
  await bench.portal.finished(requestId);
  return requestId;
}

async function show(requestId: string) {
  const { request } = await bench.portal.read(
    `query Q($id: String!) { request(requestId: $id) { status round items(first: 10) { nodes {
      status error { code } explanation tasks { taskId system status } } } } }`,
    { id: requestId },
  );
  return { ...request, items: request.items.nodes };
}

/** Waits for the request's end after it was opened again. */
async function finished(requestId: string) {
  await bench.portal.finished(requestId);
  return await show(requestId);
}

describe('updateRequestItem', () => {
  test('corrects a phone and goes on in a new round; the person has the phone too, the rest stays', async () => {
    const batch = batchOf(1, { systemList: ['IDAAS', 'WELINK'] });
    const [user] = batch.userList;
    const requestId = await submitted({ ...batch, userList: [{ ...user, phoneNumber: '010-62771234' }] });
    expect(await show(requestId)).toMatchObject({
      status: 'FAILED',
      round: 1,
      items: [{ error: { code: 'PHONE_NOT_MOBILE' } }],
    });
    const bad = await correct('updateRequestItem', {
      requestId,
      position: 0,
      phoneNumber: '1',
      country: null,
    });
    expect(bad.userErrors).toMatchObject([
      { code: 'INVALID', path: ['phoneNumber'] },
      { code: 'REQUIRED', path: ['country'] },
    ]);
    const good = {
      requestId,
      employeeNumber: user?.employeeNumber.toLowerCase(),
      phoneNumber: '１３７００００００９９',
    };
    expect(await correct('updateRequestItem', { ...good, partnerCompany: null })).toMatchObject({
      requeuedTasks: 1,
      item: { phoneNumber: '13700000099', partnerCompany: null, employeeName: '张三' },
      userErrors: [],
    });
    expect(await finished(requestId)).toMatchObject({ status: 'COMPLETED', round: 2 });
    const { person } = await bench.portal.read(
      `{ person(employeeNumber: "${user?.employeeNumber}") { phoneNumber } }`,
    );
    expect(person.phoneNumber).toBe('13700000099');
    const again = await correct('updateRequestItem', good, 'zh-CN');
    expect(again.userErrors).toMatchObject([
      { code: 'INVALID_STATE', message: expect.stringContaining('COMPLETED') },
    ]);
    // The call itself stays what it was: sent again, it finds the request.
    expect(
      await bench.portal.createAccounts({ ...batch, userList: [{ ...user, phoneNumber: '010-62771234' }] }),
    ).toMatchObject({ replayed: true, request: { requestId, status: 'COMPLETED' } });
  });

  test('heals a row of another name when the names agree, and not before', async () => {
    const batch = batchOf(1, { systemList: ['IDAAS'] });
    const [user] = batch.userList;
    await insertPerson(bench.db, { employee_number: user?.employeeNumber, full_name: '诸葛亮' });
    const requestId = await submitted(batch);
    expect(await show(requestId)).toMatchObject({ items: [{ error: { code: 'PERSON_MISMATCH' } }] });
    const rename = (employeeName: string) =>
      correct('updateRequestItem', { requestId, position: 0, employeeName });
    const refused = await rename('司马懿');
    expect(refused.userErrors).toMatchObject([{ code: 'PERSON_MISMATCH', path: ['employeeName'] }]);
    expect(JSON.stringify(refused)).not.toContain('诸葛亮');
    expect(await rename('诸葛亮')).toMatchObject({ userErrors: [], item: { status: 'PENDING' } });
    expect(await finished(requestId)).toMatchObject({ status: 'COMPLETED', round: 2 });
  });

  test('leaves to HR what HR says, and fills in what it does not', async () => {
    const batch = batchOf(1, { systemList: ['IDAAS', 'WELINK'] });
    const [user] = batch.userList;
    const id = await insertPerson(bench.db, {
      employee_number: user?.employeeNumber,
      source: 'HR',
      departments: people,
      telephone_number1: '010-62771234',
    });
    const requestId = await submitted(batch);
    const correction = { requestId, position: 0, phoneNumber: '13700000088' };
    const refused = await correct('updateRequestItem', correction);
    expect(refused).toMatchObject({
      requeuedTasks: 0,
      userErrors: [
        { code: 'OWNED_BY_HR', path: ['phoneNumber'], message: expect.stringContaining('Correct it in HR') },
      ],
    });
    expect(
      (await correct('updateRequestItem', { requestId, position: 0, employeeName: '李四' })).userErrors,
    ).toMatchObject([{ code: 'OWNED_BY_HR' }]);
    await bench.db.updateTable('person').set({ telephone_number1: null }).where('id', '=', id).execute();
    expect(await correct('updateRequestItem', correction)).toMatchObject({
      requeuedTasks: 1,
      userErrors: [],
    });
    expect(await finished(requestId)).toMatchObject({ status: 'COMPLETED' });
  });

  test('wants to know which row and what, and says what there is none of', async () => {
    const requestId = await submitted(batchOf(1, { systemList: ['IDAAS'] }));
    const codes = async (input: Readonly<Record<string, unknown>>) =>
      (await correct('updateRequestItem', input)).userErrors.map(
        ({ code, path }: { code: string; path: string[] }) => [code, ...path],
      );
    expect(await codes({ requestId, phoneNumber: '1' })).toEqual([['REQUIRED']]);
    expect(await codes({ requestId, position: 0 })).toEqual([['REQUIRED']]);
    expect(await codes({ requestId, position: 7, country: 'CN' })).toEqual([['NOT_FOUND', 'position']]);
    expect(await codes({ requestId: 'req_x', position: 0, country: 'CN' })).toEqual([
      ['NOT_FOUND', 'requestId'],
    ]);
  });
});

describe('setPersonIdentifiers', () => {
  test('gives the names chosen, keeps the old ones reserved, and goes on with what had failed for them', async () => {
    const batch = batchOf(2, { systemList: ['IDAAS'] });
    const [user, other] = batch.userList;
    const employeeNumber = user?.employeeNumber ?? '';
    bench.sandbox.control.putAccount({ system: 'IDAAS', key: 'ELSEWHERE', username: `z${employeeNumber}` });
    const requestId = await submitted(batch);
    expect(await show(requestId)).toMatchObject({
      status: 'PARTIAL_FAILED',
      items: [{ error: { code: 'LOGIN_TAKEN' } }, { status: 'COMPLETED' }],
    });
    const taken = await correct('setPersonIdentifiers', {
      employeeNumber,
      username: `Z${other?.employeeNumber}`,
      emailLocalPart: 'Postmaster',
    });
    expect(taken.userErrors).toMatchObject([{ code: 'INVALID', path: ['emailLocalPart'] }]);
    expect(
      (await correct('setPersonIdentifiers', { employeeNumber, username: `Z${other?.employeeNumber}` }))
        .userErrors,
    ).toMatchObject([
      { code: 'IDENTIFIER_TAKEN', path: ['username'], message: expect.not.stringContaining('张三') },
    ]);
    const before = await bench.portal.read(
      `{ person(employeeNumber: "${employeeNumber}") { emailAddress } }`,
    );
    const set = await correct('setPersonIdentifiers', {
      employeeNumber,
      username: 'zhang.san',
      emailLocalPart: 'San.Zhang',
    });
    expect(set).toMatchObject({
      requeuedTasks: 1,
      person: { username: 'zhang.san', emailAddress: expect.stringMatching(/^san\.zhang@/) },
      userErrors: [],
    });
    expect(await finished(requestId)).toMatchObject({ status: 'COMPLETED', round: 2 });
    expect(bench.sandbox.control.accounts('IDAAS').find(({ key }) => key === employeeNumber)).toMatchObject({
      username: 'zhang.san',
      email: set.person.emailAddress,
    });
    const old = before.person.emailAddress.split('@')[0];
    const late = await correct('setPersonIdentifiers', { employeeNumber, emailLocalPart: 'late' });
    expect(late.userErrors).toMatchObject([
      { code: 'INVALID_STATE', message: expect.stringContaining('IDAAS') },
    ]);
    const fresh = await insertPerson(bench.db, { person_type: '11' });
    const { employee_number: number } = await bench.db
      .selectFrom('person')
      .select('employee_number')
      .where('id', '=', fresh)
      .executeTakeFirstOrThrow();
    expect(
      (await correct('setPersonIdentifiers', { employeeNumber: number, emailLocalPart: old })).userErrors,
    ).toMatchObject([{ code: 'IDENTIFIER_TAKEN', path: ['emailLocalPart'] }]);
    // What is not said is chosen as for everybody.
    expect(
      await correct('setPersonIdentifiers', { employeeNumber: number, emailLocalPart: 'freely' }),
    ).toMatchObject({
      person: { username: `z${number}`, emailAddress: expect.stringMatching(/^freely@/) },
    });
  });
});

describe('linkAccount and unlinkAccount', () => {
  test('an account that exists is looked up, linked, and lets go on what waited for it', async () => {
    const batch = batchOf(1, { systemList: ['WELINK'] });
    const [user] = batch.userList;
    const employeeNumber = user?.employeeNumber ?? '';
    const requestId = await submitted(batch);
    expect(await show(requestId)).toMatchObject({ items: [{ error: { code: 'DEPENDENCY_MISSING' } }] });
    const link = (given: Readonly<Record<string, unknown>>) =>
      correct('linkAccount', { employeeNumber, system: 'IDAAS', identifier: 'zhangsan9', ...given });
    expect((await link({})).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['identifier'], message: expect.stringContaining('force') },
    ]);
    bench.sandbox.control.putAccount({
      system: 'IDAAS',
      key: employeeNumber,
      username: 'ZhangSan9',
      email: 'zhangsan9@example.edu.cn',
    });
    expect((await link({ identifier: 'zhangsan8' })).userErrors).toMatchObject([
      { code: 'INVALID', message: expect.stringContaining('ZhangSan9') },
    ]);
    expect(await link({ remoteId: 'r-1' })).toMatchObject({
      account: { state: 'ACTIVE', origin: 'LINKED', identifier: 'ZhangSan9' },
      userErrors: [],
    });
    expect(await finished(requestId)).toMatchObject({ status: 'COMPLETED', round: 2 });
    const { person } = await bench.portal.read(
      `{ person(employeeNumber: "${employeeNumber}") { username emailAddress } }`,
    );
    expect(person).toEqual({ username: 'ZhangSan9', emailAddress: 'zhangsan9@example.edu.cn' });
    expect(await link({})).toMatchObject({ account: { origin: 'LINKED' }, userErrors: [] });
    expect((await link({ identifier: 'other', force: true })).userErrors).toMatchObject([
      { code: 'INVALID_STATE', message: expect.stringContaining('ZhangSan9') },
    ]);
  });

  test('another person’s account is not linked; one that cannot be looked up is, and is not made', async () => {
    const batch = batchOf(2, { systemList: ['IDAAS', 'EMAIL'] });
    const [user, other] = batch.userList;
    await bench.portal.read(
      'mutation { updateSetting(input: { key: "paused_systems", value: [{ system: "EMAIL", reason: "upgrade" }, { system: "IDAAS", reason: "upgrade" }] }) { userErrors { code } } }',
    );
    const requestId = await bench.portal.submit(batch);
    const untilPlanned = async () => {
      for await (const event of bench.portal.watch(requestId))
        if (event.changedItems.every(({ status }) => status === 'TASK_CREATED') && event.changedItemCount > 0)
          return;
    };
    await untilPlanned();
    const link = (employeeNumber: string | undefined, given: Readonly<Record<string, unknown>>) =>
      correct('linkAccount', { employeeNumber, ...given });
    const mailbox = { system: 'EMAIL', identifier: 'old.box@example.com' };
    const noAddress = await link(user?.employeeNumber, { ...mailbox, identifier: 'old.box', force: true });
    expect(noAddress.userErrors).toMatchObject([{ code: 'INVALID', path: ['identifier'] }]);
    expect(await link(user?.employeeNumber, mailbox)).toMatchObject({ account: { origin: 'LINKED' } });
    expect((await link(other?.employeeNumber, mailbox)).userErrors).toMatchObject([
      { code: 'IDENTIFIER_TAKEN', message: expect.not.stringContaining(user?.employeeNumber ?? '') },
    ]);
    const login = { system: 'IDAAS', identifier: 'old-login' };
    bench.sandbox.control.putAccount({
      system: 'IDAAS',
      key: other?.employeeNumber ?? '',
      username: 'old-login',
    });
    expect((await link(other?.employeeNumber, login)).userErrors).toMatchObject([
      { code: 'UNVERIFIED', message: expect.stringContaining('upgrade') },
    ]);
    expect(await link(other?.employeeNumber, { ...login, force: true })).toMatchObject({ userErrors: [] });
    expect((await show(requestId)).items).toMatchObject([
      {
        tasks: [
          { system: 'IDAAS', status: 'PENDING' },
          { system: 'EMAIL', status: 'COMPLETED' },
        ],
      },
      {
        tasks: [
          { system: 'IDAAS', status: 'COMPLETED' },
          { system: 'EMAIL', status: 'PENDING' },
        ],
      },
    ]);
    await bench.portal.read(
      'mutation { updateSetting(input: { key: "paused_systems", value: [] }) { userErrors { code } } }',
    );
    expect(await finished(requestId)).toMatchObject({ status: 'COMPLETED' });
    expect(bench.sandbox.control.accounts('EMAIL').map(({ key }) => key)).toContain('old-login');
  });

  test('a link that is forgotten leaves a task that says why, until it is retried or linked', async () => {
    const batch = batchOf(1, { systemList: ['IDAAS', 'WELINK'] });
    const employeeNumber = batch.userList[0]?.employeeNumber;
    const requestId = await submitted(batch);
    const unlinked = await correct('unlinkAccount', { employeeNumber, system: 'WELINK' });
    expect(unlinked).toMatchObject({
      account: { state: 'PLANNED', origin: null, identifier: null },
      userErrors: [],
    });
    expect(await show(requestId)).toMatchObject({
      status: 'FAILED',
      round: 2,
      items: [
        {
          status: 'FAILED',
          error: { code: 'ACCOUNT_UNLINKED' },
          explanation: expect.stringContaining('admin'),
          tasks: [{ status: 'COMPLETED' }, { system: 'WELINK', status: 'FAILED' }],
        },
      ],
    });
    expect((await correct('unlinkAccount', { employeeNumber, system: 'WELINK' })).userErrors).toMatchObject([
      { code: 'INVALID_STATE' },
    ]);
    expect(bench.sandbox.control.accounts('WELINK').some(({ key }) => key === employeeNumber)).toBe(true);
    const { person } = await bench.portal.read(
      `{ person(employeeNumber: "${employeeNumber}") { timeline(first: 50) { nodes { kind system } } } }`,
    );
    expect(person.timeline.nodes).toContainEqual({ kind: 'ACCOUNT_REMOVED', system: 'WELINK' });
    const { retryRequest } = await bench.portal.read(
      `mutation { retryRequest(input: { requestId: "${requestId}" }) { requeuedTasks } }`,
    );
    expect(retryRequest.requeuedTasks).toBe(1);
    expect(await finished(requestId)).toMatchObject({ status: 'COMPLETED', round: 3 });
  });
});
