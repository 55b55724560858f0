import { sql } from 'kysely';
import { checkField } from '../../../domain/provisioning/intake/field-rules.ts';
import { canIdentify, namesOfIdentifier } from '../../../domain/provisioning/names/identifier-names.ts';
import type { TaskResolution, TaskStatus } from '../../../domain/provisioning/states/states.ts';
import { normaliseText } from '../../../domain/text/text.ts';
import { isUnwanted } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { linkAccounts } from '../accounts/link-accounts.ts';
import { freshAllowance } from '../tasks/counted-attempts.ts';
import { lockAffected, rederive } from '../tasks/derive-states.ts';
import { enqueueReadyTasks, type ReadyTask } from '../tasks/task-jobs.ts';

/** A person's finding about a task whose answer was lost (mutation `resolveTask`). */
export interface TaskSettlement {
  readonly taskId: string;
  readonly outcome: TaskResolution;
  /** Identifier of the account at the system; with EXISTS only, and required there. */
  readonly identifier: string | null;
  readonly remoteId: string | null;
  /** Why it is given up; with GIVE_UP only, and required there. */
  readonly reason: string | null;
  /** The newest attempt when the person looked; null: any. */
  readonly attempt: number | null;
}

export interface ResolvedTask {
  /** Primary key of the task; null when there is none of this id. */
  readonly id: string | null;
  readonly userErrors: readonly OperationError[];
}

interface UncertainTask extends ReadyTask {
  readonly status: TaskStatus;
  readonly person_id: string;
  readonly employee_number: string;
  readonly last_attempt: number;
  /** Every request that wanted it is cancelled. */
  readonly unwanted: boolean;
  readonly account: { readonly state: string; readonly identifier: string } | null;
}

const NAME_MAX_LENGTH = 320;
const REASON_MAX_LENGTH = 500;

/**
 * Settles a task whose answer was lost by what an operator found at its system, without a call. Safe beside a probe
 * or a second operator: under the locks of the person only one of them finds the task UNCERTAIN.
 */
export function resolveTask(context: OperationContext, given: TaskSettlement): Promise<ResolvedTask> {
  const settlement: TaskSettlement = {
    ...given,
    identifier: normaliseText(given.identifier ?? '') || null,
    remoteId: normaliseText(given.remoteId ?? '') || null,
    reason: normaliseText(given.reason ?? '') || null,
  };
  const problems = findProblems(settlement);
  return inTransaction(context.em, async (tx) => {
    const known = await findTask(tx, settlement.taskId);
    if (known === null) {
      const parameters = { kind: 'task', id: settlement.taskId };
      return { id: null, userErrors: [operationError('NOT_FOUND', { path: ['taskId'], parameters })] };
    }
    if (problems.length > 0) return { id: known.id, userErrors: problems };
    await lockAffected(tx, [known.person_id]);
    const task = (await findTask(tx, settlement.taskId)) ?? known;
    const error = findObstacle(task, settlement) ?? (await settle(tx, context, { task, settlement }));
    return { id: task.id, userErrors: error === null ? [] : [error] };
  });
}

function findProblems({ outcome, identifier, remoteId, reason }: TaskSettlement): OperationError[] {
  const check = (field: string, value: string | null, rule: { maxLength: number; of: TaskResolution }) => {
    const belongs = outcome === rule.of;
    if (!belongs && value !== null)
      return [operationError('INVALID', { path: [field], parameters: { field } })];
    const required = belongs && field !== 'remoteId';
    return checkField({ maxLength: rule.maxLength, required }, value).map(({ code, parameters }) =>
      operationError(code, { path: [field], parameters: { field, ...parameters } }),
    );
  };
  return [
    ...check('identifier', identifier, { maxLength: NAME_MAX_LENGTH, of: 'EXISTS' }),
    ...check('remoteId', remoteId, { maxLength: NAME_MAX_LENGTH, of: 'EXISTS' }),
    ...check('reason', reason, { maxLength: REASON_MAX_LENGTH, of: 'GIVE_UP' }),
  ];
}

async function findTask(tx: Sql, taskId: string): Promise<UncertainTask | null> {
  const { rows } = await sql<UncertainTask>`
    select t.id, t.system, t.origin_system as "originSystem", t.priority, t.status, t.person_id, p.employee_number,
      coalesce((select max(a.execution_attempt) from task_attempt a where a.task_id = t.id), 0) as last_attempt,
      ${isUnwanted(sql.ref('t.id'))} as unwanted,
      (select json_build_object('state', c.state, 'identifier', c.identifier) from account c
        where c.person_id = t.person_id and c.system = t.system and c.state <> 'PLANNED') as account
    from account_task t join person p on p.id = t.person_id where t.task_id = ${taskId}`.execute(tx);
  return rows[0] ?? null;
}

