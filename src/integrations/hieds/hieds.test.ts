import { afterEach, describe, expect, it } from 'vitest';
import { failureOf } from '../../../test/integrations/contract/connector-contract-setup.ts';
import { createLogger } from '../../logger.ts';
import type { SandboxOptions } from '../../sandbox/options.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { UpstreamCall } from '../contract/upstream.ts';
import { judgePage } from './answers.ts';
import { hieds } from './definition.ts';
import { readPersonRow } from './person-row.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function setup(options: SandboxOptions = {}, environment: Record<string, string> = {}) {
  const sandbox = await startSandbox({
    systems: ['HIEDS'],
    latencyMs: { min: 0, max: 0 },
    company: { people: 7, changesPerSync: 0 },
    ...options,
  });
  const config = hieds.environment.parse({
    ...sandbox.environment,
    HIEDS_PAGE_SIZE: '3',
    ...environment,
  });
  const source = hieds.connect(config, {
    logger: createLogger({ level: 'silent', pretty: false }),
    timeoutMs: 2_000,
    maxSockets: 4,
  });
  open.push(source, sandbox);
  let permits = 0;
  const call: UpstreamCall = {
    signal: new AbortController().signal,
    acquire: async () => {
      permits += 1;
    },
  };
  const read = (page: number, since: string | null = null) => source.readPage({ page, since }, call);
  return { sandbox, control: sandbox.control, source, call, read, permits: () => permits };
}

const row = {
  personId: 'X1',
  employeeNumber: 'E1',
  fullName: '张三',
  personType: 11,
  employeeStatus: '1',
};

describe('pages of HR', () => {
  it('come in the order of personId until totalPages', async () => {
    const { read, permits } = await setup();
    const pages = [await read(1), await read(2), await read(3)];
    expect(pages.map((page) => page.people.map((person) => person.hrPersonId))).toEqual([
      ['00000001', '00000002', '00000003'],
      ['00000004', '00000005', '00000006'],
      ['00000007'],
    ]);
    expect(pages.every((page) => page.totalPages === 3 && page.problems.length === 0)).toBe(true);
    expect(permits()).toBe(3);
  });

  it('leave out who did not change since, that moment included', async () => {
    const { read, control } = await setup();
    control.putPerson('00000004', { lastUpdateDate: '2025-03-01 12:00:00' });
    const changed = await read(1, '2025-03-01 12:00:00');
    expect(changed.people.map((person) => person.hrPersonId)).toEqual(['00000004']);
    expect(changed.people[0]?.hrUpdatedAt).toBe('2025-03-01T04:00:00.000Z');
    expect((await read(1, '2025-03-01 12:00:01')).people).toEqual([]);
  });

  it('of a company without people are none', async () => {
    const { read } = await setup({ company: { people: 0, changesPerSync: 0 } });
    expect(await read(1)).toEqual({
      people: [],
      problems: [],
      keys: [],
      rowCount: 0,
      totalPages: 0,
      totalCount: 0,
    });
  });

  it('need one token, and one more when it expires in the middle', async () => {
    const { read, control } = await setup();
    await read(1);
    control.expireTokens('HIEDS');
    await read(2);
    await read(3);
    expect(control.ledger({ operation: 'token' })).toHaveLength(2);
  });

  it('that fail are retryable, for any cause', async () => {
    for (const fault of ['status', 'garbage', 'empty', 'html', 'reset', 'half'] as const) {
      const { read, control } = await setup();
      await read(1);
      await control.addFault({ system: 'HIEDS', operation: 'page', fault, match: '2', times: 'forever' });
      expect(await failureOf(read(2))).toMatchObject({ failure: 'retryable', system: 'HIEDS' });
      await control.removeFaults();
      expect((await read(2)).people).toHaveLength(3);
    }
  });

  it('are refused for wrong credentials, without telling them', async () => {
    const { read } = await setup({}, { HIEDS_SECRET: 'wrong-secret-0815' });
    const error = await failureOf(read(1), ['wrong-secret-0815', 'sandbox-hieds-secret']);
    expect(error).toMatchObject({ failure: 'credentials' });
  });

  it('that are empty in the middle are no end', () => {
    const body = { status: '200', data: { result: [], pageInfo: { totalPages: '3' } } };
    expect(judgePage({ status: 200, body }, 2)).toMatchObject({
      kind: 'failure',
      code: 'UPSTREAM_GARBAGE',
      reason: expect.stringContaining('nobody on page 2'),
    });
    expect(judgePage({ status: 200, body }, 3)).toMatchObject({ kind: 'answer' });
  });
});

