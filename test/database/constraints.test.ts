import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { finalTaskStatuses, taskStatuses } from '../../src/domain/provisioning/states/states.ts';
import type { Sql } from '../../src/entities/tables.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { isBlocked } from '../setup/locks.ts';
import {
  insertItem,
  insertPerson,
  insertRequest,
  insertRow,
  insertTask,
  sqlOf,
  unique,
} from '../setup/rows.ts';

/** Constraints of provisioning.md §1: what holds whoever writes. */

let database: TestDatabase;
let db: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  db = sqlOf(database.orm);
});
afterAll(() => database.drop());

const UNIQUE = { code: '23505' };
const CHECK = { code: '23514' };

function insertAccount(values: Readonly<Record<string, unknown>>): Promise<string> {
  return insertRow(db, 'account', { system: 'IDAAS', state: 'ACTIVE', identifier: unique('id'), ...values });
}

const openStatuses = taskStatuses.filter((status) => !finalTaskStatuses.some((final) => final === status));

describe('tasks', () => {
  test.for(openStatuses)(
    'while one is %s no other may be open for the same person and system',
    async (status) => {
      const person = await insertPerson(db);
      await insertTask(db, { person_id: person, status });
      for (const second of openStatuses)
        await expect(insertTask(db, { person_id: person, status: second })).rejects.toMatchObject(UNIQUE);
    },
  );

  test.for(finalTaskStatuses)('one that is %s does not prevent another', async (status) => {
    const person = await insertPerson(db);
    await insertTask(db, { person_id: person, status });
    await insertTask(db, { person_id: person, status });
    await insertTask(db, { person_id: person });
  });

  test('of one person at two systems, and of two people at one, are open together', async () => {
    const person = await insertPerson(db);
    await insertTask(db, { person_id: person, system: 'IDAAS' });
    await insertTask(db, { person_id: person, system: 'EMAIL' });
    await insertTask(db, { system: 'IDAAS' });
  });

  test('an unknown state or priority is refused', async () => {
    await expect(insertTask(db, { status: 'DONE' })).rejects.toMatchObject(CHECK);
    await expect(insertTask(db, { priority: 'URGENT' })).rejects.toMatchObject(CHECK);
    await expect(insertTask(db, { max_attempts: 0 })).rejects.toMatchObject(CHECK);
  });

  test('serve an item once, and belong to items that exist', async () => {
    const link = { item_id: await insertItem(db), task_id: await insertTask(db) };
    const insert = () => db.insertInto('request_item_task').values(link).execute();
    await insert();
    await expect(insert()).rejects.toMatchObject(UNIQUE);
    await expect(
      db.insertInto('request_item_task').values({ item_id: '0', task_id: link.task_id }).execute(),
    ).rejects.toMatchObject({ code: '23503' });
  });
});

describe('attempts', () => {
  test('are numbered once per task', async () => {
    const task = await insertTask(db);
    await insertRow(db, 'task_attempt', { task_id: task, execution_attempt: 1 });
    await insertRow(db, 'task_attempt', { task_id: task, execution_attempt: 2 });
    await expect(
      insertRow(db, 'task_attempt', { task_id: task, execution_attempt: 2 }),
    ).rejects.toMatchObject(UNIQUE);
    await expect(
      insertRow(db, 'task_attempt', { task_id: task, execution_attempt: 0 }),
    ).rejects.toMatchObject(CHECK);
  });

  test('have an outcome exactly when they ended', async () => {
    const attempt = { task_id: await insertTask(db), execution_attempt: 1 };
    await expect(insertRow(db, 'task_attempt', { ...attempt, outcome: 'CREATED' })).rejects.toMatchObject(
      CHECK,
    );
    await expect(
      insertRow(db, 'task_attempt', { ...attempt, finished_at: new Date() }),
    ).rejects.toMatchObject(CHECK);
    await insertRow(db, 'task_attempt', { ...attempt, outcome: 'CREATED', finished_at: new Date() });
  });
});

describe('people', () => {
  test('have one employee number, case-insensitive', async () => {
    const number = unique('Ab');
    await insertPerson(db, { employee_number: number });
    for (const again of [number, number.toLowerCase(), number.toUpperCase()])
      await expect(insertPerson(db, { employee_number: again })).rejects.toMatchObject(UNIQUE);
  });

  test('have one HR id, and as many may have none', async () => {
    const hrId = unique('HR');
    await insertPerson(db, { hr_person_id: hrId });
    await expect(insertPerson(db, { hr_person_id: hrId })).rejects.toMatchObject(UNIQUE);
    await insertPerson(db);
    await insertPerson(db);
  });

  test('have departments as a list', async () => {
    await expect(insertPerson(db, { departments: {} })).rejects.toMatchObject(CHECK);
  });
});

