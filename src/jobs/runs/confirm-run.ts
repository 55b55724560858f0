import { sql } from 'kysely';
import type { Sql } from '../../entities/tables.ts';
import { notifyChange } from '../kit/change-feed.ts';
import { type LockedRun, type RunOperationContext, type RunOutcome, withRun } from './locked-run.ts';
import { enqueueRun } from './run-job.ts';
import { finishRun } from './run-record.ts';

/** Lets a run go on that waits for confirmation, and stores who confirmed it; any other state is INVALID_STATE. */
export function confirmRun(
  context: RunOperationContext,
  input: { readonly runId: string },
): Promise<RunOutcome> {
  return withRun(context.em, input.runId, async (tx, run) => {
    if (run.status !== 'AWAITING_CONFIRMATION') return {};
    return (await letGoOn(tx, context, run)) ? null : {};
  });
}

/** Confirms a run in the caller's transaction; false when it does not wait for confirmation. */
export async function letGoOn(
  tx: Sql,
  context: Pick<RunOperationContext, 'boss' | 'principal' | 'kinds'>,
  run: Pick<LockedRun, 'id' | 'runId' | 'kind'>,
): Promise<boolean> {
  const work = context.kinds[run.kind];
  if (work === undefined) return false;
  const { rows } = await sql<{ id: string; round: number; status: string }>`
    update sync_run set status = 'RUNNING', confirmed_by = ${context.principal}, confirmed_at = clock_timestamp(),
      round = round + 1, attempts = 0, updated_at = clock_timestamp()
    where id = ${run.id}::bigint and status = 'AWAITING_CONFIRMATION' returning id, round, status`.execute(
    tx,
  );
  for (const confirmed of rows) await enqueueRun({ tx, boss: context.boss }, work.job, confirmed);
  await notifyChange(tx, { run: run.runId });
  return rows.length > 0;
}

/**
 * Ends a run that waits for confirmation as CANCELLED, and stores who rejected it and why; any other state is
 * INVALID_STATE.
 */
export function rejectRun(
  context: RunOperationContext,
  input: { readonly runId: string; readonly reason: string | null },
): Promise<RunOutcome> {
  return withRun(context.em, input.runId, async (tx, run) => {
    if (run.status !== 'AWAITING_CONFIRMATION') return {};
    await sql`
      update sync_run set rejected_by = ${context.principal}, rejected_at = clock_timestamp(),
        rejection_reason = ${input.reason}
      where id = ${run.id}::bigint`.execute(tx);
    await finishRun(tx, run, { status: 'CANCELLED' });
    return null;
  });
}