describe('a row of HR', () => {
  it('is read with either spelling of its departments, numbers as text, full-width as ASCII', () => {
    const { person, problems } = readPersonRow(
      {
        ...row,
        employeeNumber: ' Ｅ1 ',
        telephoneNumber1: 13800138000,
        personDept: [
          { departmentCode: 'D1', partnerCompany: '公司' },
          { department_code: 'D2', country: 'CN' },
        ],
      },
      '1/1',
    );
    expect(problems).toEqual([]);
    expect(person).toMatchObject({ employeeNumber: 'E1', personType: '11', telephoneNumber1: '13800138000' });
    expect(person?.departments).toEqual([
      { department_code: 'D1', partner_company: '公司', country: null },
      { department_code: 'D2', partner_company: null, country: 'CN' },
    ]);
  });

  it.each([
    ['2024-02-29', '2024-02-29'],
    ['2024-02-29 23:59:59', '2024-02-29'],
    ['2024-02-28T16:00:00Z', '2024-02-29'],
    ['2023-02-29', null],
    ['soon', null],
  ])('with the date %s is stored with %s', (birthDay, expected) => {
    const { person, problems } = readPersonRow({ ...row, birthDay }, '1/1');
    expect(person?.birthDay).toBe(expected);
    expect(problems.map(({ error, skipped }) => [error.code, skipped])).toEqual(
      expected === null ? [['HR_FIELD_INVALID', false]] : [],
    );
  });

  it.each([
    '0000-00-00',
    '1900-01-01',
    '0001-01-01T00:00:00Z',
    '4712-12-31',
    '9999-12-31 23:59:59',
    '2099-12-31',
  ])('with %s has no such date, and nothing is wrong with it', (disableDate) => {
    const { person, problems } = readPersonRow({ ...row, disableDate }, '1/1');
    expect(person?.disableDate).toBeNull();
    expect(problems).toEqual([]);
  });

  it.each([
    [{ employeeNumber: ' ' }, 'HR_FIELD_MISSING'],
    [{ fullName: null }, 'HR_FIELD_MISSING'],
    [{ personType: { code: 1 } }, 'HR_FIELD_INVALID'],
    [{ employeeStatus: undefined }, 'HR_FIELD_MISSING'],
    [{ fullName: '张\0三' }, 'HR_FIELD_INVALID'],
    [{ fullName: '张'.repeat(101) }, 'HR_FIELD_TOO_LONG'],
  ])('with %o is left out with %s', (change, code) => {
    const { person, problems } = readPersonRow({ ...row, ...change, telephoneNumber1: '13800138000' }, '1/1');
    expect(person).toBeNull();
    expect(problems).toMatchObject([{ skipped: true, error: { code } }]);
    expect(JSON.stringify(problems)).not.toMatch(/13800138000|张/);
  });

  it.each([null, 'text', 7, []])('that is %o is left out and named by its place', (raw) => {
    expect(readPersonRow(raw, '4/2')).toMatchObject({
      person: null,
      problems: [{ key: '4/2', skipped: true }],
    });
  });

  it('keeps the rest when a field that may be missing is unusable', () => {
    const { person, problems } = readPersonRow(
      { ...row, sex: {}, personDept: 'x', englishName: 'a\ud800' },
      '1',
    );
    expect(person).toMatchObject({ sex: null, departments: [], englishName: null });
    expect(problems.every((problem) => !problem.skipped)).toBe(true);
    expect(problems).toHaveLength(3);
  });
});
