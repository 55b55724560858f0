import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';

/** A database that is only read, as it was when it was opened. */
export interface ReadOnlyDatabase {
  /** `sqlite` texts times in UTC; `postgres` gives them with an offset. */
  readonly kind: 'sqlite' | 'postgres';
  /** Address of the database, without a password. */
  readonly name: string;
  /** Columns of a table in order; empty when there is no such table. */
  columns(table: string): Promise<readonly string[]>;
  /** Rows of one statement; `?` stands for a value. */
  rows(text: string, values: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}

/** Opens `sqlite:PATH` or `postgres://…`, and holds one snapshot of it. @throws when it is neither, or not there. */
export async function openDatabase(address: string): Promise<ReadOnlyDatabase> {
  if (address.startsWith('sqlite:')) return openSqlite(address.slice('sqlite:'.length).replace(/^\/\//, ''));
  if (/^postgres(ql)?:\/\//.test(address)) return await openPostgres(address);
  throw new Error('expected sqlite:PATH or postgres://user:password@host/database');
}

function openSqlite(path: string): ReadOnlyDatabase {
  const database = new DatabaseSync(path, { readOnly: true });
  // A transaction that only reads: whatever is written meanwhile is not seen.
  database.exec('begin');
  return {
    kind: 'sqlite',
    name: `sqlite:${path}`,
    columns: async (table) =>
      database
        .prepare('select name from pragma_table_info(?)')
        .all(table)
        .map((row) => String(row['name'])),
    rows: async (text, values) =>
      database
        .prepare(text)
        .all(...values.map((value) => (typeof value === 'number' ? value : String(value)))),
    close: async () => database.close(),
  };
}

async function openPostgres(address: string): Promise<ReadOnlyDatabase> {
  // Texts as Postgres writes them: a day must not become a moment of this machine's clock.
  const types = { getTypeParser: () => (text: string) => text };
  const client = new Client({ connectionString: address, types });
  await client.connect();
  await client.query("set time zone 'UTC'; set datestyle to 'ISO'");
  await client.query('begin transaction isolation level repeatable read read only');
  const { host, database } = client;
  return {
    kind: 'postgres',
    name: `postgres://${host}/${database ?? ''}`,
    columns: async (table) => {
      const { rows } = await client.query<{ name: string }>(
        `select attname as name from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped
          order by attnum`,
        [table],
      );
      return rows.map(({ name }) => name);
    },
    rows: async (text, values) => {
      let place = 0;
      const numbered = text.replace(/\?/g, () => {
        place += 1;
        return `$${place}`;
      });
      const { rows } = await client.query<Readonly<Record<string, unknown>>>(numbered, [...values]);
      return rows;
    },
    close: () => client.end(),
  };
}
