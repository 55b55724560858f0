import { sql } from 'kysely';
import type { Sql } from '../../src/entities/tables.ts';

/** Texts that occur nowhere else, by what they are; each the part of a value that survives most ways of writing it. */
export type Canaries = Readonly<Record<string, readonly string[]>>;

/** Which of them stand in a text: their kinds. */
export function canariesIn(text: string, canaries: Canaries): string[] {
  return Object.entries(canaries).flatMap(([kind, values]) =>
    values.some((value) => text.includes(value)) ? [kind] : [],
  );
}

interface Column {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
}

/** Columns of the database that hold some of them, as `table.column kind`, sorted. pg-boss's tables begin with `pgboss.`. */
export async function canariesInDatabase(db: Sql, canaries: Canaries): Promise<string[]> {
  const { rows } = await sql<Column>`
    select n.nspname as schema, c.relname as table, a.attname as column from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname in ('public', 'pgboss')
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    where c.relkind = 'r' and not c.relispartition and t.typcategory not in ('B', 'D', 'N', 'T')
      or c.relkind = 'p' and t.typcategory not in ('B', 'D', 'N', 'T')
    order by 1, 2, a.attnum`.execute(db);
  const found: string[] = [];
  for (const columns of Map.groupBy(rows, ({ schema, table }) => `${schema}.${table}`).values())
    found.push(...(await canariesInTable(db, columns, canaries)));
  return found.sort();
}

async function canariesInTable(db: Sql, columns: readonly Column[], canaries: Canaries): Promise<string[]> {
  const [first] = columns;
  if (first === undefined) return [];
  const kinds = Object.entries(canaries);
  const looks = columns.flatMap(({ column }) =>
    kinds.map(
      ([, values]) =>
        sql`coalesce(bool_or(${sql.join(
          values.map((value) => sql`strpos(${sql.ref(column)}::text, ${value}) > 0`),
          sql` or `,
        )}), false)`,
    ),
  );
  const { rows } = await sql<{ found: boolean[] }>`
    select array[${sql.join(looks)}] as found from ${sql.table(`${first.schema}.${first.table}`)}`.execute(
    db,
  );
  const table = first.schema === 'public' ? first.table : `${first.schema}.${first.table}`;
  const named = columns.flatMap(({ column }) => kinds.map(([kind]) => `${table}.${column} ${kind}`));
  return named.filter((_, place) => rows[0]?.found[place] === true);
}
