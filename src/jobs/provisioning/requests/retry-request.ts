import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { isFinalRequest } from '../../../domain/provisioning/states/states.ts';
import { isPersonErased } from '../../../entities/people/erased-person.ts';
import type { AccountRequest } from '../../../entities/provisioning/account-request.ts';
import { endedWithout } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { enqueue } from '../../kit/job.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { rederive, rederiveRequests } from '../tasks/derive-states.ts';
import { requeueTasks } from '../tasks/requeue-tasks.ts';
import { findRetryable, shareOpenTasks } from '../tasks/retryable-tasks.ts';
import { intakeRequestJob } from './intake-request.ts';
import { everybodyOf, type LockedRequest, lockRequest, requestNotFound } from './lock-request.ts';

export interface RetryRequestOutcome {
  /** Primary key of the request; null when there is none. */
  readonly id: string | null;
  readonly requeuedTasks: number;
  readonly userErrors: readonly OperationError[];
}

/**
 * Retries what failed or was cancelled in a request (provisioning.md §2). Nothing to retry is a success with
 * `requeuedTasks: 0`; a COMPLETED request, or one whose people were purged, is INVALID_STATE. `systems` null: all.
 */
export function retryRequest(
  context: OperationContext,
  input: { readonly requestId: string; readonly systems: readonly string[] | null },
): Promise<RetryRequestOutcome> {
  return inTransaction(context.em, async (tx, em) => {
    const locked = await lockRequest({ tx, em }, input.requestId, everybodyOf);
    if (locked === null) return refused(null, requestNotFound(input.requestId));
    const { request } = locked;
    const parameters = request.refuseRetry();
    if (parameters === null) return retry({ tx, em, ...locked }, context, input.systems);
    return refused(request.id, operationError('INVALID_STATE', { path: ['requestId'], parameters }));
  });
}

function refused(id: string | null, error: OperationError): RetryRequestOutcome {
  return { id, requeuedTasks: 0, userErrors: [error] };
}

async function retry(
  { tx, em, request, personIds }: LockedRequest & { readonly tx: Sql; readonly em: EntityManager },
  context: OperationContext,
  systems: readonly string[] | null,
): Promise<RetryRequestOutcome> {
  const jobContext = { tx, boss: context.boss };
  const wanted = await findRetryable(tx, {
    items: sql`i.request_id = ${request.id}::bigint`,
    systems: systems ?? request.systemList,
  });
  const maxRetries = context.settings.get('account_creation_max_retries');
  const opened = await requeueTasks(jobContext, { taskIds: wanted.map((row) => row.task), maxRetries });
  const shared = await shareOpenTasks(tx, wanted);
  const unplanned = await reopenUnplanned(tx, request, systems === null);
  if (opened.length + shared + unplanned > 0) request.uncancel();
  await em.flush();
  const items = new Set(wanted.map((row) => row.item));
  const revived = await rederive(tx, { personIds: personIds, reviveItemIds: [...items] });
  if (unplanned > 0) {
    await enqueue(jobContext, intakeRequestJob, [{ payload: { request: request.id } }]);
    const newRound = isFinalRequest(request.status) && !revived.has(request.id);
    await rederiveRequests(tx, [request.id], new Set(newRound ? [request.id] : []));
  }
  return { id: request.id, requeuedTasks: opened.length, userErrors: [] };
}

/**
 * Sends items that never got a person (refused by name, cancelled before intake) or a task through intake again,
 * except those of erased people.
 */
async function reopenUnplanned(tx: Sql, request: AccountRequest, all: boolean): Promise<number> {
  if (!all) return 0;
  const { rows } = await sql`
    update request_item i set status = case when i.person_id is null then 'PENDING' else 'SYNCED' end,
      settled_count = 0, error_code = null, error_parameters = null, updated_at = clock_timestamp()
    where i.request_id = ${request.id}::bigint and i.status ${endedWithout}
      and not exists (select 1 from request_item_task l where l.item_id = i.id)
      and not ${isPersonErased(sql.ref('i.person_id'))}
    returning i.id`.execute(tx);
  return rows.length;
}
