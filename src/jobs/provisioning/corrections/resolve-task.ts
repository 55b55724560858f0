import { sql } from 'kysely';
import { checkField } from '../../../domain/provisioning/intake/field-rules.ts';
import { canIdentify, namesOfIdentifier } from '../../../domain/provisioning/names/identifier-names.ts';
import type { TaskResolution } from '../../../domain/provisioning/states/states.ts';
import { normaliseText } from '../../../domain/text/text.ts';
import type { AccountTask } from '../../../entities/provisioning/account-task.ts';
import { isUnwanted } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { linkAccounts } from '../accounts/link-accounts.ts';
import { rederive } from '../tasks/derive-states.ts';
import {
  type AttemptCounts,
  countAttempts,
  refusedTask,
  type TaskOutcome,
  type TaskWork,
  withTask,
} from '../tasks/locked-task.ts';
import { enqueueReadyTasks } from '../tasks/task-jobs.ts';

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

const NAME_MAX_LENGTH = 320;
const REASON_MAX_LENGTH = 500;

/**
 * Settles a task whose answer was lost by what an operator found at its system, without a call. Safe beside a probe
 * or a second operator: under the locks of the person only one of them finds the task UNCERTAIN.
 */
export function resolveTask(context: OperationContext, given: TaskSettlement): Promise<TaskOutcome> {
  const settlement: TaskSettlement = {
    ...given,
    identifier: normaliseText(given.identifier ?? '') || null,
    remoteId: normaliseText(given.remoteId ?? '') || null,
    reason: normaliseText(given.reason ?? '') || null,
  };
  const problems = findProblems(settlement);
  return withTask(context, settlement.taskId, async (task, work) => {
    if (problems.length > 0) return { id: task.id, userErrors: problems };
    const attempts = await countAttempts(work.tx, task);
    const refusal = task.refuseFinding(settlement.attempt, attempts.last);
    if (refusal !== null)
      return refusedTask(task, refusal, refusal.code === 'INVALID_STATE' ? 'taskId' : 'attempt');
    const error = await settle(context, { ...work, task, settlement, attempts });
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

interface Settling extends TaskWork {
  readonly task: AccountTask;
  readonly settlement: TaskSettlement;
  readonly attempts: AttemptCounts;
}

async function settle(context: OperationContext, work: Settling): Promise<OperationError | null> {
  const { task, settlement, attempts, em, at } = work;
  switch (settlement.outcome) {
    case 'EXISTS': {
      const error = await adopt(context, work);
      if (error !== null) return error;
      task.settle(attempts.last, context.principal);
      break;
    }
    case 'SEND_AGAIN':
      task.settle(attempts.last, context.principal);
      await sendAgain(context, work);
      break;
    case 'GIVE_UP':
      task.giveUp(context.principal, settlement.reason, at);
      task.settle(0, context.principal);
      break;
  }
  await em.flush();
  if (settlement.outcome !== 'EXISTS') await rederive(work.tx, { personIds: [task.person.id] });
  return null;
}

async function adopt(
  { boss }: OperationContext,
  { tx, task, settlement }: Settling,
): Promise<OperationError | null> {
  const { system } = task;
  const { identifier, remoteId } = settlement;
  if (identifier === null) return null;
  if (!canIdentify(system, identifier)) {
    const parameters = { field: 'identifier', variant: 'ADDRESS', identifier };
    return operationError('INVALID', { path: ['identifier'], parameters });
  }
  const number = task.person.employeeNumber;
  const names = namesOfIdentifier(system, identifier);
  const account = { key: task.id, person: task.person.id, number, system, identifier, remoteId, ...names };
  const { linked } = await linkAccounts({ tx, boss }, [{ ...account, origin: 'LINKED' }]);
  if (linked.size > 0) return null;
  const who = { employeeNumber: number, system, identifier };
  const other = await findAccount(tx, task);
  const path = ['identifier'];
  if (other === null)
    return operationError('IDENTIFIER_TAKEN', { path, parameters: { variant: 'LINK', ...who } });
  const parameters = { variant: 'LINKED', ...who, identifier: other.identifier, status: other.state };
  return operationError('INVALID_STATE', { path, parameters });
}

/** The account that the task's person has at its system. */
async function findAccount(
  tx: Sql,
  { person, system }: AccountTask,
): Promise<{ readonly state: string; readonly identifier: string | null } | null> {
  const { rows } = await sql<{ state: string; identifier: string | null }>`
    select state, identifier from account
    where person_id = ${person.id}::bigint and system = ${system} and state <> 'PLANNED'`.execute(tx);
  return rows[0] ?? null;
}

/**
 * Opens the task with a fresh allowance of attempts and a new turn; cancels it when every request that wanted it was
 * cancelled.
 */
async function sendAgain(context: OperationContext, { tx, em, at, task, attempts }: Settling): Promise<void> {
  const { rows } = await sql<{ unwanted: boolean }>`
    select ${isUnwanted(sql`${task.id}::bigint`)} as unwanted`.execute(tx);
  const unwanted = rows[0]?.unwanted === true;
  const maxAttempts = attempts.counted + 1 + context.settings.get('account_creation_max_retries');
  task.sendAgain({ maxAttempts, unwanted, at });
  await em.flush();
  const { id, system, originSystem, priority } = task;
  if (!unwanted)
    await enqueueReadyTasks({ tx, boss: context.boss }, [{ id, system, originSystem, priority }]);
}
