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
  return withRun(context.em, input.runId, async (run, { tx, em, at }) => {
    if (run.status === 'CANCELLED') return null;
    const refusal = run.requestCancel(at);
    if (refusal !== null) return refusal;
    await em.flush();
    const job = context.kinds[run.kind]?.job;
    if (job !== undefined) await enqueueCancellation({ tx, boss: context.boss }, job, run);
    if (run.status === 'AWAITING_CONFIRMATION') await finishRun(tx, run, { status: 'CANCELLED' });
    await notifyChange(tx, { run: run.runId });
    return null;
  });
}
