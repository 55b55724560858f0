import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mapAccount, mapPerson } from '../../src/domain/provisioning/first-system/map-rows.ts';
import { openFirstSystem } from '../../src/integrations/first-system/read-tables.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { sqlOf } from '../setup/rows.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const db = sqlOf(database.orm);
  await sql`create table syncservice_hrperson (person_id int primary key, employee_number varchar(50) unique,
    full_name varchar(100), birth_day date, person_type varchar(10), employee_status varchar(10),
    creation_date timestamptz, last_update_date timestamptz, person_dept jsonb, created_by varchar(20))`.execute(
    db,
  );
  await sql`create table syncservice_hrpersonaccount (id serial primary key, person_id int, account_type varchar(20),
    account_identifier varchar(200), is_created boolean)`.execute(db);
  await sql`insert into syncservice_hrperson values
    (7, 'G1', '张三', '1990-02-03', '11', '1', '2026-01-17 10:00:00+08', '2026-01-17 10:00:00+08',
      '[{"department_code": "D001"}]', 'hr_sync'),
    (8, 'g1', '李四', null, '11', '1', now(), now(), '[]', 'account_creation_api')`.execute(db);
  await sql`insert into syncservice_hrpersonaccount (person_id, account_type, account_identifier, is_created)
    values (7, 'idaas', 'zG1', true), (8, 'idaas', 'ZG1', false)`.execute(db);
});
afterAll(() => database.drop());

test('a Postgres of the first system is read as SQLite is, in one snapshot', async () => {
  const source = await openFirstSystem(database.url);
  expect(source.tables).toEqual(['hrperson', 'hrpersonaccount']);
  const [first, second] = await source.page('hrperson', { after: null, limit: 10 });
  expect(mapPerson(first ?? {})).toMatchObject({
    employee_number: 'G1',
    hr_person_id: '7',
    birth_day: '1990-02-03',
    departments: [{ department_code: 'D001' }],
    hr_created_at: '2026-01-17T02:00:00.000Z',
    source: 'HR',
  });
  expect(second).toMatchObject({ _first: '7' });
  expect(await source.page('hrperson', { after: '7', limit: 10 })).toHaveLength(1);
  await sql`delete from syncservice_hrpersonaccount`.execute(sqlOf(database.orm));
  const accounts = await source.page('hrpersonaccount', { after: null, limit: 10 });
  expect(accounts.map((row) => mapAccount(row))).toEqual([
    { employee_number: 'G1', system: 'IDAAS', identifier: 'zG1', claimed: true },
    { employee_number: 'g1', system: 'IDAAS', identifier: 'ZG1', claimed: false },
  ]);
  expect(accounts[1]).toMatchObject({ _first: '1' });
  await source.close();
});
