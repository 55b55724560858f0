import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { ErrorParameters } from '../../domain/error-entry.ts';
import { isFinalRun, type RunStatus } from '../../domain/runs/run-states.ts';
import { notifyChange } from '../change-feed.ts';
import { inTransaction } from '../transaction.ts';
import { finishRun } from './run-record.ts';

export interface CancelRunOutcome {
  /** Primary key; null when there is none. */
  readonly id: string | null;
  readonly userErrors: readonly {
    readonly code: string;
    readonly parameters: ErrorParameters;
    readonly path: readonly string[];
  }[];
}

/**
 * Asks a run to stop: it does before its next page or item, and what is stored stays. One that waits for
 * confirmation ends at once. Cancelled already: unchanged. Other final states: INVALID_STATE.
 */
export function cancelRun(em: EntityManager, input: { readonly runId: string }): Promise<CancelRunOutcome> {
  const { runId } = input;
  return inTransaction(em, async (tx) => {
    const { rows } = await sql<{ id: string; status: RunStatus }>`
      select id, status from sync_run where run_id = ${runId} for update`.execute(tx);
    const [run] = rows;
    const refused = (code: string, parameters: ErrorParameters) => ({
      id: run?.id ?? null,
      userErrors: [{ code, parameters: { kind: 'run', id: runId, ...parameters }, path: ['runId'] }],
    });
    if (run === undefined) return refused('NOT_FOUND', {});
    if (run.status === 'CANCELLED') return { id: run.id, userErrors: [] };
    if (isFinalRun(run.status)) return refused('INVALID_STATE', { status: run.status });
    await sql`
      update sync_run set cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp()),
        updated_at = clock_timestamp()
      where id = ${run.id}::bigint`.execute(tx);
    if (run.status === 'AWAITING_CONFIRMATION')
      await finishRun(tx, { id: run.id, runId }, { status: 'CANCELLED' });
    await notifyChange(tx, { run: runId });
    return { id: run.id, userErrors: [] };
  });
}
