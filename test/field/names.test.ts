import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSamePerson } from '../../src/domain/provisioning/intake/person-match.ts';
import { transliterate } from '../../src/domain/provisioning/names/transliterate.ts';
import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { insertPerson } from '../setup/rows.ts';

let bench: ApiBench;
beforeAll(async () => {
  bench = await ApiBench.start();
  await bench.portal.mapDepartments(['D001']);
});
afterAll(() => bench.stop());

const file = readFileSync(new URL('files/names-01-all.csv', import.meta.url), 'utf8').replace(/^\uFEFF/, '');
/** The people of the sample whose numbers are given, under numbers of this test's own. */
function sample(prefix: string, ...numbers: readonly string[]) {
  const rows = new Map(
    file.split(/\r?\n/).map((line) => [line.split(',')[0] ?? '', line.split(',')[1] ?? '']),
  );
  const batch = batchOf(numbers.length, { systemList: ['IDAAS', 'WELINK', 'EMAIL'] });
  const userList = batch.userList.map((user, index) => ({
    ...user,
    employeeNumber: `${prefix}${numbers[index]}`,
    employeeName: rows.get(numbers[index] ?? '') ?? '',
  }));
  return { ...batch, userList };
}

const DRY = `mutation Dry($input: CreateAccountsInput!) { createAccounts(input: $input) {
  userErrors { code path } warnings { code message path employeeNumber }
  preview { employeeNumber username emailAddress } } }`;
const dry = async (input: Readonly<Record<string, unknown>>) =>
  (await bench.portal.read(DRY, { input: { ...input, mode: 'DRY_RUN' } })).createAccounts;
const codes = (warnings: readonly { code: string; employeeNumber: string }[]) =>
  warnings.map(({ code, employeeNumber }) => `${employeeNumber} ${code}`);
const accountsOf = (prefix: string) =>
  (['IDAAS', 'WELINK', 'EMAIL'] as const).flatMap((system) =>
    bench.sandbox.control
      .accounts(system)
      .filter(({ key }) => key.includes(prefix))
      .map(({ key }) => `${system} ${key}`),
  );
const itemsOf = async (requestId: string) =>
  (
    await bench.portal.read(
      `query($id: String!) { request(requestId: $id) { status items(first: 100) { nodes { employeeNumber status error { code message } } } } }`,
      { id: requestId },
    )
  ).request;

describe('NM01', () => {
  test('rare characters are kept; the preview says per person why a number stands for them', async () => {
    const { warnings, preview } = await dry(sample('A', 'N001', 'N002', 'N003', 'N004'));
    for (const number of ['AN001', 'AN002']) expect(codes(warnings)).toContain(`${number} NAME_NOT_SPELLED`);
    expect(warnings[0].message).toContain('𫰠');
    expect(preview[0]).toMatchObject({ username: 'AN001', emailAddress: 'an001@example.com' });
  });
});

describe('NM03', () => {
  const numbers = ['N008', 'N009', 'N010', 'N011'];

  test('a name that lost a character is warned of, held, and gets no account under half of it', async () => {
    const input = sample('B', ...numbers);
    const { warnings, preview } = await dry(input);
    expect(codes(warnings)).toEqual(numbers.map((number) => `B${number} NAME_DOUBTFUL`));
    expect(preview.map(({ emailAddress }: { emailAddress: string | null }) => emailAddress)).toEqual(
      numbers.map(() => null),
    );
    const id = await bench.portal.submit(input);
    await bench.portal.finished(id);
    const { status, items } = await itemsOf(id);
    expect(status).toBe('FAILED');
    expect(items.nodes.map(({ error }: { error: { code: string } }) => error.code)).toEqual(
      numbers.map(() => 'NAME_DOUBTFUL'),
    );
    expect(accountsOf('BN0')).toEqual([]);
  });

  test('a corrected name goes on', async () => {
    const id = await bench.portal.submit(sample('C', 'N008'));
    await bench.portal.finished(id);
    const correct = `mutation($input: UpdateRequestItemInput!) { updateRequestItem(input: $input) { requeuedTasks userErrors { code } } }`;
    const { updateRequestItem } = await bench.portal.read(correct, {
      input: { requestId: id, employeeNumber: 'CN008', employeeName: '李䶮' },
    });
    expect(updateRequestItem.userErrors).toEqual([]);
    await bench.portal.finished(id);
    expect((await itemsOf(id)).status).toBe('COMPLETED');
  });

  test('a lost character equals no other, and so does a name of which only half can be spelled', () => {
    const known = (fullName: string) => ({ fullName, pinyinName: null, englishName: null });
    expect(isSamePerson(known('李?'), '李')).toBe(false);
    expect(isSamePerson(known('李'), '李\uFFFD')).toBe(false);
    expect(isSamePerson(known('王&#20164;'), '王')).toBe(false);
  });
});

