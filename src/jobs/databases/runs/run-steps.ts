import { sql } from 'kysely';
import type { Sql } from '../../../entities/tables.ts';
import { notifyChange } from '../../kit/change-feed.ts';
import type { DatabaseStep } from './jobs.ts';

/**
 * Counts one more instance at a stage of its run; in a statement of its own or in the transaction that did the work.
 */
export async function advanceStep(
  tx: Sql,
  run: string,
  step: DatabaseStep,
  options: { readonly failed?: boolean } = {},
): Promise<void> {
  const failed = options.failed === true ? 1 : 0;
  await sql`
    update run_step set done = least(coalesce(total, done + 1), done + 1), failed = failed + ${failed}::int,
      started_at = coalesce(started_at, clock_timestamp()),
      status = case when status = 'PENDING' then 'RUNNING' else status end
    where run_id = ${run}::bigint and key = ${step}`.execute(tx);
  const { rows } = await sql<{
    run_id: string;
  }>`select run_id from sync_run where id = ${run}::bigint`.execute(tx);
  const [row] = rows;
  if (row !== undefined) await notifyChange(tx, { run: row.run_id });
}
