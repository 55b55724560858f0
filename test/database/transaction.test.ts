import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrm, type Orm, poolState } from '../../src/database/orm.ts';
import { copyLine, copyRows } from '../../src/entities/copied.ts';
import {
  commitAsync,
  type Executor,
  inTransaction,
  outsideTransaction,
} from '../../src/entities/transaction.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';

let database: TestDatabase;
let orm: Orm;
beforeAll(async () => {
  database = await createTestDatabase();
  orm = await createOrm({ url: database.url, poolSize: 1 });
  await sql`create table step (name text primary key)`.execute(outsideTransaction(orm.em.fork()));
});
afterAll(async () => {
  await orm.close(true);
  await database.drop();
});

const note = (tx: Executor, name: string) => sql`insert into step values (${name})`.execute(tx);
const noted = async () => {
  const { rows } = await sql<{ name: string }>`select name from step order by name`.execute(
    outsideTransaction(orm.em.fork()),
  );
  return rows.map((row) => row.name);
};

describe('steps side by side', () => {
  it('are one transaction, and none waits for the answers of another', async () => {
    const order: string[] = [];
    const step = async (tx: Executor, name: string) => {
      for (const part of [1, 2]) {
        order.push(`${name}${part}`);
        await note(tx, `${name}${part}`);
      }
    };
    await inTransaction(orm.em, (tx) => Promise.all([step(tx, 'a'), step(tx, 'b'), step(tx, 'c')]));
    expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'c2']);
    expect(await noted()).toEqual(['a1', 'a2', 'b1', 'b2', 'c1', 'c2']);
  });

  it('send nothing more once one has failed, also where another was busy with something else', async () => {
    const before = await noted();
    const failed = Promise.withResolvers<void>();
    const late = Promise.withResolvers<unknown>();
    late.promise.catch(() => {});
    const work = (tx: Executor) =>
      Promise.all([
        note(tx, 'x').then(async () => {
          await failed.promise;
          await note(tx, 'late').then(late.resolve, late.reject);
        }),
        sql`select 1 / 0`.execute(tx),
      ]);
    const failing = inTransaction(orm.em, async (tx) => {
      // The rollback is on its way then, and not answered yet.
      await work(tx).finally(() => setImmediate(failed.resolve));
    });
    await expect(failing).rejects.toThrow('division by zero');
    await expect(late.promise).rejects.toThrow('is over');
    expect(await noted()).toEqual(before);
  });
});

it.each(['a row cannot be made', 'what is done meanwhile fails'])(
  'a COPY ends with its transaction when %s',
  async (why) => {
    const before = await noted();
    const fail = (when: boolean) => {
      if (when) throw new Error(why);
    };
    const rows = Array.from({ length: 10_000 }, (_, n) => n);
    const copying = inTransaction(orm.em, (tx) =>
      copyRows(
        tx,
        { table: 'step', columns: ['name'] },
        rows,
        (n) => {
          fail(n === 9_000 && why.startsWith('a row'));
          return copyLine([`copied ${n}`]);
        },
        () => fail(true),
      ),
    );
    await expect(copying).rejects.toThrow(why);
    expect(await noted()).toEqual(before);
  },
);

it('closing waits for no connection that is still being made, and tells who asked for it', async () => {
  const closing = await createOrm({ url: database.url, poolSize: 2 });
  const asked = sql`select 1`.execute(outsideTransaction(closing.em.fork()));
  const refused = expect(asked).rejects.toThrow('was closed');
  await nextTurn();
  expect(poolState(closing)).toMatchObject({ total: 1, idle: 0 });
  await closing.close(true);
  await refused;
});

it('a statement that need not be on the disk waits for no disk, and leaves its connection as it was', async () => {
  const db = outsideTransaction(orm.em.fork());
  const mode = sql<{ mode: string }>`select current_setting('synchronous_commit') as mode`;
  // Whatever the server of the tests was started with: the pool has one connection.
  await sql`set synchronous_commit = on`.execute(db);
  expect(await commitAsync(db, mode)).toEqual([{ mode: 'off' }]);
  expect((await mode.execute(db)).rows).toEqual([{ mode: 'on' }]);
  await expect(commitAsync(db, sql`select 1 / 0`)).rejects.toThrow('division by zero');
  expect((await mode.execute(db)).rows).toEqual([{ mode: 'on' }]);
});

it('a statement that need not be on the disk is repeated when a migration has outdated its plan', async () => {
  const db = outsideTransaction(orm.em.fork());
  await sql`create table migrated (name text)`.execute(db);
  await sql`insert into migrated values ('a')`.execute(db);
  const read = () => commitAsync(db, sql`select * from migrated where ${true}::boolean`);
  // Prepared from the second time on.
  for (let n = 0; n < 3; n += 1) expect(await read()).toEqual([{ name: 'a' }]);
  await sql`alter table migrated add column size int`.execute(db);
  expect(await read()).toEqual([{ name: 'a', size: null }]);
});

it('plans are compiled only where the session is not told otherwise', async () => {
  const jitOf = async (options: { readonly compilesPlans?: boolean }) => {
    const told = await createOrm({ url: database.url, poolSize: 1, ...options });
    const { rows } = await sql<{ jit: string }>`show jit`.execute(outsideTransaction(told.em.fork()));
    await told.close(true);
    return rows[0]?.jit;
  };
  expect(await jitOf({ compilesPlans: false })).toBe('off');
  expect(await jitOf({})).toBe('on');
});
