import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { AccountTask, type TaskRefusal } from '../../../entities/provisioning/account-task.ts';
import type { Sql } from '../../../entities/tables.ts';
import { databaseTime, inTransaction } from '../../../entities/transaction.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { isCounted } from './counted-attempts.ts';
import { lockAffected } from './derive-states.ts';

/** How an operation on one task ended. */
export interface TaskOutcome {
  /** Primary key of the task; null when there is none of this id. */
  readonly id: string | null;
  readonly userErrors: readonly OperationError[];
}

/** Context of an operation on one task: the transaction, its entities, and the database's clock. */
export interface TaskWork {
  readonly tx: Sql;
  readonly em: EntityManager;
  readonly at: Date;
}

/**
 * Locks a task's person and requests and works on the task, with its person, in one transaction; NOT_FOUND when there
 * is none. Statements that build on a change of it come after a flush.
 */
export function withTask(
  context: OperationContext,
  taskId: string,
  work: (task: AccountTask, work: TaskWork) => Promise<TaskOutcome>,
): Promise<TaskOutcome> {
  return inTransaction(context.em, async (tx, em) => {
    const { rows } = await sql<{ id: string; person_id: string }>`
      select id, person_id from account_task where task_id = ${taskId}`.execute(tx);
    const [found] = rows;
    if (found === undefined) {
      const parameters = { kind: 'task', id: taskId };
      return { id: null, userErrors: [operationError('NOT_FOUND', { path: ['taskId'], parameters })] };
    }
    await lockAffected(tx, [found.person_id]);
    const task = await em.findOneOrFail(AccountTask, found.id, { populate: ['person'] });
    return work(task, { tx, em, at: await databaseTime(tx) });
  });
}

/** The outcome of a refusal about the input of this name. */
export function refusedTask(task: AccountTask, refusal: TaskRefusal, field: string): TaskOutcome {
  const { code, parameters } = refusal;
  return { id: task.id, userErrors: [operationError(code, { path: [field], parameters })] };
}

/** What is known of a task's attempts. */
export interface AttemptCounts {
  /** Number of the newest; 0: there is none. */
  readonly last: number;
  /** How many count against `maxAttempts`. */
  readonly counted: number;
}

export async function countAttempts(tx: Sql, task: AccountTask): Promise<AttemptCounts> {
  const { rows } = await sql<AttemptCounts>`
    select coalesce(max(a.execution_attempt), 0) as last, count(*) filter (where ${isCounted})::int as counted
    from task_attempt a where a.task_id = ${task.id}::bigint`.execute(tx);
  return rows[0] ?? { last: 0, counted: 0 };
}
