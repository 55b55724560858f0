import { sql } from 'kysely';
import { inTransaction } from '../../../entities/transaction.ts';
import { recordAudit } from '../../audit/record-audit.ts';
import { notifyChange } from '../../kit/change-feed.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { enqueueInstances } from './sync-databases.ts';

export interface ConfirmOutcome {
  readonly id: string | null;
  readonly userErrors: readonly OperationError[];
}

/** Confirms that many accounts of one instance in a run are gone. The instance is read again, and not asked about. */
export function confirmDisappearance(
  context: Pick<OperationContext, 'em' | 'boss' | 'principal'>,
  input: { readonly runId: string; readonly instance: string },
): Promise<ConfirmOutcome> {
  return inTransaction(context.em, async (tx) => {
    const { rows } = await sql<{ id: string; status: string; kind: string }>`
      select id::text, status, kind from sync_run where run_id = ${input.runId} for update`.execute(tx);
    const [run] = rows;
    if (run === undefined) {
      const parameters = { kind: 'run', id: input.runId };
      return { id: null, userErrors: [operationError('NOT_FOUND', { path: ['runId'], parameters })] };
    }
    const confirmed =
      run.status === 'RUNNING' || run.status === 'AWAITING_CONFIRMATION'
        ? await sql`
            update run_item set outcome = 'PENDING', payload = payload || jsonb_build_object('confirmed', true,
              'confirmedBy', ${context.principal}::text, 'round', coalesce((payload->>'round')::int, 1) + 1)
            where run_id = ${run.id}::bigint and item_key = ${input.instance} and outcome = 'AWAITING_CONFIRMATION'
            returning id`.execute(tx)
        : { rows: [] };
    if (confirmed.rows.length === 0) {
      const parameters = { variant: 'NOT_AWAITING', id: input.runId, instance: input.instance };
      return {
        id: run.id,
        userErrors: [operationError('INVALID_STATE', { path: ['instance'], parameters })],
      };
    }
    await sql`
      update sync_run set status = 'RUNNING', attempts = 0, updated_at = clock_timestamp()
      where id = ${run.id}::bigint and status = 'AWAITING_CONFIRMATION'`.execute(tx);
    await enqueueInstances(tx, context.boss, run.id);
    await recordAudit(tx, {
      action: 'run.disappearance_confirmed',
      subjectKind: 'RUN',
      subjectId: input.runId,
      after: { instance: input.instance },
    });
    await notifyChange(tx, { run: input.runId });
    return { id: run.id, userErrors: [] };
  });
}
