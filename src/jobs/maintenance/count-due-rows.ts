import { type RawBuilder, sql } from 'kysely';
import type { RetentionDays } from '../../domain/maintenance/retention.ts';
import type { Sql } from '../../entities/tables.ts';
import { dueSeals } from '../audit/purge-audit.ts';
import { COUNTED_MAX, type RetentionRule } from './retention-rule.ts';

/** Rows of one table that are due. */
export interface DueCount {
  readonly table: string;
  readonly rows: number;
  /** False: there are more than were counted. */
  readonly complete: boolean;
}

/** Counts the due rows of each table, without changing any. */
export async function countDueRows(
  db: Sql,
  options: { readonly days: RetentionDays; readonly rules: readonly RetentionRule[] },
): Promise<DueCount[]> {
  const { days, rules } = options;
  const found = new Map<string, Omit<DueCount, 'table'>>();
  for (const { table, due, counted = due } of rules) {
    const rows = await count(db, counted(days));
    const before = found.get(table) ?? { rows: 0, complete: true };
    found.set(table, {
      rows: before.rows + Math.min(rows, COUNTED_MAX),
      complete: before.complete && rows <= COUNTED_MAX,
    });
  }
  found.set('audit_entry', { rows: await countSealed(db, days), complete: true });
  return [...found].map(([table, counted]) => ({ table, ...counted }));
}

async function countSealed(db: Sql, days: RetentionDays): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select coalesce(sum(d.entries), 0)::int as count from (${dueSeals(days.audit)}) d`.execute(db);
  return rows[0]?.count ?? 0;
}

async function count(db: Sql, ids: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
      select from (${ids}) as due limit ${COUNTED_MAX + 1}) as counted`.execute(db);
  return rows[0]?.count ?? 0;
}
