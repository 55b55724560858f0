import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonType } from '../../../src/domain/provisioning/intake/person-types.ts';
import { upsertPersonTypeMappings } from '../../../src/jobs/provisioning/mappings/upsert-person-type-mappings.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';
import { insertPerson, insertRow, insertTask, unique } from '../../setup/rows.ts';
import { type OpenSchema, openSchema } from '../../setup/schema-fixture.ts';

const type = (personType: string, given: Partial<PersonType> = {}): PersonType => ({
  personType,
  aliases: [],
  emailDomain: null,
  idaasUserType: 'supplier',
  welinkPersonType: '外包',
  isActive: true,
  description: null,
  ...given,
});

describe('through the API', () => {
  let api: OpenSchema;
  beforeAll(async () => {
    api = await openSchema();
  });
  afterAll(() => api.close());

  const call = async (name: string, input: unknown, fields: string) => {
    const inputType = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const source = `mutation M($input: ${inputType}!) { ${name}(input: $input) { ${fields} userErrors { code message path } } }`;
    return (await api.read(source, { input }))[name];
  };
  const upsertTypes = (...mappings: unknown[]) =>
    call('upsertPersonTypeMappings', { mappings }, 'created updated unchanged releasedTasks');
  const deleteType = (personType: string) => call('deletePersonTypeMapping', { personType }, 'deleted');
  const deleteDepartments = (...idataDepartmentCodes: string[]) =>
    call('deleteDepartmentMappings', { idataDepartmentCodes }, 'deleted');

  async function departments(...codes: string[]): Promise<void> {
    for (const code of codes) {
      await insertRow(api.db, 'department_mapping', {
        idata_department_code: code,
        idaas_department_code: `I-${code}`,
        ou: '',
      });
    }
  }
  const departmentCount = async (...codes: string[]) => {
    const rows = await api.db
      .selectFrom('department_mapping')
      .select('id')
      .where('idata_department_code', 'in', codes)
      .execute();
    return rows.length;
  };

  it('deletes department mappings that no person has', async () => {
    const codes = [unique('D'), unique('D')];
    await departments(...codes);
    expect(await deleteDepartments(...codes)).toEqual({ deleted: 2, userErrors: [] });
    expect(await departmentCount(...codes)).toBe(0);
    expect(await deleteDepartments()).toEqual({ deleted: 0, userErrors: [] });
  });

  it('deletes none when one is used or unknown, saying by how many people', async () => {
    const [free, used, unknown] = [unique('D'), unique('D'), unique('D')];
    await departments(free, used);
    const place = (code: string) => ({ department_code: code, partner_company: null, country: 'CN' });
    await insertPerson(api.db, { departments: JSON.stringify([place('elsewhere'), place(used)]) });
    await insertPerson(api.db, { departments: JSON.stringify([place(used), place(used)]) });
    expect(await deleteDepartments(free, used, unknown, 'a\0')).toEqual({
      deleted: 0,
      userErrors: [
        {
          code: 'IN_USE',
          message: expect.stringContaining(`${used} is in use; people who have this department: 2`),
          path: ['idataDepartmentCodes', '1'],
        },
        { code: 'NOT_FOUND', message: expect.stringContaining(unknown), path: ['idataDepartmentCodes', '2'] },
        { code: 'NOT_FOUND', message: expect.any(String), path: ['idataDepartmentCodes', '3'] },
      ],
    });
    expect(await departmentCount(free, used)).toBe(2);
  });

  it('adds, changes and leaves person types', async () => {
    const code = unique('t');
    const given = { personType: code, idaasUserType: 'supplier', welinkPersonType: '外包' };
    expect(await upsertTypes(given)).toMatchObject({ created: 1, updated: 0, unchanged: 0, userErrors: [] });
    expect(await upsertTypes(given)).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
    const changed = { ...given, aliases: [unique('alias')], emailDomain: '@Example.com' };
    expect(await upsertTypes(changed, { ...given, personType: unique('t') })).toMatchObject({
      created: 1,
      updated: 1,
    });
    const { personTypeMappings } = await api.read(
      '{ personTypeMappings { personType aliases emailDomain isActive description } }',
    );
    expect(personTypeMappings).toContainEqual({
      personType: code,
      aliases: changed.aliases,
      emailDomain: 'example.com',
      isActive: true,
      description: null,
    });
  });

  it('refuses an alias of another type, naming it, and stores nothing', async () => {
    const given = { personType: unique('t'), idaasUserType: 'supplier', welinkPersonType: '外包' };
    const answer = await upsertTypes({ ...given, aliases: [unique('alias'), '供应商'] });
    expect(answer).toEqual({
      created: 0,
      updated: 0,
      unchanged: 0,
      releasedTasks: 0,
      userErrors: [
        {
          code: 'INVALID',
          path: ['mappings', '0', 'aliases', '1'],
          message: expect.stringContaining('"供应商", belongs to the person type 11 already'),
        },
      ],
    });
    expect(await deleteType(given.personType)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  });

  it('moves an alias from one type to another in one call', async () => {
    const [from, to, alias] = [unique('t'), unique('t'), unique('alias')];
    const given = { idaasUserType: 'supplier', welinkPersonType: '外包' };
    await upsertTypes({ ...given, personType: to }, { ...given, personType: from, aliases: [alias] });
    const moved = await upsertTypes(
      { ...given, personType: to, aliases: [alias] },
      { ...given, personType: from },
    );
    expect(moved).toMatchObject({ updated: 2, userErrors: [] });
  });

  it('deletes a person type that no person has, and no other', async () => {
    const [code, alias] = [unique('t'), unique('alias')];
    await upsertTypes({ personType: code, aliases: [alias], idaasUserType: 'x', welinkPersonType: 'y' });
    await insertPerson(api.db, { person_type: alias });
    expect(await deleteType(code)).toEqual({
      deleted: 0,
      userErrors: [
        {
          code: 'IN_USE',
          path: ['personType'],
          message: expect.stringContaining('by its code or an alias: 1'),
        },
      ],
    });
    await api.execute(`update person set person_type = '11' where person_type = '${alias}'`);
    expect(await deleteType(code)).toEqual({ deleted: 1, userErrors: [] });
    expect(await deleteType('11')).toMatchObject({
      deleted: 0,
      userErrors: [{ code: 'IN_USE', message: expect.stringContaining('default_person_type') }],
    });
    expect(await deleteType('a\0')).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  });
});

describe('tasks that failed without a person type', () => {
  let bench: ProvisioningBench;
  beforeAll(async () => {
    bench = await ProvisioningBench.start({ settings: { default_person_type: '' } });
  });
  afterAll(() => bench.stop());
  const upsert = (...mappings: PersonType[]) => upsertPersonTypeMappings(bench.context, { mappings });

  it('go on once a mapping names it, whether added or switched on', async () => {
    const submit = async (accountType: string) => {
      const id = await bench.submit([{}], { systems: ['IDAAS'], accountType });
      expect((await bench.finished(id)).items).toMatchObject([{ error_code: 'PERSON_TYPE_UNMAPPED' }]);
      return id;
    };
    await upsert(type('20', { aliases: ['asleep'], isActive: false }));
    const ids = [await submit('asleep'), await submit('nobody')];
    expect(await upsert(type('21'))).toMatchObject({ created: 1, releasedTasks: 0 });
    expect(
      await upsert(type('20', { aliases: ['asleep'] }), type('21', { aliases: ['nobody'] })),
    ).toMatchObject({ updated: 2, releasedTasks: 2 });
    for (const id of ids) expect(await bench.finished(id)).toMatchObject({ status: 'COMPLETED', round: 2 });
  });

  it('go on once their type has a domain', async () => {
    const person = await insertPerson(bench.sql, { person_type: '12' });
    const failed = { status: 'FAILED', error_code: 'EMAIL_DOMAIN_MISSING' };
    await insertTask(bench.sql, { person_id: person, system: 'WELINK', ...failed });
    const intern = type('12', { aliases: ['实习生', 'intern'] });
    expect(await upsert({ ...intern, idaasUserType: 'trainee' })).toMatchObject({ releasedTasks: 0 });
    expect(await upsert({ ...intern, emailDomain: 'intern.example.com' })).toMatchObject({
      updated: 1,
      releasedTasks: 1,
    });
  });

  it('go on when what is added is the default', async () => {
    await bench.set('default_person_type', '30');
    const id = await bench.submit([{}], { systems: ['IDAAS'], accountType: 'whoever' });
    expect((await bench.finished(id)).status).toBe('FAILED');
    expect(await upsert(type('30'))).toMatchObject({ created: 1, releasedTasks: 1 });
    expect((await bench.finished(id)).status).toBe('COMPLETED');
  });
});
