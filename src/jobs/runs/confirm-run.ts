import type { SyncRun } from '../../entities/runs/sync-run.ts';
import { notifyChange } from '../kit/change-feed.ts';
import {
  type Refusal,
  type RunOperationContext,
  type RunOutcome,
  type RunWork,
  withRun,
} from './locked-run.ts';
import { enqueueRun } from './run-job.ts';
import { finishRun } from './run-record.ts';

/** Lets a run go on that waits for confirmation, and stores who confirmed it; any other state is INVALID_STATE. */
export function confirmRun(
  context: RunOperationContext,
  input: { readonly runId: string },
): Promise<RunOutcome> {
  return withRun(context.em, input.runId, (run, work) => letGoOn(run, { ...work, ...context, em: work.em }));
}

/** Confirms a run in the caller's transaction, and sends its job. */
export async function letGoOn(
  run: SyncRun,
  work: RunWork & Pick<RunOperationContext, 'boss' | 'principal' | 'kinds'>,
): Promise<Refusal | null> {
  const job = work.kinds[run.kind]?.job;
  if (job === undefined) return {};
  const refusal = run.confirm(work.principal, work.at);
  if (refusal !== null) return refusal;
  await work.em.flush();
  await enqueueRun(work, job, run);
  await notifyChange(work.tx, { run: run.runId });
  return null;
}

/**
 * Ends a run that waits for confirmation as CANCELLED, and stores who rejected it and why; any other state is
 * INVALID_STATE.
 */
export function rejectRun(
  context: RunOperationContext,
  input: { readonly runId: string; readonly reason: string | null },
): Promise<RunOutcome> {
  return withRun(context.em, input.runId, async (run, { tx, em, at }) => {
    const refusal = run.reject(context.principal, input.reason, at);
    if (refusal !== null) return refusal;
    await em.flush();
    await finishRun(tx, run, { status: 'CANCELLED' });
    return null;
  });
}
