import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements } from './count-statements.ts';
import { type OpenSchema, openSchema, seed } from './schema-fixture.ts';

// What operators read, on rows put in place by SQL.
let api: OpenSchema;
beforeAll(async () => {
  api = await openSchema();
  await api.execute(seed);
  await api.execute(people);
});
afterAll(() => api.close());

const people = `
insert into person (id, employee_number, full_name, english_name, person_pinyin_name, email_address, person_type,
  employee_status, employee_account, source, departments, original_hire_date)
values
  (11, 'H_100%', '欧阳小明', 'Ming', 'Ou Yang Xiao Ming', 'ming.ouyang@corp.cn', '10', '1', 'mouyang', 'HR',
    '[{"department_code": "D7", "partner_company": null, "country": null},
      {"department_code": "D1", "partner_company": "甲公司", "country": "中国"}]', '2020-02-29'),
  (12, 'H_100', '阿卜杜热合曼·买买提明', null, null, null, '10', '2', null, 'HR', '[]', null),
  (13, 'HX100', '王𠮷', null, null, null, '11', '1', null, 'REQUEST', '[]', null);
insert into account (person_id, system, identifier, state, origin)
values (11, 'IDAAS', 'mouyang', 'ACTIVE', 'IMPORTED'), (12, 'IDAAS', 'a12', 'DISABLED', 'IMPORTED'),
  (12, 'EMAIL', 'a12@x.cn', 'ACTIVE', 'LINKED');
`;

describe('people', () => {
  const find = async (filter: Record<string, unknown>, args = 'first: 100'): Promise<string[]> => {
    const { people } = await api.read(
      `query Q($filter: PersonFilter) { people(${args}, filter: $filter) { totalCount nodes { employeeNumber } } }`,
      { filter },
    );
    const numbers = people.nodes.map((node: { employeeNumber: string }) => node.employeeNumber);
    if (args === 'first: 100') expect(people.totalCount).toBe(numbers.length);
    return numbers;
  };

  it.each([
    ['a part of the number, whatever its case', 'h_1', ['H_100', 'H_100%']],
    ['a percent sign, which stands for itself', '100%', ['H_100%', 'P3']],
    ['an underscore, which stands for itself', '_', ['H_100', 'H_100%', 'P_2']],
    ['two characters of a name', '小明', ['H_100%']],
    ['a name with another dot', '热合曼•买买', ['H_100']],
    ['pinyin, with and without spaces', 'ouyang xiao', ['H_100%']],
    ['pinyin of a reserved address', 'zhangsan', ['P1']],
    ['an e-mail address', 'MING.OUYANG@CORP.CN', ['H_100%']],
    ['a full-width number', 'Ｐ１', ['P1']],
    ['what nobody has', '\\', []],
    ['what no column can hold', 'a\0b', []],
  ])('are found by %s', async (_, search, expected) => {
    expect((await find({ search })).toSorted()).toEqual(expected);
  });

  it('are narrowed by numbers, source, status, department and accounts, all together', async () => {
    expect(await find({})).toEqual(['HX100', 'H_100', 'H_100%', 'P3', 'P_2', 'P1']);
    expect(await find({ employeeNumbers: ['p1', 'HX100', 'nobody', 'a\0'] })).toEqual(['HX100', 'P1']);
    expect(await find({ employeeNumbers: [] })).toEqual([]);
    expect(await find({ source: 'HR', employeeStatus: ['2'] })).toEqual(['H_100']);
    expect(await find({ departmentCode: 'D1' })).toEqual(['H_100%', 'P1']);
    expect(await find({ system: 'IDAAS' })).toEqual(['H_100', 'H_100%', 'P_2', 'P1']);
    expect(await find({ accountState: 'ACTIVE' })).toEqual(['H_100', 'H_100%', 'P1']);
    expect(await find({ system: 'IDAAS', accountState: 'ACTIVE' })).toEqual(['H_100%', 'P1']);
    expect(await find({ withoutAccountIn: 'IDAAS', source: 'HR' })).toEqual(['H_100', 'P3']);
    expect(await find({ search: '100', source: 'HR', accountState: 'DISABLED' })).toEqual(['H_100']);
  });

  it('are paged, and read whole in one statement per kind of thing', async () => {
    expect(await find({}, 'last: 2')).toEqual(['P_2', 'P1']);
    const { result, statements } = await countStatements(() =>
      api.read(`{ people(first: 2, filter: { search: "h" }) { pageInfo { hasNextPage endCursor } nodes {
        employeeNumber pinyinName username emailAddress hireDate createdAt accounts { state }
        departments { departmentCode partnerCompany mapping { ou } } } } }`),
    );
    const [first, second] = result.people.nodes;
    expect(first).toMatchObject({ employeeNumber: 'HX100', pinyinName: null, departments: [] });
    expect(second).toMatchObject({
      employeeNumber: 'H_100',
      accounts: [{ state: 'DISABLED' }, { state: 'ACTIVE' }],
    });
    expect(statements).toHaveLength(3);
    const next = await find({ search: 'h' }, `first: 1, after: "${result.people.pageInfo.endCursor}"`);
    expect(next).toEqual(['H_100%']);
  });

  it('say everything HR said of somebody', async () => {
    const { person } =
      await api.read(`{ person(employeeNumber: "h_100%") { hrPersonId englishName pinyinName username
      hireDate disableDate departments { departmentCode partnerCompany country mapping { ou } } } }`);
    expect(person).toEqual({
      hrPersonId: null,
      englishName: 'Ming',
      pinyinName: 'ouyangxiaoming',
      username: 'mouyang',
      hireDate: '2020-02-29',
      disableDate: null,
      departments: [
        { departmentCode: 'D7', partnerCompany: null, country: null, mapping: null },
        { departmentCode: 'D1', partnerCompany: '甲公司', country: '中国', mapping: { ou: 'OU=50%' } },
      ],
    });
  });

  it('refuses more numbers than a list may have', async () => {
    const employeeNumbers = Array.from({ length: 10_001 }, (_, index) => `N${index}`);
    await expect(find({ employeeNumbers })).rejects.toThrow('at most 10000');
  });
});
