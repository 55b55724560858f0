import { sql } from 'kysely';
import { isFinalRun, type RunKind } from '../../domain/runs/run-states.ts';
import type { Sql } from '../../entities/tables.ts';
import { notifyChange } from '../kit/change-feed.ts';
import {
  type LockedRun,
  type Refusal,
  type RunOperationContext,
  type RunOutcome,
  withRun,
} from './locked-run.ts';
import { enqueueRun } from './run-job.ts';

/**
 * Lets a run that FAILED or was CANCELLED go on at its checkpoint. INVALID_STATE in any other state, when a person
 * rejected it, and while another run of its kind and scope is live.
 */
export function resumeRun(
  context: RunOperationContext,
  input: { readonly runId: string },
): Promise<RunOutcome> {
  return withRun(context.em, input.runId, async (tx, run) => {
    if (run.status !== 'FAILED' && run.status !== 'CANCELLED') return {};
    return await reopen(tx, { run, context });
  });
}

/**
 * Retries the failed records of an ended run, by its job. INVALID_STATE while it is live, when nothing failed, and
 * for kinds whose records can only be corrected at their source.
 */
export function retryFailedItems(
  context: RunOperationContext,
  input: { readonly runId: string },
): Promise<RunOutcome> {
  return withRun(context.em, input.runId, async (tx, run) => {
    const failedItems = context.kinds[run.kind]?.failedItems;
    if (!isFinalRun(run.status) || failedItems === undefined) return {};
    if ('refused' in failedItems) return { variant: failedItems.refused };
    const refusal = await reopen(tx, { run, context });
    if (refusal !== null) return refusal;
    return (await failedItems.reopen(tx, run)) === 0
      ? { variant: failedItems.none ?? 'NOTHING_FAILED' }
      : null;
  });
}

/** Makes an ended run live again, its unfinished steps PENDING, and sends its job. */
async function reopen(
  tx: Sql,
  work: { readonly run: LockedRun; readonly context: RunOperationContext },
): Promise<Refusal | null> {
  const { run, context } = work;
  const job = context.kinds[run.kind]?.job;
  if (job === undefined) return {};
  if (run.rejectedBy !== null) return { variant: 'RUN_REJECTED', rejectedBy: run.rejectedBy };
  const rivals = context.kinds[run.kind]?.rivals ?? [run.kind];
  const live = run.mode === 'RUN' ? await findLive(tx, run.scope, rivals) : null;
  if (live !== null) return { variant: 'RUN_LIVE', other: live.run_id, status: live.status };
  const { rows } = await sql<{ id: string; round: number; status: string }>`
    update sync_run set status = 'RUNNING', round = round + 1, attempts = 0, finished_at = null,
      cancel_requested_at = null, error_code = null, error_parameters = null, updated_at = clock_timestamp()
    where id = ${run.id}::bigint returning id, round, status`.execute(tx);
  await sql`
    update run_step set status = 'PENDING', finished_at = null, error_code = null, error_parameters = null
    where run_id = ${run.id}::bigint and status in ('FAILED', 'CANCELLED', 'SKIPPED')`.execute(tx);
  for (const reopened of rows) await enqueueRun({ tx, boss: context.boss }, job, reopened);
  await notifyChange(tx, { run: run.runId });
  return null;
}

async function findLive(tx: Sql, scope: string, kinds: readonly RunKind[]) {
  const { rows } = await sql<{ run_id: string; status: string }>`
    select run_id, status from sync_run where kind = any(${[...kinds]}::text[]) and scope = ${scope} and mode = 'RUN'
      and status in ('RUNNING', 'AWAITING_CONFIRMATION')`.execute(tx);
  return rows[0] ?? null;
}