describe('NM06', () => {
  test('a name with a note is held until it is accepted, and then goes on', async () => {
    const input = sample('D', 'N022', 'N024', 'N025', 'N026', 'N029', 'N030');
    const { warnings } = await dry(input);
    expect(codes(warnings)).toEqual(
      ['N025', 'N026', 'N029', 'N030'].map((number) => `D${number} NAME_DOUBTFUL`),
    );
    const id = await bench.portal.submit(input);
    await bench.portal.finished(id);
    expect((await itemsOf(id)).status).toBe('PARTIAL_FAILED');
    const accept = `mutation($input: AcceptNamesInput!) { acceptNames(input: $input) { accepted requeuedTasks userErrors { code path } } }`;
    const { acceptNames } = await bench.portal.read(accept, {
      input: { employeeNumbers: ['dn026', 'nobody'] },
    });
    expect(acceptNames).toMatchObject({
      accepted: ['DN026'],
      userErrors: [{ code: 'NOT_FOUND', path: ['employeeNumbers', '1'] }],
    });
    expect(acceptNames.requeuedTasks).toBeGreaterThan(0);
    await bench.portal.finished(id);
    const { items } = await itemsOf(id);
    expect(
      items.nodes.map(
        (item: { employeeNumber: string; status: string }) => `${item.employeeNumber} ${item.status}`,
      ),
    ).toEqual([
      'DN022 COMPLETED',
      'DN024 COMPLETED',
      'DN025 FAILED',
      'DN026 COMPLETED',
      'DN029 FAILED',
      'DN030 FAILED',
    ]);
  });

  test("HR's 张三-技术部 is the portal's 张三", async () => {
    await insertPerson(bench.db, { employee_number: 'HRN1', full_name: '张三-技术部', source: 'HR' });
    const batch = batchOf(1, { systemList: ['IDAAS'] });
    const { warnings } = await dry({
      ...batch,
      userList: batch.userList.map((user) => ({ ...user, employeeNumber: 'HRN1' })),
    });
    expect(codes(warnings)).not.toContain('HRN1 PERSON_MISMATCH');
  });

  test('by the Setting such rows are refused, or taken as they are', async () => {
    const input = sample('E', 'N026', 'N008');
    const set = (value: string) =>
      bench.portal.read(
        `mutation($input: UpdateSettingInput!) { updateSetting(input: $input) { userErrors { code } } }`,
        { input: { key: 'doubtful_names', value } },
      );
    await set('refuse');
    await expect
      .poll(async () => (await dry(input)).userErrors)
      .toEqual([
        { code: 'NAME_DOUBTFUL', path: ['userList', '0', 'employeeName'] },
        { code: 'NAME_DOUBTFUL', path: ['userList', '1', 'employeeName'] },
      ]);
    await set('accept');
    await expect.poll(async () => (await dry(input)).preview[0].emailAddress).not.toBeNull();
    const id = await bench.portal.submit(input);
    await bench.portal.finished(id);
    expect((await itemsOf(id)).status).toBe('COMPLETED');
    await set('hold');
  });
});

