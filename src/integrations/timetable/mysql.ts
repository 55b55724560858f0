import type { Pool, PoolConnection, ResultSetHeader } from 'mysql2';
import { z } from 'zod';
import {
  CONNECT_TIMEOUT_MS,
  CONNECTIONS_MAX,
  ROWS_PER_BATCH,
  type Row,
  type Statement,
  type TimetableDatabase,
  type Value,
} from './database.ts';

const rowShape = z.record(z.string(), z.unknown());

/** MySQL or MariaDB. Statements are prepared by the server: no value is ever written into a text. */
export function openMysql(url: string): TimetableDatabase {
  let opened: Promise<Pool> | null = null;
  const borrow = async () => {
    opened ??= openPool(url);
    const pool = await opened;
    return new Promise<PoolConnection>((resolve, reject) => {
      pool.getConnection((error, connection) => (error === null ? resolve(connection) : reject(error)));
    });
  };

  async function* read(statement: string, values: readonly Value[]): AsyncGenerator<readonly Row[]> {
    const connection = await borrow();
    let whole = false;
    try {
      const rows = connection.execute(statement, [...values]).stream({ highWaterMark: ROWS_PER_BATCH });
      let batch: Row[] = [];
      for await (const row of rows) {
        batch.push(rowShape.parse(row));
        if (batch.length < ROWS_PER_BATCH) continue;
        yield batch;
        batch = [];
      }
      whole = true;
      if (batch.length > 0) yield batch;
    } finally {
      // Unread rows would precede the answer to the connection's next statement, so it is not reused.
      if (whole) connection.release();
      else connection.destroy();
    }
  }

  async function change(statements: readonly Statement[]): Promise<number> {
    const connection = await borrow();
    try {
      const session = connection.promise();
      await session.beginTransaction();
      let changed = 0;
      for (const { text, values } of statements) {
        const [result] = await session.execute<ResultSetHeader>(text, [...values]);
        changed += result.affectedRows;
      }
      await session.commit();
      connection.release();
      return changed;
    } catch (error) {
      // Ends the transaction, too.
      connection.destroy();
      throw error;
    }
  }

  return {
    sameAs: '<=>',
    read,
    change,
    close: async () => {
      const pool = await opened;
      if (pool !== null) await new Promise<void>((resolve) => pool.end(() => resolve()));
    },
  };
}

/** Loads the driver: not every school has such a server. */
async function openPool(url: string): Promise<Pool> {
  const { createPool } = await import('mysql2');
  return createPool({
    uri: url,
    connectionLimit: CONNECTIONS_MAX,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // Dates as the texts that they are.
    dateStrings: true,
    supportBigNumbers: true,
    charset: 'utf8mb4',
  });
}
