import { sql } from 'kysely';
import type { Sql } from '../../entities/tables.ts';

/**
 * Makes the failed effects of a run work again: plans stay as they are, and the stages that act are repeated and find
 * only the failed effects. Returns how many failed.
 */
export async function reopenFailedEffects(tx: Sql, run: { readonly id: string }): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from run_item where run_id = ${run.id}::bigint and outcome = 'FAILED'`.execute(
    tx,
  );
  const count = rows[0]?.count ?? 0;
  if (count === 0) return 0;
  await sql`
    update run_step set status = 'PENDING', finished_at = null
    where run_id = ${run.id}::bigint and split_part(key, '.', 1) in
      ('calendars', 'events', 'members', 'delete', 'update', 'add', 'repair', 'restore', 'finish')`.execute(
    tx,
  );
  return count;
}