describe('accounts', () => {
  test('are at most one per person and system', async () => {
    const person = await insertPerson(db);
    await insertAccount({ person_id: person });
    await expect(insertAccount({ person_id: person })).rejects.toMatchObject(UNIQUE);
    await insertAccount({ person_id: person, system: 'EMAIL' });
  });

  test('have a unique identifier in the system, case-insensitive', async () => {
    const identifier = unique('Zhang.San');
    await insertAccount({ person_id: await insertPerson(db), identifier });
    const other = await insertPerson(db);
    for (const same of [identifier, identifier.toUpperCase()])
      await expect(insertAccount({ person_id: other, identifier: same })).rejects.toMatchObject(UNIQUE);
    await insertAccount({ person_id: other, identifier, system: 'EMAIL' });
  });

  test('may lack an identifier only while they are planned', async () => {
    const person = await insertPerson(db);
    await expect(insertAccount({ person_id: person, identifier: null })).rejects.toMatchObject(CHECK);
    await insertAccount({ person_id: person, identifier: null, state: 'PLANNED' });
    await insertAccount({ person_id: await insertPerson(db), identifier: null, state: 'PLANNED' });
  });
});

describe('reserved names', () => {
  const reserve = (value: string, person: string, kind = 'LOCAL_PART') =>
    insertRow(db, 'name_reservation', { kind, value, person_id: person });

  test('are given once', async () => {
    const name = unique('zhangsan').toLowerCase();
    await reserve(name, await insertPerson(db));
    await expect(reserve(name, await insertPerson(db))).rejects.toMatchObject(UNIQUE);
    await reserve(name, await insertPerson(db), 'USERNAME');
  });

  test('are stored in lower case', async () => {
    await expect(reserve('ZhangSan', await insertPerson(db))).rejects.toMatchObject(CHECK);
  });

  test('stay taken after the person is deleted', async () => {
    const name = unique('lisi').toLowerCase();
    const person = await insertPerson(db);
    await reserve(name, person);
    await db.deleteFrom('person').where('id', '=', person).execute();
    await expect(reserve(name, await insertPerson(db))).rejects.toMatchObject(UNIQUE);
  });
});

describe('requests', () => {
  test('have keys of two namespaces, each unique for its principal', async () => {
    const key = unique('key');
    await insertRequest(db, { idempotency_key: key, derived_key: key });
    await insertRequest(db, { derived_key: key });
    await expect(insertRequest(db, { idempotency_key: key })).rejects.toMatchObject(UNIQUE);
    await expect(insertRequest(db, { derived_key: key })).rejects.toMatchObject(UNIQUE);
    await insertRequest(db, { idempotency_key: key, created_by: 'somebody else' });
    await insertRequest(db, { derived_key: key, created_by: 'somebody else' });
  });

  test('leave their key to another once they are cancelled', async () => {
    const key = unique('key');
    await insertRequest(db, { idempotency_key: key, key_released_at: new Date() });
    await insertRequest(db, { idempotency_key: key });
  });

  test('name each person once, case-insensitive, and each position once', async () => {
    const request = await insertRequest(db);
    const number = unique('Ab');
    await insertItem(db, { request_id: request, position: 0, employee_number: number });
    await expect(
      insertItem(db, { request_id: request, position: 1, employee_number: number.toUpperCase() }),
    ).rejects.toMatchObject(UNIQUE);
    await expect(insertItem(db, { request_id: request, position: 0 })).rejects.toMatchObject(UNIQUE);
    await insertItem(db, { employee_number: number });
  });

  test('want at least one system and one to ten thousand people', async () => {
    await expect(insertRequest(db, { system_list: [] })).rejects.toMatchObject(CHECK);
    await expect(insertRequest(db, { total_users: 0 })).rejects.toMatchObject(CHECK);
    await expect(insertRequest(db, { total_users: 10_001 })).rejects.toMatchObject(CHECK);
    await insertRequest(db, { total_users: 10_000 });
  });
});

