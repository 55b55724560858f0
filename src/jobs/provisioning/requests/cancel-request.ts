import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { z } from 'zod';
import { openTask } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { databaseTime, inTransaction } from '../../../entities/transaction.ts';
import { bringForward, defineJob, enqueue } from '../../kit/job.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { lockAffected, rederive } from '../tasks/derive-states.ts';
import { lockRequest, requestNotFound } from './lock-request.ts';
import { BUDGET_MS, inParts, LEFT_AFTER_SECONDS, PART, type PartWork } from './request-parts.ts';

export interface CancelOutcome {
  /** Primary key of the request; null when there is none. */
  readonly id: string | null;
  readonly userErrors: readonly OperationError[];
}

/**
 * Cancels the rest of a request, for which a call had no time or which it left when its process ended. The payload is
 * the request's primary key.
 */
export const cancelRequestJob = defineJob({
  name: 'provisioning.cancel-request',
  payload: z.object({ request: z.string() }),
  key: (payload) => payload.request,
  policy: 'short',
});

/**
 * Cancels a request (provisioning.md §2). Tasks that are not in flight and that no other open request wants are
 * cancelled; tasks in flight finish and are recorded. A request that is cancelled already stays as it is.
 *
 * Large requests are cancelled in parts, each in a transaction of its own: nothing is planned any more once the first has
 * committed, and a job goes on where the call runs out of time or its process ends.
 */
export async function cancelRequest(
  context: OperationContext,
  input: { readonly requestId: string },
): Promise<CancelOutcome> {
  const deadlineMs = performance.now() + BUDGET_MS;
  const { goOn, ...outcome } = await inTransaction(context.em, (tx, em) =>
    begin({ tx, em }, context, input.requestId),
  );
  if (!goOn || outcome.id === null) return outcome;
  const payload = { request: outcome.id };
  const done = await inParts(context.em, cancelling(payload.request), () => performance.now() < deadlineMs);
  if (!done) await inTransaction(context.em, (tx) => bringForward(tx, cancelRequestJob, [payload]));
  return outcome;
}

/** The job. Safe to run twice: a part takes only tasks that are still to be cancelled. */
export async function finishCancelling(
  payload: { readonly request: string },
  { em }: { readonly em: EntityManager },
): Promise<void> {
  await inParts(em, cancelling(payload.request), () => true);
}

/** Marks the request as cancelled, so that nothing more is planned, and cancels it if it is small. */
async function begin(
  { tx, em }: { readonly tx: Sql; readonly em: EntityManager },
  context: OperationContext,
  requestId: string,
): Promise<CancelOutcome & { readonly goOn: boolean }> {
  let small = true;
  const locked = await lockRequest({ tx, em }, requestId, async (_, request) => {
    const first = await peopleOf(tx, { request, after: '0' });
    small = first.length < PART;
    return small ? first : [];
  });
  if (locked === null) return { id: null, userErrors: [requestNotFound(requestId)], goOn: false };
  const { request, personIds } = locked;
  const { id } = request;
  const known = request.cancelledAt != null;
  const parameters = request.cancel(await databaseTime(tx));
  if (parameters !== null) {
    const error = operationError('INVALID_STATE', { path: ['requestId'], parameters });
    return { id, userErrors: [error], goOn: false };
  }
  if (request.status === 'CANCELLED' || known)
    return { id, userErrors: [], goOn: !small && request.status !== 'CANCELLED' };
  await em.flush();
  // Items that intake has not reached have no tasks to wait for.
  await sql`
    update request_item set status = 'CANCELLED', settled_count = ${request.systemList.length}::int, updated_at = clock_timestamp()
    where request_id = ${id}::bigint and status = 'PENDING' and person_id is null`.execute(tx);
  if (small) await cancelTasks(tx, id, personIds);
  else
    await enqueue({ tx, boss: context.boss }, cancelRequestJob, [
      { payload: { request: id }, delaySeconds: LEFT_AFTER_SECONDS },
    ]);
  await rederive(tx, { personIds, requestIds: [id] });
  return { id, userErrors: [], goOn: !small };
}

function cancelling(request: string): PartWork {
  return {
    peopleAfter: (db, after) => peopleOf(db, { request, after }),
    part: (tx, people) => cancelPart(tx, request, people),
  };
}

async function cancelPart(tx: Sql, request: string, people: readonly string[]): Promise<boolean> {
  await lockAffected(tx, people, [request]);
  const { cancelled_at: cancelledAt } = await tx
    .selectFrom('account_request')
    .select('cancelled_at')
    .where('id', '=', request)
    .executeTakeFirstOrThrow();
  // The request was retried meanwhile.
  if (cancelledAt === null) return false;
  await cancelTasks(tx, request, people);
  await rederive(tx, { personIds: people, requestIds: [request] });
  return true;
}

/** The next people of a request whose items have not ended, by id. */
async function peopleOf(
  db: Sql,
  { request, after }: { readonly request: string; readonly after: string },
): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct person_id from request_item
    where request_id = ${request}::bigint and person_id > ${after}::bigint
      and status ${openTask}
    order by person_id limit ${PART}`.execute(db);
  return rows.map((row) => row.person_id);
}

/**
 * Cancels tasks of these people that no other open request wants. Tasks are locked in order of id, as `claimTasks` does:
 * a claim does not wait for the locks of people, so another order would deadlock with it.
 */
async function cancelTasks(tx: Sql, requestId: string, people: readonly string[]): Promise<void> {
  await sql`
    with picked as materialized (
      select t.id from account_task t
      where t.status in ('PENDING', 'WAITING', 'RETRY') and t.person_id = any(${[...people]}::bigint[])
        and t.id in (select l.task_id from request_item_task l join request_item i on i.id = l.item_id
          where i.request_id = ${requestId}::bigint and i.person_id = any(${[...people]}::bigint[]))
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
