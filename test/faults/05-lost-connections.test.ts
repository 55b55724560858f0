import { sql } from 'kysely';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { createOrm, poolState } from '../../src/database/orm.ts';
import { inTransaction, outsideTransaction } from '../../src/entities/transaction.ts';
import { createTestDatabase } from '../setup/database.ts';

const DEADLINE = { timeout: 60_000, interval: 20 };

/** The whole of fault 5 is in `npm run test:faults`. */

test('connections lost inside of transactions and statements give their places in the pool back', async () => {
  const database = await createTestDatabase();
  const orm = await createOrm({ url: database.url, poolSize: 2 });
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  try {
    const endMe = sql`select pg_terminate_backend(pg_backend_pid())`;
    const endedElsewhere = async (pid: number) => {
      await admin.query('select pg_terminate_backend($1)', [pid]);
      await vi.waitFor(async () => {
        const { rowCount } = await admin.query('select 1 from pg_stat_activity where pid = $1', [pid]);
        expect(rowCount).toBe(0);
      }, DEADLINE);
    };
    // More often than there are places.
    for (let n = 0; n < 3; n += 1) {
      await expect(inTransaction(orm.em, (tx) => endMe.execute(tx))).rejects.toThrow();
      await expect(endMe.execute(outsideTransaction(orm.em.fork()))).rejects.toThrow();
      const idle = inTransaction(orm.em, async (tx) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
        await endedElsewhere(rows[0]?.pid ?? 0);
        await sql`select 1`.execute(tx);
      });
      await expect(idle).rejects.toThrow();
    }
    const { rows } = await sql`select 1 as one`.execute(outsideTransaction(orm.em.fork()));
    expect(rows).toEqual([{ one: 1 }]);
    expect(poolState(orm)).toMatchObject({ total: 1, idle: 1, waiting: 0 });
  } finally {
    await admin.end();
    await orm.close(true);
    await database.drop();
  }
});
