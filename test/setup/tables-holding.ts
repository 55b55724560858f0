import { sql } from 'kysely';
import type { ProvisioningBench } from './provisioning.ts';

/** Tables of which a row holds one of these texts anywhere. */
export async function tablesHolding(
  bench: Pick<ProvisioningBench, 'sql'>,
  texts: readonly string[],
): Promise<string[]> {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select schemaname as schema, tablename as name from pg_tables
    where schemaname in ('public', 'pgboss') order by tablename`.execute(bench.sql);
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const { rows } = await sql`
      select 1 from ${sql.table(`${schema}.${name}`)} t
      where exists (select 1 from unnest(${[...texts]}::text[]) as n(text) where t::text like '%' || n.text || '%')
      limit 1`.execute(bench.sql);
    if (rows.length > 0) found.push(name);
  }
  return found;
}
