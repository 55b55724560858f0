import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrm, type Orm } from '../../src/database/orm.ts';
import { copyLine, copyRows } from '../../src/entities/copied.ts';
import { prepared } from '../../src/entities/prepared.ts';
import { inTransaction, outsideTransaction } from '../../src/entities/transaction.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function preparedNames(orm: Orm): Promise<string[]> {
  const db = outsideTransaction(orm.em.fork());
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

describe('rows that are copied', () => {
  const into = { table: 'copied_sample', columns: ['key', 'text'] };
  const rows = [
    ['1', 'tab\there, line\r\nbreak, back\\slash, \\N, 张三 𠮷'],
    ['2', null],
    ['3', ''],
  ] as const;

  it('arrive as they were, in the transaction that sends them; a refused row leaves nothing and breaks nothing', async () => {
    await withOrm({ prepares: false }, async ({ em }) => {
      const db = outsideTransaction(em.fork());
      await sql`create temporary table copied_sample (key int primary key, text text)`.execute(db);
      const send = () => inTransaction(em, (tx) => copyRows(into, rows, copyLine).execute(tx));
      const stored = async () => {
        const { rows: found } = await sql<{ key: number; text: string | null }>`
          select key, text from copied_sample order by key`.execute(db);
        return found.map(({ key, text }) => [String(key), text]);
      };
      await expect(
        inTransaction(em, async (tx) => {
          await copyRows(into, rows, copyLine).execute(tx);
          throw new Error('undone');
        }),
      ).rejects.toThrow('undone');
      expect(await stored()).toEqual([]);
      await send();
      expect(await stored()).toEqual(rows);
      await expect(send()).rejects.toMatchObject({ code: '23505' });
      expect(await stored()).toEqual(rows);
      // Refused at its first row, while most of it is still to be sent.
      const many = Array.from({ length: 20_000 }, (_, n) => [String(n + 1), 'x'.repeat(100)]);
      const sendMany = () => inTransaction(em, (tx) => copyRows(into, many, copyLine).execute(tx));
      await expect(sendMany()).rejects.toMatchObject({ code: '23505' });
      expect(await stored()).toEqual(rows);
      await sql`delete from copied_sample`.execute(db);
      await sendMany();
      expect(await stored()).toEqual(many);
    });
  });
});
