import { sql } from 'kysely';
import type { ErrorParameters } from '../../../domain/errors/error-entry.ts';
import type { FinalRunStatus } from '../../../domain/runs/run-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { notifyChange } from '../../kit/change-feed.ts';
import { finishRun } from '../../runs/run-record.ts';

const COUNTS = [
  'examined',
  'created',
  'refreshed',
  'unchanged',
  'changed',
  'deactivated',
  'reactivated',
  'failed',
] as const;

interface Standing {
  readonly total: number;
  readonly completed: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly awaiting: number;
  readonly pending: number;
  readonly accounts: Readonly<Record<string, number>>;
  readonly gone: number;
}

/**
 * Updates a run's summary from its items, and ends it when none is left to do. It waits for a person while only items
 * that do are left. Called in the transaction that settles an item.
 */
export async function finishIfDone(tx: Sql, id: string): Promise<void> {
  const { rows } = await sql<{ run_id: string; status: string; mode: string }>`
    select run_id, status, mode from sync_run where id = ${id}::bigint for update`.execute(tx);
  const [run] = rows;
  if (run === undefined || run.status !== 'RUNNING') return;
  const standing = await standingOf(tx, id);
  const { total, completed, failed, cancelled, awaiting, pending, accounts } = standing;
  const summary = { instances: { total, completed, failed, cancelled, awaiting }, accounts };
  await sql`
    update sync_run set summary = summary || ${JSON.stringify(summary)}::jsonb, attempts = 0, updated_at = clock_timestamp()
    where id = ${id}::bigint`.execute(tx);
  if (pending > 0) return notifyChange(tx, { run: run.run_id });
  if (awaiting > 0) {
    await sql`
      update sync_run set status = 'AWAITING_CONFIRMATION', confirmation_requested_at = clock_timestamp(),
        summary = summary || ${JSON.stringify({ confirmation: { count: standing.gone } })}::jsonb
      where id = ${id}::bigint`.execute(tx);
    return notifyChange(tx, { run: run.run_id });
  }
  const error = failed === total && total > 0 ? await firstError(tx, id) : null;
  await finishRun(
    tx,
    { id, runId: run.run_id },
    { status: statusOf(standing), ...(error !== null && { error }) },
  );
}

function statusOf({ total, completed, failed, cancelled }: Standing): FinalRunStatus {
  if (completed === total) return 'COMPLETED';
  if (completed > 0) return 'COMPLETED_WITH_ERRORS';
  return failed > 0 ? 'FAILED' : cancelled > 0 ? 'CANCELLED' : 'COMPLETED';
}

async function standingOf(tx: Sql, id: string): Promise<Standing> {
  const sums = sql.join(
    COUNTS.map(
      (name) =>
        sql`${sql.lit(name)}, coalesce(sum((payload->>${sql.lit(name)})::int) filter (where outcome <> 'AWAITING_CONFIRMATION'), 0)`,
    ),
  );
  const { rows } = await sql<Standing>`
    select count(*)::int as total, count(*) filter (where outcome = 'COMPLETED')::int as completed,
      count(*) filter (where outcome = 'FAILED')::int as failed,
      count(*) filter (where outcome = 'CANCELLED')::int as cancelled,
      count(*) filter (where outcome = 'AWAITING_CONFIRMATION')::int as awaiting,
      count(*) filter (where outcome = 'PENDING')::int as pending,
      coalesce(sum((payload->>'deactivated')::int) filter (where outcome = 'AWAITING_CONFIRMATION'), 0)::int as gone,
      jsonb_build_object(${sums}) as accounts
    from run_item where run_id = ${id}::bigint`.execute(tx);
  const [standing] = rows;
  if (standing === undefined) throw new Error(`Run ${id} has no standing.`);
  return standing;
}

async function firstError(tx: Sql, id: string) {
  const { rows } = await sql<{ code: string; parameters: ErrorParameters }>`
    select error_code as code, error_parameters as parameters from run_item
    where run_id = ${id}::bigint and outcome = 'FAILED' and error_code is not null order by id limit 1`.execute(
    tx,
  );
  return rows[0] ?? null;
}
