import { sql } from 'kysely';
import type { RunKind } from '../../domain/runs/run-kinds.ts';
import { isFinalRun } from '../../domain/runs/run-states.ts';
import type { SyncRun } from '../../entities/runs/sync-run.ts';
import type { Sql } from '../../entities/tables.ts';
import { notifyChange } from '../kit/change-feed.ts';
import {
  type Refusal,
  type RunOperationContext,
  type RunOutcome,
  type RunWork,
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
  return withRun(context.em, input.runId, (run, work) =>
    goOn(run, { ...work, context, change: () => run.resume(work.at) }),
  );
}

/**
 * Retries the failed records of an ended run, by its job. INVALID_STATE while it is live, when nothing failed, and
 * for kinds whose records can only be corrected at their source.
 */
export function retryFailedItems(
  context: RunOperationContext,
  input: { readonly runId: string },
): Promise<RunOutcome> {
  return withRun(context.em, input.runId, async (run, work) => {
    const failedItems = context.kinds[run.kind]?.failedItems;
    if (!isFinalRun(run.status) || failedItems === undefined) return {};
    if ('refused' in failedItems) return { variant: failedItems.refused };
    const refusal = await goOn(run, { ...work, context, change: () => run.reopen(work.at) });
    if (refusal !== null) return refusal;
    return (await failedItems.reopen(work.tx, run)) === 0
      ? { variant: failedItems.none ?? 'NOTHING_FAILED' }
      : null;
  });
}

/** Makes an ended run live again, its unfinished steps PENDING, and sends its job. */
async function goOn(
  run: SyncRun,
  work: RunWork & { readonly context: RunOperationContext; readonly change: () => Refusal | null },
): Promise<Refusal | null> {
  const { tx, em, context } = work;
  const kind = context.kinds[run.kind];
  if (kind === undefined) return {};
  const refusal = work.change();
  if (refusal !== null) return refusal;
  const live = run.mode === 'RUN' ? await findLive(tx, run.scope, kind.rivals ?? [run.kind]) : null;
  if (live !== null) return { variant: 'RUN_LIVE', other: live.run_id, status: live.status };
  await em.flush();
  await sql`
    update run_step set status = 'PENDING', finished_at = null, error_code = null, error_parameters = null
    where run_id = ${run.id}::bigint and status in ('FAILED', 'CANCELLED', 'SKIPPED')`.execute(tx);
  await enqueueRun({ tx, boss: context.boss }, kind.job, run);
  await notifyChange(tx, { run: run.runId });
  return null;
}

async function findLive(tx: Sql, scope: string, kinds: readonly RunKind[]) {
  const { rows } = await sql<{ run_id: string; status: string }>`
    select run_id, status from sync_run where kind = any(${[...kinds]}::text[]) and scope = ${scope} and mode = 'RUN'
      and status in ('RUNNING', 'AWAITING_CONFIRMATION')`.execute(tx);
  return rows[0] ?? null;
}