/** Why the finding does not settle the task in its present state; null when it does. */
function findObstacle(task: UncertainTask, settlement: TaskSettlement): OperationError | null {
  const { taskId, outcome, identifier, attempt } = settlement;
  const id = { kind: 'task', id: taskId };
  if (task.status !== 'UNCERTAIN') {
    const parameters = { variant: 'NOT_UNCERTAIN', ...id, status: task.status };
    return operationError('INVALID_STATE', { path: ['taskId'], parameters });
  }
  if (attempt !== null && attempt !== task.last_attempt) {
    const parameters = { variant: 'ATTEMPT', ...id, expected: attempt, actual: task.last_attempt };
    return operationError('VERSION_CONFLICT', { path: ['attempt'], parameters });
  }
  if (outcome === 'EXISTS' && identifier !== null && !canIdentify(task.system, identifier)) {
    const parameters = { field: 'identifier', variant: 'ADDRESS', identifier };
    return operationError('INVALID', { path: ['identifier'], parameters });
  }
  return null;
}

async function settle(
  tx: Sql,
  context: OperationContext,
  work: { readonly task: UncertainTask; readonly settlement: TaskSettlement },
): Promise<OperationError | null> {
  const error = await change(tx, context, work);
  // A task that is given up stays unknown: a retry asks a person again.
  const known = work.settlement.outcome === 'GIVE_UP' ? 0 : work.task.last_attempt;
  if (error === null)
    await sql`
      update account_task set resolved_attempt = greatest(resolved_attempt, ${known}::int), resolved_by = ${context.principal}
      where id = ${work.task.id}::bigint`.execute(tx);
  return error;
}

async function change(
  tx: Sql,
  context: OperationContext,
  work: { readonly task: UncertainTask; readonly settlement: TaskSettlement },
): Promise<OperationError | null> {
  switch (work.settlement.outcome) {
    case 'EXISTS':
      return adopt(tx, context, work);
    case 'SEND_AGAIN':
      await sendAgain(tx, context, work.task);
      return null;
    case 'GIVE_UP':
      await giveUp(tx, context, work);
      return null;
  }
}

async function adopt(
  tx: Sql,
  context: OperationContext,
  { task, settlement }: { readonly task: UncertainTask; readonly settlement: TaskSettlement },
): Promise<OperationError | null> {
  const { system, person_id: person, employee_number: number } = task;
  const { identifier, remoteId } = settlement;
  if (identifier === null) return null;
  const names = namesOfIdentifier(system, identifier);
  const account = { key: task.id, person, number, system, identifier, remoteId, ...names };
  const { linked } = await linkAccounts({ tx, boss: context.boss }, [{ ...account, origin: 'LINKED' }]);
  if (linked.size > 0) return null;
  const who = { employeeNumber: number, system, identifier };
  const { account: other } = task;
  if (other === null)
    return operationError('IDENTIFIER_TAKEN', {
      path: ['identifier'],
      parameters: { variant: 'LINK', ...who },
    });
  const parameters = { variant: 'LINKED', ...who, identifier: other.identifier, status: other.state };
  return operationError('INVALID_STATE', { path: ['identifier'], parameters });
}

/**
 * Opens the task with a fresh allowance of attempts and a new turn; cancels it when every request that wanted it was
 * cancelled.
 */
async function sendAgain(tx: Sql, context: OperationContext, task: UncertainTask): Promise<void> {
  const maxRetries = context.settings.get('account_creation_max_retries');
  const status: TaskStatus = task.unwanted ? 'CANCELLED' : 'PENDING';
  await sql`
    update account_task t set status = ${status}, next_attempt_at = null, error_code = null, error_parameters = null,
      max_attempts = ${freshAllowance(maxRetries)}, updated_at = clock_timestamp(),
      completed_at = case when ${task.unwanted} then clock_timestamp() end
    where t.id = ${task.id}::bigint`.execute(tx);
  if (!task.unwanted) await enqueueReadyTasks({ tx, boss: context.boss }, [task]);
  await rederive(tx, { personIds: [task.person_id] });
}

async function giveUp(
  tx: Sql,
  { principal }: OperationContext,
  { task, settlement }: { readonly task: UncertainTask; readonly settlement: TaskSettlement },
): Promise<void> {
  const parameters = { principal, reason: settlement.reason };
  await sql`
    update account_task set status = 'FAILED', next_attempt_at = null, error_code = 'GIVEN_UP',
      error_parameters = ${JSON.stringify(parameters)}::jsonb, completed_at = clock_timestamp(),
      updated_at = clock_timestamp()
    where id = ${task.id}::bigint`.execute(tx);
  await rederive(tx, { personIds: [task.person_id] });
}
