import { sql } from 'kysely';
import { isFinalRun } from '../../domain/runs/run-states.ts';
import { notifyChange } from '../kit/change-feed.ts';
import { type RunOperationContext, type RunOutcome, withRun } from './locked-run.ts';
import { enqueueCancellation } from './run-job.ts';
import { finishRun } from './run-record.ts';

/**
 * Asks a run to stop: it stops before its next page or item, and what is stored stays. A run that waits for
 * confirmation ends at once; a cancelled one stays unchanged; other final states are INVALID_STATE.
 */
export function cancelRun(
  context: Pick<RunOperationContext, 'em' | 'boss' | 'kinds'>,
  input: { readonly runId: string },
): Promise<RunOutcome> {
  return withRun(context.em, input.runId, async (tx, run) => {
    if (run.status === 'CANCELLED') return null;
    if (isFinalRun(run.status)) return {};
    const { rows } = await sql<{ id: string; round: number }>`
      update sync_run set cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp()),
        updated_at = clock_timestamp()
      where id = ${run.id}::bigint returning id, round`.execute(tx);
    const job = context.kinds[run.kind]?.job;
    if (job !== undefined)
      for (const live of rows) await enqueueCancellation({ tx, boss: context.boss }, job, live);
    if (run.status === 'AWAITING_CONFIRMATION') await finishRun(tx, run, { status: 'CANCELLED' });
    await notifyChange(tx, { run: run.runId });
    return null;
  });
}
