import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { isFinalRun } from '../../domain/runs/run-states.ts';
import { notifyChange } from '../change-feed.ts';
import { type RunOutcome, withRun } from './locked-run.ts';
import { finishRun } from './run-record.ts';

/**
 * Asks a run to stop: it does before its next page or item, and what is stored stays. One that waits for
 * confirmation ends at once. Cancelled already: unchanged. Other final states: INVALID_STATE.
 */
export function cancelRun(em: EntityManager, input: { readonly runId: string }): Promise<RunOutcome> {
  return withRun(em, input.runId, async (tx, run) => {
    if (run.status === 'CANCELLED') return null;
    if (isFinalRun(run.status)) return {};
    await sql`
      update sync_run set cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp()),
        updated_at = clock_timestamp()
      where id = ${run.id}::bigint`.execute(tx);
    if (run.status === 'AWAITING_CONFIRMATION') await finishRun(tx, run, { status: 'CANCELLED' });
    await notifyChange(tx, { run: run.runId });
    return null;
  });
}
