import { type RawBuilder, sql } from 'kysely';
import type { RetentionDays } from '../../domain/maintenance/retention.ts';
import type { Sql } from '../../entities/tables.ts';
import { dueSeals } from '../audit/purge-audit.ts';
import type { RetentionRule } from './retention-rule.ts';

/** Counts the due rows of each table, without changing any. */
export async function countDueRows(
  db: Sql,
  options: { readonly days: RetentionDays; readonly rules: readonly RetentionRule[] },
): Promise<{ readonly table: string; readonly rows: number }[]> {
  const { days, rules } = options;
  const found = new Map<string, number>();
  for (const { table, due, counted = due } of rules)
    found.set(table, (found.get(table) ?? 0) + (await count(db, counted(days))));
  found.set('audit_entry', await countSealed(db, days));
  return [...found].map(([table, rows]) => ({ table, rows }));
}

async function countSealed(db: Sql, days: RetentionDays): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select coalesce(sum(d.entries), 0)::int as count from (${dueSeals(days.audit)}) d`.execute(db);
  return rows[0]?.count ?? 0;
}

async function count(db: Sql, ids: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (${ids}) as due`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}
