import { sql } from 'kysely';
import { afterEach, expect, test, vi } from 'vitest';
import { isMigrated, migrate } from '../../src/database/migrate.ts';
import { createOrm } from '../../src/database/orm.ts';
import { entities } from '../../src/entities/tables.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { sqlOf } from '../setup/rows.ts';

let database: TestDatabase | undefined;
afterEach(() => database?.drop());

test('migrations apply once: the second run finds nothing to do', async () => {
  database = await createEmptyDatabase();
  const { orm, url } = database;
  expect(await isMigrated(orm)).toBe(false);
  expect((await migrate(orm, url)).length).toBeGreaterThan(0);
  expect(await isMigrated(orm)).toBe(true);
  expect(await migrate(orm, url)).toEqual([]);
});

test('migrating prints nothing: stdout belongs to the ready line', async () => {
  database = await createEmptyDatabase();
  const log = vi.spyOn(console, 'log');
  await migrate(database.orm, database.url);
  expect(log).not.toHaveBeenCalled();
});

test('of several migrators at once one does the work and the others wait for it', async () => {
  database = await createEmptyDatabase();
  const { url } = database;
  const orms = await Promise.all([1, 2, 3].map(() => createOrm({ url, poolSize: 2 })));
  try {
    const applied = await Promise.all(orms.map((orm) => migrate(orm, url)));
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
    for (const orm of orms) expect(await isMigrated(orm)).toBe(true);
  } finally {
    await Promise.all(orms.map((orm) => orm.close(true)));
  }
});

test('every column of every entity exists', async () => {
  database = await createTestDatabase();
  const em = database.orm.em.fork();
  for (const entity of entities) {
    const rows = await em.find<object>(entity, {}, { limit: 1 });
    expect(rows.length, entity.name).toBeLessThanOrEqual(1);
  }
});

test('every table has an entity, and every column a property', async () => {
  database = await createTestDatabase();
  const { orm } = database;
  const { rows } = await sql<{ table_name: string; columns: string[] }>`
    select table_name, array_agg(column_name::text order by column_name) as columns
    from information_schema.columns
    where table_schema = 'public' and table_name <> 'mikro_orm_migrations'
    group by table_name`.execute(sqlOf(orm));
  const stored = Object.fromEntries(rows.map((row) => [row.table_name, row.columns]));
  const mapped = Object.fromEntries(
    [...orm.getMetadata().getAll().values()].map((meta) => [
      meta.tableName,
      Object.values(meta.properties)
        .flatMap((property) => property.fieldNames ?? [])
        .toSorted(),
    ]),
  );
  expect(stored).toEqual(mapped);
});

test('a new database has the person types of the contract', async () => {
  database = await createTestDatabase();
  const rows = await sqlOf(database.orm)
    .selectFrom('person_type_mapping')
    .select(['person_type', 'aliases', 'email_domain'])
    .orderBy('person_type')
    .execute();
  expect(rows.map((row) => row.person_type)).toEqual(['10', '11', '12', '13']);
  expect(rows[1]?.aliases).toEqual(expect.arrayContaining(['供应商', 'supplier']));
  expect(rows.every((row) => row.email_domain === null)).toBe(true);
});