test('NM06: notes that a Setting names are left off, and the dry run, the task and the answer of the call say so', async () => {
  const set = (value: readonly string[]) =>
    bench.portal.read(
      `mutation($input: UpdateSettingInput!) { updateSetting(input: $input) { userErrors { code } } }`,
      { input: { key: 'name_notes_left_off', value } },
    );
  const held = await bench.portal.submit(sample('G', 'N026'));
  await bench.portal.finished(held);
  expect((await itemsOf(held)).status).toBe('FAILED');

  await set(['外包', 'WB', '实习']);
  const input = sample('H', 'N023', 'N027', 'N028', 'N029', 'N030');
  await expect
    .poll(async () => codes((await dry(input)).warnings))
    .toEqual([
      ...['N027', 'N028', 'N029'].map((number) => `H${number} NAME_NOTE_LEFT_OFF`),
      'HN030 NAME_DOUBTFUL',
    ]);
  const { warnings, preview } = await dry(input);
  expect(warnings[0].message).toMatch(/外包.*王伟.*name_notes_left_off/);
  const id = await bench.portal.submit(input);
  await bench.portal.finished(id);
  const told = bench.sandbox.control
    .accounts('WELINK')
    .filter(({ key }) => key.startsWith('HN0'))
    .map(({ key, name }) => `${key} ${name}`);
  expect(told.toSorted()).toEqual(['HN023 张三', 'HN027 王伟', 'HN028 李娜', 'HN029 李娜']);
  const addresses = preview.map(({ emailAddress }: { emailAddress: string | null }) => emailAddress);
  expect(addresses[1]).toMatch(/^wangwei\d*@/);
  const { request } = await bench.portal.read(
    `query($id: String!) { request(requestId: $id) { items(first: 9) { nodes { employeeName employeeNumber
      person { fullName emailAddress } tasks { result } } } } }`,
    { id },
  );
  const [, second] = request.items.nodes;
  expect(second).toMatchObject({
    employeeName: '王伟（外包）',
    // The person held until now goes on by the same Setting, and may have been first to take the address.
    person: { fullName: '王伟（外包）', emailAddress: expect.stringMatching(/^wangwei\d*@/) },
  });
  for (const { result } of second.tasks) expect(result).toMatchObject({ nameNotesLeftOff: ['外包'] });

  // What was held before the Setting went on by itself.
  await expect.poll(async () => (await itemsOf(held)).status, { timeout: 30_000 }).toBe('COMPLETED');
  await set([]);
});

describe('NM07', () => {
  test('every usual way to spell ü is one person', () => {
    for (const pinyinName of ['LYU LUE DE', 'Lü Lüè Dé', 'LV LVE DE', 'LU LUE DE', null]) {
      const known = { fullName: '吕略德', pinyinName, englishName: null };
      for (const name of ['Lyu Luede', 'Lü Lüede', 'LU LUE DE', 'Lv Lvede', 'LYU LYUEDE'])
        expect([pinyinName, name, isSamePerson(known, name)]).toEqual([pinyinName, name, true]);
      expect(isSamePerson({ fullName: '吕德', pinyinName: null, englishName: null }, '鲁德')).toBe(false);
    }
  });

  test('ü is v, or yu by the Setting', () => {
    expect(transliterate('吕略德', null)).toMatchObject({ full: 'lvlvede' });
    expect(transliterate('女婉', null, 'yu')).toMatchObject({ full: 'nyuwan' });
    expect(transliterate('吕略德', 'LYU LUE DE', 'v')).toMatchObject({ full: 'lyuluede' });
  });

  test.for(['lv', 'lyu', 'lü', 'lu', 'nielu', 'nielv', 'nie lyu'])(
    'a search for %s finds 聂绿',
    async (search) => {
      await bench.db.deleteFrom('person').where('employee_number', '=', 'NIELV').execute();
      await insertPerson(bench.db, {
        employee_number: 'NIELV',
        full_name: '聂绿',
        source: 'HR',
        reserved_email_address: 'nielv@example.com',
      });
      const { people } = await bench.portal.read(
        `query($s: String!) { people(first: 20, filter: { search: $s }) { nodes { employeeNumber } } }`,
        { s: search },
      );
      expect(people.nodes).toContainEqual({ employeeNumber: 'NIELV' });
    },
  );
});

describe('NM09', () => {
  test('half a name is no name: another person of the same half is another person', () => {
    const known = (fullName: string) => ({ fullName, pinyinName: null, englishName: null });
    expect(isSamePerson(known('髙橋はるか'), '髙橋ゆうこ')).toBe(false);
    expect(isSamePerson(known('髙橋はるか'), '髙橋 はるか')).toBe(true);
    expect(isSamePerson(known("O'Neil Brian"), 'O’Neil Brian')).toBe(true);
    expect(transliterate('髙橋はるか', null)).toMatchObject({ kind: 'fallback', character: 'は' });
  });

  test('everybody of the sample gets a login and an address, by the number where the preview says so', async () => {
    const numbers = Array.from({ length: 17 }, (_, index) => `N0${61 + index}`);
    const { warnings, preview } = await dry(sample('F', ...numbers));
    const told = new Set(warnings.map(({ employeeNumber }: { employeeNumber: string }) => employeeNumber));
    for (const row of preview) {
      expect(row.username).toBeTruthy();
      expect(row.emailAddress).toMatch(/^[a-z0-9._-]+@/);
      const byNumber = row.emailAddress.startsWith(row.employeeNumber.toLowerCase());
      expect([row.employeeNumber, byNumber]).toEqual([row.employeeNumber, told.has(row.employeeNumber)]);
    }
  });
});
