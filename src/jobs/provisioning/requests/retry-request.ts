import type { EntityManager } from '@mikro-orm/postgresql';
import { type SqlBool, sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { isFinalRequest } from '../../../domain/provisioning/states/states.ts';
import type { AccountRequest } from '../../../entities/provisioning/account-request.ts';
import { endedWithout } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { databaseTime, inTransaction, outsideTransaction } from '../../../entities/transaction.ts';
import { bringForward, defineJob, enqueue } from '../../kit/job.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { lockAffected, rederive, rederiveRequests } from '../tasks/derive-states.ts';
import { requeueTasks } from '../tasks/requeue-tasks.ts';
import {
  findRetryable,
  type RetryableOptions,
  reopenItems,
  shareOpenTasks,
} from '../tasks/retryable-tasks.ts';
import { lockIntake } from './intake-lock.ts';
import { intakeRequestJob } from './intake-request.ts';
import { lockRequest, requestNotFound } from './lock-request.ts';
import { BUDGET_MS, inParts, LEFT_AFTER_SECONDS, PART, type PartWork } from './request-parts.ts';
import { hasUnplanned, reopenUnplanned } from './unplanned-items.ts';

export interface RetryRequestOutcome {
  /** Primary key of the request; null when there is none. */
  readonly id: string | null;
  readonly requeuedTasks: number;
  readonly userErrors: readonly OperationError[];
}

/**
 * Retries the rest of a request, for which a call had no time or which it left when its process ended. The payload is
 * the request's primary key.
 */
export const retryRequestJob = defineJob({
  name: 'provisioning.retry-request',
  payload: z.object({ request: z.string() }),
  key: (payload) => payload.request,
  policy: 'short',
});

/** What both the call and the job have. */
interface RetryContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
}

/**
 * Retries what failed or was cancelled in a request (provisioning.md §2). Nothing to retry is a success with
 * `requeuedTasks: 0`; a COMPLETED request, or one whose people were purged, is INVALID_STATE. `systems` null: all.
 *
 * Large requests are retried in parts, each in a transaction of its own. The first one begins the round and re-opens the
 * items, so that progress does not go back with each part. `retrying_since` says what the parts are to take, and keeps the
 * request PROCESSING until the last has committed; a job goes on where the call runs out of time or its process ends.
 * `requeuedTasks` counts what all of them open.
 */
export async function retryRequest(
  context: OperationContext,
  input: { readonly requestId: string; readonly systems: readonly string[] | null },
): Promise<RetryRequestOutcome> {
  const deadlineMs = performance.now() + BUDGET_MS;
  const { inParts: goOn, ...outcome } = await inTransaction(context.em, (tx, em) =>
    begin({ tx, em }, context, input),
  );
  if (!goOn || outcome.id === null) return outcome;
  const payload = { request: outcome.id };
  const done = await retryParts(context, payload.request, () => performance.now() < deadlineMs);
  if (!done) await inTransaction(context.em, (tx) => bringForward(tx, retryRequestJob, [payload]));
  return outcome;
}

/** The job. Safe to run twice: a part takes only what had ended before the retry began. */
export async function finishRetrying(
  payload: { readonly request: string },
  context: RetryContext,
): Promise<void> {
  await retryParts(context, payload.request, () => true);
}

interface InTransaction {
  readonly tx: Sql;
  /** For entities, in the same transaction. */
  readonly em: EntityManager;
}

/** Retries a small request, or marks a large one as being retried. */
async function begin(
  { tx, em }: InTransaction,
  context: OperationContext,
  { requestId, systems }: { readonly requestId: string; readonly systems: readonly string[] | null },
): Promise<RetryRequestOutcome & { readonly inParts: boolean }> {
  let small = true;
  const locked = await lockRequest({ tx, em }, requestId, async (_, request) => {
    const first = await peopleOf(tx, { request, after: '0' });
    small = first.length < PART;
    return small ? first : [];
  });
  if (locked === null) return refused(null, requestNotFound(requestId));
  const { request, personIds: people } = locked;
  const parameters = request.refuseRetry();
  if (parameters !== null)
    return refused(request.id, operationError('INVALID_STATE', { path: ['requestId'], parameters }));
  const requeuedTasks = small
    ? await retrySmall({ tx, em }, context, { request, systems, people })
    : await beginParts({ tx, em }, context, { request, systems });
  return {
    id: request.id,
    requeuedTasks: requeuedTasks ?? 0,
    userErrors: [],
    inParts: !small && requeuedTasks !== null,
  };
}

function refused(id: string | null, error: OperationError) {
  return { id, requeuedTasks: 0, userErrors: [error], inParts: false };
}

interface Wanted {
  readonly request: AccountRequest;
  /** Null: all of the request. */
  readonly systems: readonly string[] | null;
}

async function retrySmall(
  { tx, em }: InTransaction,
  context: RetryContext,
  { request, systems, people }: Wanted & { readonly people: readonly string[] },
): Promise<number> {
  const { id, status } = request;
  const unplanned = systems === null ? await reopenUnplanned(tx, id) : 0;
  const retried = await retryTasks(tx, context, {
    items: sql`i.request_id = ${id}::bigint and i.person_id = any(${[...people]}::bigint[])`,
    systems: systems ?? request.systemList,
  });
  if (retried.opened + retried.shared + unplanned > 0) request.uncancel();
  await em.flush();
  const revived = await rederive(tx, { personIds: people, reviveItemIds: retried.items });
  if (unplanned > 0) {
    await enqueue({ tx, boss: context.boss }, intakeRequestJob, [{ payload: { request: id } }]);
    const newRound = isFinalRequest(status) && !revived.has(id);
    await rederiveRequests(tx, [id], new Set(newRound ? [id] : []));
  }
  return retried.opened;
}

