import { sql } from 'kysely';
import type { Sql } from '../../entities/tables.ts';

/** Tables that requests, HR and runs fill by the thousand. */
const TABLES = [
  'person',
  'account',
  'name_reservation',
  'request_item',
  'account_task',
  'request_item_task',
  'pgboss.job_common',
];
/** In pages; smaller tables harm no plan. */
const FROM_PAGES = 10;

/**
 * Analyses the tables that are twice as large as Postgres knows. When a table has grown a thousandfold since
 * autovacuum, or since a plan was cached, Postgres scans all of it for each row of a chunk: seconds instead of
 * milliseconds (reliability.md §3). Jobs that store many rows call this between their transactions.
 */
export async function analyzeGrownTables(db: Sql): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select t.name from unnest(${TABLES}::text[]) as t(name) join pg_class c on c.oid = to_regclass(t.name)
    where pg_relation_size(c.oid) > current_setting('block_size')::int * (${FROM_PAGES}::int + 2 * c.relpages)`.execute(
    db,
  );
  const names = rows.map((row) => row.name);
  if (names.length > 0) await sql.raw(`analyze (skip_locked) ${names.join(', ')}`).execute(db);
}
