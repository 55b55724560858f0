import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrm, type Orm } from '../../src/database/orm.ts';
import { copyLine, copyRows } from '../../src/entities/copied.ts';
import { inTransaction, outsideTransaction } from '../../src/entities/transaction.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** How many statements are prepared after each was sent so often. */
async function preparedAfter(orm: Orm, statements: readonly RawBuilder<unknown>[], times: number) {
  const db = outsideTransaction(orm.em.fork());
  for (let n = 0; n < times; n += 1) for (const statement of statements) await statement.execute(db);
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db);
  return rows.map((row) => row.statement.trim());
}

async function withOrm(
  options: { readonly prepares?: boolean },
  work: (orm: Orm) => Promise<void>,
): Promise<void> {
  const orm = await createOrm({ url: database.url, poolSize: 1, ...options });
  await work(orm).finally(() => orm.close(true));
}

describe('a statement with values', () => {
  const one = sql`select ${1}::int as one`;

  it('is prepared by a connection from the second time on', async () => {
    await withOrm({}, async (orm) => {
      expect(await preparedAfter(orm, [one], 1)).toEqual([]);
      expect(await preparedAfter(orm, [one], 3)).toEqual(['select $1::int as one']);
      expect((await one.execute(outsideTransaction(orm.em.fork()))).rows).toEqual([{ one: 1 }]);
    });
  });

  it('is planned for its values when it is a page of a list, but not when the page stands under a key', async () => {
    const page = sql`select n from generate_series(1, ${9}::int) as n limit ${2}::int`;
    const keyed = sql`select n from unnest((select ${['1']}::bigint[])) as n limit ${2}::int`;
    await withOrm({}, async (orm) => {
      expect(await preparedAfter(orm, [page, keyed, sql`select 1`], 3)).toEqual([
        expect.stringContaining('unnest'),
      ]);
    });
  });

  it('is sent like any other behind a pooler', async () => {
    await withOrm({ prepares: false }, async (orm) => expect(await preparedAfter(orm, [one], 3)).toEqual([]));
  });

  it('is prepared no more when too many are, so that texts that hold values fill no memory', async () => {
    const many = Array.from({ length: 450 }, (_, n) => sql`select ${n}::int + ${sql.lit(n)}`);
    await withOrm({}, async (orm) => expect(await preparedAfter(orm, many, 2)).toHaveLength(400));
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
      const send = () => inTransaction(em, (tx) => copyRows(tx, into, rows, copyLine));
      const stored = async () => {
        const { rows: found } = await sql<{ key: number; text: string | null }>`
          select key, text from copied_sample order by key`.execute(db);
        return found.map(({ key, text }) => [String(key), text]);
      };
      await expect(
        inTransaction(em, async (tx) => {
          await copyRows(tx, into, rows, copyLine);
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
      const sendMany = () => inTransaction(em, (tx) => copyRows(tx, into, many, copyLine));
      await expect(sendMany()).rejects.toMatchObject({ code: '23505' });
      expect(await stored()).toEqual(rows);
      await sql`delete from copied_sample`.execute(db);
      await sendMany();
      expect(await stored()).toEqual(many);
    });
  });
});