/** Begins a new round; returns how many tasks the parts will open, null when there is nothing for them to do. */
async function beginParts(
  { tx, em }: InTransaction,
  context: RetryContext,
  { request, systems }: Wanted,
): Promise<number | null> {
  const { id, systemList, status } = request;
  const found = await reopenItems(tx, {
    items: sql`i.request_id = ${id}::bigint`,
    systems: systems ?? systemList,
    all: systemList,
  });
  const unplanned = systems === null && (await hasUnplanned(tx, id));
  if (found.items === 0 && !unplanned) return null;
  const newRound = request.retryingSince == null && (found.items > 0 || isFinalRequest(status));
  request.beginRetry(await databaseTime(tx), systems);
  await em.flush();
  await rederiveRequests(tx, [id], new Set(newRound ? [id] : []));
  const left = [{ payload: { request: id }, delaySeconds: LEFT_AFTER_SECONDS }];
  await enqueue({ tx, boss: context.boss }, retryRequestJob, left);
  return found.opened;
}

/** Retries part after part while `goOn`, and ends the retry with the last; false: there is more. */
async function retryParts(context: RetryContext, request: string, goOn: () => boolean): Promise<boolean> {
  const { retrying_since: since } = await readRetry(outsideTransaction(context.em), request);
  if (since === null) return true;
  const work: PartWork = {
    peopleAfter: (db, after) => peopleOf(db, { request, after }),
    part: (tx, people) => retryPart(tx, context, { id: request, since, people }),
  };
  if (!(await inParts(context.em, work, goOn))) return false;
  await inTransaction(context.em, (tx) => endParts(tx, context, { id: request, since }));
  return true;
}

interface Retrying {
  readonly id: string;
  /** When the retry began. */
  readonly since: string;
}

async function retryPart(
  tx: Sql,
  context: RetryContext,
  { id, since, people }: Retrying & { readonly people: readonly string[] },
): Promise<boolean> {
  await lockIntake(tx);
  await lockAffected(tx, people, [id]);
  const { retrying_since: now, retrying_systems: systems, system_list: all } = await readRetry(tx, id);
  // The request was cancelled or retried anew meanwhile, or all of its parts are done.
  if (now !== since) return false;
  const of = sql<SqlBool>`i.person_id = any(${[...people]}::bigint[])`;
  const items = sql<SqlBool>`i.request_id = ${id}::bigint and ${of}`;
  const retried = await retryTasks(tx, context, { items, systems: systems ?? all, endedBefore: since });
  if (systems === null) await reopenUnplanned(tx, id, sql`${of} and i.updated_at < ${since}::timestamptz`);
  await rederive(tx, { personIds: people, reviveItemIds: retried.items });
  return true;
}

/** Ends a retry: from here on the state of the request follows from its items alone. */
async function endParts(tx: Sql, context: RetryContext, { id, since }: Retrying): Promise<void> {
  await lockIntake(tx);
  await lockAffected(tx, [], [id]);
  const { retrying_since: now, retrying_systems: systems } = await readRetry(tx, id);
  if (now !== since) return;
  // Items without a person have no part.
  if (systems === null) {
    await reopenUnplanned(tx, id, sql`i.person_id is null and i.updated_at < ${since}::timestamptz`);
    await enqueue({ tx, boss: context.boss }, intakeRequestJob, [{ payload: { request: id } }]);
  }
  await tx
    .updateTable('account_request')
    .set({ retrying_since: null, retrying_systems: null })
    .where('id', '=', id)
    .execute();
  await rederiveRequests(tx, [id], new Set());
}

/** Opens the tasks again, or links the items to open tasks of others; returns the items that are wanted again. */
async function retryTasks(
  tx: Sql,
  context: RetryContext,
  scope: RetryableOptions,
): Promise<{ readonly opened: number; readonly shared: number; readonly items: readonly string[] }> {
  const wanted = await findRetryable(tx, scope);
  const taskIds = wanted.map((row) => row.task);
  const maxRetries = context.settings.get('account_creation_max_retries');
  const opened = await requeueTasks({ tx, boss: context.boss }, { taskIds, maxRetries });
  const shared = await shareOpenTasks(tx, wanted);
  return { opened: opened.length, shared, items: [...new Set(wanted.map((row) => row.item))] };
}

/** What is to be retried in parts. */
function readRetry(tx: Sql, id: string) {
  return tx
    .selectFrom('account_request')
    .select(['system_list', 'retrying_since', 'retrying_systems'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

/** The next people of a request for whom something ended without an account, by id. */
async function peopleOf(
  db: Sql,
  { request, after }: { readonly request: string; readonly after: string },
): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct i.person_id from request_item i
    where i.request_id = ${request}::bigint and i.person_id > ${after}::bigint
      and (i.status ${endedWithout} or exists (
        select 1 from request_item_task l join account_task t on t.id = l.task_id
        where l.item_id = i.id and t.status ${endedWithout}))
    order by i.person_id limit ${PART}`.execute(db);
  return rows.map((row) => row.person_id);
}
