import { type SqlBool, sql } from 'kysely';
import { maskText } from '../../domain/text/mask.ts';
import type { Sql } from '../../entities/tables.ts';
import { inTransaction, statementsOn } from '../../entities/transaction.ts';
import { notifyChange } from '../kit/change-feed.ts';
import { deadLetterOf, type JobQueue } from '../kit/job.ts';
import { type OperationContext, type OperationError, operationError } from '../kit/operation.ts';

/** Messages of one call; the oldest first. */
export const POISON_MESSAGES_MAX = 1_000;

/** Dependencies of operations on poison messages. */
export interface PoisonContext extends Pick<OperationContext, 'em' | 'boss'> {
  /** Of this build. */
  readonly queues: readonly JobQueue[];
}

/** Which messages: exactly one of `ids` and `queue`. */
export interface PoisonChoice {
  readonly ids: readonly string[] | null;
  /** Name of the queue they came from. */
  readonly queue: string | null;
}

export interface PoisonOutcome {
  /** Messages that were queued again, or discarded. */
  readonly count: number;
  readonly userErrors: readonly OperationError[];
}

interface PoisonMessage {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
}

/** True for a message of a dead letter that was not done, also one that a redrive could not place. */
export const isPoison = sql<SqlBool>`j.state <> 'completed'`;

/** The queues of this build by the names of their dead letters. */
export function queuesByDeadLetter(queues: readonly JobQueue[]): ReadonlyMap<string, JobQueue> {
  return new Map(queues.map((job) => [deadLetterOf(job.name), job]));
}

/**
 * Queues poison messages again. A message that this build cannot read, or that is queued or running already, stays
 * where it is and is named by an error.
 */
export function redrivePoisonMessages(context: PoisonContext, choice: PoisonChoice): Promise<PoisonOutcome> {
  return onMessages(context, choice, async (tx, messages) => {
    const { boss } = context;
    const jobs = queuesByDeadLetter(context.queues);
    const errors: OperationError[] = [];
    let count = 0;
    for (const [dead, ofQueue] of Map.groupBy(messages, ({ name }) => name)) {
      const job = jobs.get(dead);
      if (job === undefined) continue;
      const readable = ofQueue.filter(({ data }) => job.problemOf(data) === null);
      const wanted = new Set(readable.map(({ id }) => id));
      const db = statementsOn(tx);
      if (wanted.size > 0)
        await boss.redrive(dead, { destination: job.name, ids: [...wanted], limit: wanted.size, db });
      const left = await idsIn(tx, dead, [...wanted]);
      // pg-boss completes what it cannot place, and would delete it later; this keeps it waiting.
      if (left.length > 0) await boss.retry(dead, left, { db });
      count += wanted.size - left.length;
      await notifyChange(tx, { job: job.name, afterMs: 0 });
      const refuse = (id: string, variant: string, cause: string | null) =>
        operationError('INVALID_STATE', {
          path: pathOf(choice, id),
          parameters: { variant, kind: 'message', id, queue: job.name, cause },
        });
      errors.push(
        ...ofQueue.flatMap(({ id, data }) =>
          wanted.has(id) ? [] : [refuse(id, 'POISON_UNREADABLE', maskText(job.problemOf(data) ?? ''))],
        ),
        ...left.map((id) => refuse(id, 'POISON_LIVE', null)),
      );
    }
    return { count, userErrors: errors };
  });
}

/** Removes poison messages. The rows they were about stay, and the sweep finds work that is left. */
export function discardPoisonMessages(context: PoisonContext, choice: PoisonChoice): Promise<PoisonOutcome> {
  return onMessages(context, choice, async (tx, messages) => {
    for (const [dead, ofQueue] of Map.groupBy(messages, ({ name }) => name))
      await context.boss.deleteJob(
        dead,
        ofQueue.map(({ id }) => id),
        { db: statementsOn(tx) },
      );
    return { count: messages.length, userErrors: [] };
  });
}

/** Finds and locks the chosen messages; a missing one is NOT_FOUND, and the others are processed. */
async function onMessages(
  context: PoisonContext,
  choice: PoisonChoice,
  act: (tx: Sql, messages: readonly PoisonMessage[]) => Promise<PoisonOutcome>,
): Promise<PoisonOutcome> {
  const error = findProblem(context, choice);
  if (error !== null) return { count: 0, userErrors: [error] };
  return await inTransaction(context.em, async (tx) => {
    const messages = await lockMessages(tx, context, choice);
    const found = new Set(messages.map(({ id }) => id));
    const missing = (choice.ids ?? []).filter((id) => !found.has(id.toLowerCase()));
    const { count, userErrors } = await act(tx, messages);
    return { count, userErrors: [...missing.map((id) => unknown(choice, id)), ...userErrors] };
  });
}

function findProblem({ queues }: PoisonContext, { ids, queue }: PoisonChoice): OperationError | null {
  if ((ids === null) === (queue === null)) {
    const code = ids === null ? 'REQUIRED' : 'INVALID';
    return operationError(code, { path: [], parameters: { variant: 'POISON' } });
  }
  if (ids !== null && ids.length > POISON_MESSAGES_MAX) {
    const parameters = { variant: 'LIST', field: 'ids', count: ids.length, limit: POISON_MESSAGES_MAX };
    return operationError('TOO_MANY', { path: ['ids'], parameters });
  }
  if (queue === null || queues.some((job) => job.name === queue)) return null;
  return operationError('NOT_FOUND', { path: ['queue'], parameters: { kind: 'queue', id: cut(queue) } });
}

async function lockMessages(
  tx: Sql,
  { queues }: PoisonContext,
  { ids, queue }: PoisonChoice,
): Promise<readonly PoisonMessage[]> {
  const letters = queue === null ? [...queuesByDeadLetter(queues).keys()] : [deadLetterOf(queue)];
  const chosen = ids === null ? sql`true` : sql`j.id = any(${ids.filter(isUuid)}::uuid[])`;
  const { rows } = await sql<PoisonMessage>`
    select j.id::text as id, j.name, j.data from pgboss.job j
    where j.name = any(${letters}::text[]) and ${isPoison} and ${chosen}
    order by j.created_on, j.id limit ${POISON_MESSAGES_MAX} for update`.execute(tx);
  return rows;
}

async function idsIn(tx: Sql, queue: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select j.id::text as id from pgboss.job j where j.name = ${queue} and j.id = any(${[...ids]}::uuid[])`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}

function unknown(choice: PoisonChoice, id: string): OperationError {
  return operationError('NOT_FOUND', {
    path: pathOf(choice, id),
    parameters: { kind: 'message', id: cut(id) },
  });
}

function pathOf({ ids }: PoisonChoice, id: string): string[] {
  const position = ids?.findIndex((given) => given.toLowerCase() === id.toLowerCase()) ?? -1;
  return position < 0 ? ['queue'] : ['ids', String(position)];
}

function cut(text: string): string {
  return text.replaceAll('\0', '').slice(0, 100);
}

/** True for a UUID in the form that Postgres prints. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
