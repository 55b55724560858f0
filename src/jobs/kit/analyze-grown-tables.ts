import { sql } from 'kysely';
import type { Sql } from '../../entities/tables.ts';

/** What requests, HR and runs fill by the thousand. */
const TABLES = [
  'person',
  'account',
  'name_reservation',
  'request_item',
  'account_task',
  'request_item_task',
  'pgboss.job_common',
];
/** Smaller tables harm no plan. */
const FROM_PAGES = 10;

/**
 * Statistics of a table that has grown a thousandfold since autovacuum last looked, and plans that were kept since it
 * was small, make Postgres scan all of it for each row of a chunk, or of the sweep: seconds instead of milliseconds
 * (reliability.md §3). Whoever stores many rows calls this now and then: it looks at tables that are twice as large as
 * Postgres knows, and at nothing else.
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
