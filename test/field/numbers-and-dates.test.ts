import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HrBench } from './hr-bench.ts';

let field: HrBench;
beforeAll(async () => {
  field = await HrBench.start({ settings: { leaver_disable_enabled: true } });
});
afterAll(() => field.stop());
beforeEach(() => field.clear());

const sample = (name: string) => readFileSync(new URL(`files/${name}`, import.meta.url), 'utf8');

const problems = (run: string) =>
  field.bench.sql
    .selectFrom('run_item')
    .select(['item_key', 'error_code', 'outcome'])
    .where('run_id', '=', run)
    .orderBy('id')
    .execute();

describe('UP03', () => {
  test('ids beyond 2^53 keep every digit; what is no whole number is refused by name', async () => {
    field.hr.answer(() => sample('hr-03-ids-beyond-2-53.json'));
    const run = await field.sync();
    expect(run).toMatchObject({ status: 'COMPLETED_WITH_ERRORS', summary: { inserted: 3, skipped: 1 } });
    expect(
      (await field.people()).map((person) => [person.employee_number, person.full_name, person.hr_person_id]),
    ).toEqual([
      ['10001', '孙小满', '4'],
      ['202600000000000017', '林晓枫', '636507967185264641'],
      ['202600000000000018', '赵一鸣', '636507967185264642'],
    ]);
    expect(await problems(run.id)).toEqual([
      { item_key: '3', error_code: 'HR_FIELD_INVALID', outcome: 'SKIPPED' },
    ]);
  });

  test('a number that a program mangled before it became a text is refused by name, and a code that only looks so is not', async () => {
    const row = { fullName: '林晓枫', personType: '10', employeeStatus: '1' };
    const numbers = ['1.0000123E7', '10001.0', '9007199254740993', '12E3', 'A.0', '1.2'];
    field.hr.answer(() => ({
      status: 200,
      data: {
        result: numbers.map((employeeNumber, index) => ({ ...row, employeeNumber, personId: `m${index}` })),
        pageInfo: { totalPages: 1, totalCount: numbers.length },
      },
    }));
    const run = await field.sync();
    expect((await field.people()).map((person) => person.employee_number).toSorted()).toEqual([
      '1.2',
      '12E3',
      '9007199254740993',
      'A.0',
    ]);
    expect((await problems(run.id)).map(({ error_code, outcome }) => `${error_code} ${outcome}`)).toEqual([
      'HR_FIELD_INVALID SKIPPED',
      'HR_FIELD_INVALID SKIPPED',
    ]);
  });

  test('PF09: what stands for nothing is no login, address, spelling, id or number of HR', async () => {
    const row = { fullName: '林晓枫', personType: '10', employeeStatus: '1' };
    const nothing = {
      personId: 'null',
      employeeAccount: 'NULL',
      emailAddress: 'N/A',
      personPinyinName: 'NULL',
      englishName: 'null',
      telephoneNumber1: '无',
    };
    field.hr.answer(() => ({
      status: 200,
      data: {
        result: [
          { ...row, ...nothing, employeeNumber: 'N1' },
          { ...row, ...nothing, employeeNumber: 'N2', englishName: 'Nan' },
          { ...row, ...nothing, employeeNumber: 'NULL', personId: 'x3' },
        ],
        pageInfo: { totalPages: 1, totalCount: 3 },
      },
    }));
    const run = await field.sync();
    expect(run.summary).toMatchObject({ inserted: 2, skipped: 1, accountsImported: 0 });
    const people = await field.people();
    expect(people.map((person) => [person.employee_number, person.english_name])).toEqual([
      ['N1', null],
      ['N2', 'Nan'],
    ]);
    for (const person of people)
      expect(person).toMatchObject({
        hr_person_id: null,
        employee_account: null,
        email_address: null,
        person_pinyin_name: null,
        telephone_number1: null,
      });
    expect(await problems(run.id)).toEqual([
      { item_key: 'x3', error_code: 'HR_FIELD_MISSING', outcome: 'SKIPPED' },
    ]);
  });

  test('people whose numbers differ in the last digit stay two in a second sync', async () => {
    field.hr.answer(() => sample('hr-03-ids-beyond-2-53.json'));
    await field.sync();
    expect((await field.sync({ full: true })).summary).toMatchObject({
      inserted: 0,
      updated: 0,
      unchanged: 3,
    });
  });
});

describe('UP08', () => {
  test('dates are read by the clock of their day, in every usual form; nobody leaves on a day that means none', async () => {
    field.hr.answer(() => sample('hr-04-dates.json'));
    const run = await field.sync();
    expect(run.status).toBe('COMPLETED');
    const people = await field.people();
    expect(people.map((person) => [person.employee_number, person.birth_day, person.disable_date])).toEqual([
      ['E9101', '1988-07-01', null],
      ['E9102', '1988-07-01', null],
      ['E9103', '1988-07-01', null],
      ['E9104', '1988-07-01', null],
      ['E9105', '1988-07-01', null],
      ['E9106', null, null],
      ['E9107', null, null],
    ]);
    expect(await problems(run.id)).toEqual([]);
    const { rows } = {
      rows: await field.bench.sql.selectFrom('sync_run').select(['kind', 'summary']).execute(),
    };
    expect(rows.filter(({ kind }) => kind === 'LEAVERS').every(({ summary }) => hasNobody(summary))).toBe(
      true,
    );
  });

  test('unreadable forms are reported one by one', async () => {
    field.hr.answer(() => ({
      status: 200,
      data: {
        result: ['soon', '1.7.88', '32325'].map((birthDay, index) => ({
          personId: `x${index}`,
          employeeNumber: `X${index}`,
          fullName: '甲一',
          personType: '10',
          employeeStatus: '1',
          birthDay,
        })),
        pageInfo: { totalPages: 1, totalCount: 3 },
      },
    }));
    const run = await field.sync();
    expect(run.status).toBe('COMPLETED_WITH_ERRORS');
    expect((await problems(run.id)).map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 3 }, () => 'INCOMPLETE'),
    );
  });
});

function hasNobody(summary: unknown): boolean {
  return JSON.stringify(summary).includes('"found":0') || !/[1-9]/.test(JSON.stringify(summary));
}
