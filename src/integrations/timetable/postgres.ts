import pg from 'pg';
import {
  CONNECT_TIMEOUT_MS,
  CONNECTIONS_MAX,
  ROWS_PER_BATCH,
  type Row,
  type Statement,
  type TimetableDatabase,
  type Value,
} from './database.ts';

const CURSOR = 'accountsync_rows';

/** Postgres; tables are looked for along the role's `search_path`. */
export function openPostgres(url: string): TimetableDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'accountsync-timetable',
    keepAlive: true,
    // Values as the texts that they are.
    types: { getTypeParser: () => (text: string) => text },
  });
  // A connection that is lost while idle is replaced at the next use.
  pool.on('error', () => {});

  async function* read(statement: string, values: readonly Value[]): AsyncGenerator<readonly Row[]> {
    const client = await pool.connect();
    let broken = true;
    try {
      await client.query('begin read only');
      await client.query(`declare ${CURSOR} no scroll cursor for ${numbered(statement)}`, [...values]);
      const fetchBatch = () => {
        const batch = client.query<Row>(`fetch ${ROWS_PER_BATCH} from ${CURSOR}`);
        // A batch that nobody waits for any more has ended with its connection.
        batch.catch(() => {});
        return batch;
      };
      // The server reads the next batch while this one is worked on.
      for (let next = fetchBatch(); ; ) {
        const { rows } = await next;
        const isLast = rows.length < ROWS_PER_BATCH;
        if (!isLast) next = fetchBatch();
        if (rows.length > 0) yield rows;
        if (isLast) break;
      }
      await client.query('commit');
      broken = false;
    } finally {
      client.release(broken);
    }
  }

  async function change(statements: readonly Statement[]): Promise<number> {
    const client = await pool.connect();
    let broken = true;
    try {
      await client.query('begin');
      let changed = 0;
      for (const { text, values } of statements)
        changed += (await client.query(numbered(text), [...values])).rowCount ?? 0;
      await client.query('commit');
      broken = false;
      return changed;
    } finally {
      // Ends the transaction, too.
      client.release(broken);
    }
  }

  return { sameAs: 'is not distinct from', read, change, close: () => pool.end() };
}

/** `?` as Postgres counts them; our statements have none in texts. */
function numbered(statement: string): string {
  let count = 0;
  return statement.replaceAll('?', () => {
    count += 1;
    return `$${count}`;
  });
}
