import { sql } from 'kysely';
import { isFinalRequest } from '../../../domain/provisioning/states/states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { rederive } from '../tasks/derive-states.ts';
import { lockRequest } from './lock-request.ts';

export interface CancelOutcome {
  /** Primary key of the request; null when there is none. */
  readonly id: string | null;
  readonly userErrors: readonly OperationError[];
}

/**
 * Cancels a request (provisioning.md §2). Tasks that are not in flight and that no other open request wants are
 * cancelled; tasks in flight finish and are recorded. A request that is cancelled already stays as it is.
 */
export function cancelRequest(
  context: OperationContext,
  input: { readonly requestId: string },
): Promise<CancelOutcome> {
  return inTransaction(context.em, (tx) => cancel(tx, input.requestId));
}

async function cancel(tx: Sql, requestId: string): Promise<CancelOutcome> {
  const request = await lockRequest(tx, requestId);
  if (request === null) {
    return {
      id: null,
      userErrors: [
        operationError('NOT_FOUND', { path: ['requestId'], parameters: { kind: 'request', id: requestId } }),
      ],
    };
  }
  if (request.status === 'CANCELLED' || (request.cancelled_at !== null && !isFinalRequest(request.status))) {
    return { id: request.id, userErrors: [] };
  }
  if (isFinalRequest(request.status)) {
    const parameters = { kind: 'request', id: requestId, status: request.status };
    return {
      id: request.id,
      userErrors: [operationError('INVALID_STATE', { path: ['requestId'], parameters })],
    };
  }
  await tx
    .updateTable('account_request')
    .set({ cancelled_at: sql`clock_timestamp()`, updated_at: sql`clock_timestamp()` })
    .where('id', '=', request.id)
    .execute();
  await cancelTasks(tx, request.id);
  // Items that intake has not reached have no tasks to wait for.
  await sql`
    update request_item set status = 'CANCELLED', settled_count = ${request.system_list.length}::int, updated_at = clock_timestamp()
    where request_id = ${request.id}::bigint and status = 'PENDING' and person_id is null`.execute(tx);
  await rederive(tx, { personIds: request.personIds, requestIds: [request.id] });
  return { id: request.id, userErrors: [] };
}

/**
 * Cancels tasks that no other open request wants. Tasks are locked in order of id, as `claimTasks` does: a claim does
 * not wait for the locks of people, so another order would deadlock with it.
 */
async function cancelTasks(tx: Sql, requestId: string): Promise<void> {
  await sql`
    with picked as materialized (
      select t.id from account_task t
      where t.status in ('PENDING', 'WAITING', 'RETRY')
        and t.id in (select l.task_id from request_item_task l join request_item i on i.id = l.item_id
          where i.request_id = ${requestId}::bigint)
        and not exists (
          select 1 from request_item_task l join request_item i on i.id = l.item_id
          join account_request q on q.id = i.request_id
          where l.task_id = t.id and q.cancelled_at is null)
      order by t.id for no key update of t
    )
    update account_task t set status = 'CANCELLED', next_attempt_at = null, completed_at = clock_timestamp(),
      updated_at = clock_timestamp()
    from picked p where t.id = p.id`.execute(tx);
}
