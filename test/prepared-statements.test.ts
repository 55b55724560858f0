import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrm, type Orm } from '../src/database.ts';
import { prepared } from '../src/entities/prepared.ts';
import { statements } from '../src/jobs/transaction.ts';
import { createTestDatabase, type TestDatabase } from './setup/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function preparedNames(orm: Orm): Promise<string[]> {
  const db = statements(orm.em.fork());
  for (const value of [1, 2]) {
    const { rows } = await sql<{ value: number }>`
      ${prepared('sample-statement')} select ${value}::int as value`.execute(db);
    expect(rows).toEqual([{ value }]);
  }
  const { rows } = await sql<{ name: string }>`select name from pg_prepared_statements`.execute(db);
  return rows.map((row) => row.name);
}

async function withOrm(
  options: { readonly prepares?: boolean },
  work: (orm: Orm) => Promise<void>,
): Promise<void> {
  const orm = await createOrm({ url: database.url, poolSize: 1, ...options });
  await work(orm).finally(() => orm.close(true));
}

describe('a statement that carries a name', () => {
  it('is prepared once by each connection', async () => {
    await withOrm({}, async (orm) => expect(await preparedNames(orm)).toEqual(['sample-statement']));
  });

  it('is sent like any other behind a pooler', async () => {
    await withOrm({ prepares: false }, async (orm) => expect(await preparedNames(orm)).toEqual([]));
  });
});