describe('text lengths', () => {
  // Outside the basic plane: two UTF-16 units and four bytes, but one code point.
  const HAN = '𠮷';

  test.for<[column: string, limit: number, insert: (value: string) => Promise<unknown>]>([
    ['employee_name', 100, (value) => insertItem(db, { employee_name: value })],
    ['department_code', 50, (value) => insertItem(db, { department_code: value })],
    ['country', 50, (value) => insertItem(db, { country: value })],
    ['partner_company', 100, (value) => insertItem(db, { partner_company: value })],
    ['phone_number', 40, (value) => insertItem(db, { phone_number: value })],
    ['origin_system', 50, (value) => insertRequest(db, { origin_system: value })],
    ['business_key', 50, (value) => insertRequest(db, { business_key: value })],
    ['account_type', 50, (value) => insertRequest(db, { account_type: value })],
    ['employee_type', 50, (value) => insertRequest(db, { employee_type: value })],
    ['idempotency_key', 200, (value) => insertRequest(db, { idempotency_key: value })],
    ['full_name', 100, (value) => insertPerson(db, { full_name: value })],
  ])('%s holds %i code points, not units, and not one more', async ([, limit, insert]) => {
    await insert(HAN.repeat(limit));
    await expect(insert(HAN.repeat(limit + 1))).rejects.toMatchObject(CHECK);
  });

  test('what is demanded is not empty', async () => {
    await expect(insertItem(db, { employee_name: '' })).rejects.toMatchObject(CHECK);
    await expect(insertItem(db, { phone_number: '' })).rejects.toMatchObject(CHECK);
    await expect(insertRequest(db, { origin_system: '' })).rejects.toMatchObject(CHECK);
    await expect(insertRequest(db, { idempotency_key: '' })).rejects.toMatchObject(CHECK);
    await expect(insertPerson(db, { full_name: '' })).rejects.toMatchObject(CHECK);
  });

  test('an employee number has 1 to 50', async () => {
    await expect(insertPerson(db, { employee_number: '' })).rejects.toMatchObject(CHECK);
    await expect(insertPerson(db, { employee_number: 'x'.repeat(51) })).rejects.toMatchObject(CHECK);
    await expect(insertItem(db, { employee_number: 'x'.repeat(51) })).rejects.toMatchObject(CHECK);
    await insertPerson(db, { employee_number: 'x'.repeat(50) });
  });

  test('a login has as many as an identifier: an adopted one may be longer than ours', async () => {
    await insertPerson(db, { reserved_username: 'x'.repeat(320) });
    await expect(insertPerson(db, { reserved_username: 'x'.repeat(321) })).rejects.toMatchObject(CHECK);
  });
});

describe('mappings', () => {
  const mapType = (person_type: string, aliases: readonly string[]) =>
    insertRow(db, 'person_type_mapping', {
      person_type,
      aliases: [...aliases],
      idaas_user_type: 'x',
      welink_person_type: 'x',
    });

  test('an alias belongs to one person type only', async () => {
    const alias = unique('alias');
    await mapType(unique('t'), [alias, unique('alias')]);
    const second = unique('t');
    await expect(mapType(second, [unique('alias'), alias])).rejects.toMatchObject(UNIQUE);
    await mapType(second, [unique('alias')]);
    await expect(
      db
        .updateTable('person_type_mapping')
        .set({ aliases: [alias] })
        .where('person_type', '=', second)
        .execute(),
    ).rejects.toMatchObject(UNIQUE);
  });

  test('a mapping may be written again with the aliases it has', async () => {
    const alias = unique('alias');
    const type = unique('t');
    await mapType(type, [alias]);
    await db
      .updateTable('person_type_mapping')
      .set({ aliases: [alias, `${alias}2`] })
      .where('person_type', '=', type)
      .execute();
  });

  test('of two mappings that take the same alias at the same moment one gets it', async () => {
    const alias = unique('alias');
    const insert = (client: pg.Client) =>
      client.query(
        `insert into person_type_mapping (person_type, aliases, idaas_user_type, welink_person_type)
         values ($1, $2, 'x', 'x')`,
        [unique('t'), [alias]],
      );
    const [first, second] = [new pg.Client(database.url), new pg.Client(database.url)];
    await Promise.all([first.connect(), second.connect()]);
    try {
      await first.query('begin');
      await insert(first);
      const late = insert(second).then(
        () => 'stored',
        (error: unknown) => error,
      );
      expect(await isBlocked(db, late), 'the second waits for the first').toBe(true);
      await first.query('commit');
      expect(await late).toMatchObject(UNIQUE);
    } finally {
      await Promise.all([first.end(), second.end()]);
    }
  });

  test('a person type and a department code are mapped once', async () => {
    const type = unique('t');
    await mapType(type, []);
    await expect(mapType(type, [])).rejects.toMatchObject(UNIQUE);
    const department = { idata_department_code: unique('D'), idaas_department_code: 'D', ou: 'OU=x' };
    await insertRow(db, 'department_mapping', department);
    await expect(insertRow(db, 'department_mapping', department)).rejects.toMatchObject(UNIQUE);
  });
});

test('times are stored with their zone and read in UTC', async () => {
  const { rows } = await sql<{ columns: string }>`
    select table_name || '.' || column_name as columns from information_schema.columns
    where table_schema = 'public' and data_type = 'timestamp without time zone'
      and table_name <> 'mikro_orm_migrations'`.execute(db);
  expect(rows).toEqual([]);
});
