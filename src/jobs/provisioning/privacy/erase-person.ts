import { sql } from 'kysely';
import type { RunMode } from '../../../domain/runs/run-states.ts';
import { openTask } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import type { PersonalData } from '../../areas/area.ts';
import { recordAudit } from '../../audit/record-audit.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { findPersonByNumber, type NumberedPerson, personNotFound } from '../../people/find-person.ts';
import { lockIntake } from '../requests/intake-lock.ts';
import { lockAffected } from '../tasks/derive-states.ts';
import { type ErasedCount, eraseRows, findRequestsNaming } from './erased-rows.ts';

export interface ErasePersonInput {
  readonly employeeNumber: string;
  /** Kept in the audit log. */
  readonly reason: string;
  /** DRY_RUN: only counts. */
  readonly mode: RunMode;
}

export interface ErasedPerson {
  readonly counts: readonly ErasedCount[];
  readonly userErrors: readonly OperationError[];
}

/** Open work that a refusal names. */
const NAMED_MAX = 10;

/** Thrown to roll a dry run back: its counts come from the statements themselves. */
class Rehearsed extends Error {
  readonly counts: readonly ErasedCount[];
  constructor(counts: readonly ErasedCount[]) {
    super('a dry run is rolled back');
    this.counts = counts;
  }
}

/**
 * Erases what is stored of one person, in one transaction. Ids, states and counts stay; reserved names stay too,
 * without their person, because they are never given twice. The audit log says that it was done, and why. Refused
 * while a task or an item is open, or an account active.
 */
export async function erasePerson(
  context: OperationContext & { readonly personalData: PersonalData },
  input: ErasePersonInput,
): Promise<ErasedPerson> {
  try {
    return await inTransaction(context.em, (tx) => erase(tx, input, context.personalData));
  } catch (error) {
    if (error instanceof Rehearsed) return { counts: error.counts, userErrors: [] };
    throw error;
  }
}

async function erase(
  tx: Sql,
  { employeeNumber, reason, mode }: ErasePersonInput,
  { erased: statements }: PersonalData,
): Promise<ErasedPerson> {
  // No intake may insert a person with this number meanwhile.
  await lockIntake(tx);
  const found = await findPersonByNumber(tx, employeeNumber);
  if (found === null) return { counts: [], userErrors: [personNotFound(employeeNumber)] };
  await lockAffected(
    tx,
    [found.id],
    await findRequestsNaming(tx, { id: found.id, number: found.employeeNumber }),
  );
  // When two operators erase the same person, the second finds none.
  const person = await findPersonByNumber(tx, employeeNumber);
  if (person === null) return { counts: [], userErrors: [personNotFound(employeeNumber)] };
  const refusal = (await findActive(tx, person)) ?? (await findOpen(tx, person));
  if (refusal !== null) return { counts: [], userErrors: [refusal] };
  const subject = { id: person.id, number: person.employeeNumber };
  const counts = await eraseRows(tx, { subject, statements });
  if (mode === 'DRY_RUN') throw new Rehearsed(counts);
  const rows = Object.fromEntries(counts.map((count) => [count.table, count.rows]));
  const note = { action: 'person.erased', subjectKind: 'PERSON', subjectId: person.id };
  await recordAudit(tx, { ...note, after: { reason, rows } });
  return { counts, userErrors: [] };
}

async function findActive(tx: Sql, { id, employeeNumber }: NumberedPerson): Promise<OperationError | null> {
  const { rows } = await sql<{ system: string }>`
    select system from account where person_id = ${id}::bigint and state = 'ACTIVE' order by system`.execute(
    tx,
  );
  if (rows.length === 0) return null;
  const parameters = { variant: 'ERASE_ACTIVE', employeeNumber, systems: rows.map(({ system }) => system) };
  return operationError('INVALID_STATE', { path: ['employeeNumber'], parameters });
}

async function findOpen(tx: Sql, { id, employeeNumber }: NumberedPerson): Promise<OperationError | null> {
  const { rows } = await sql<{ work: string }>`
    select task_id as work from account_task
      where person_id = ${id}::bigint and status ${openTask}
    union all
    select distinct r.request_id from request_item i join account_request r on r.id = i.request_id
      where (i.person_id = ${id}::bigint or lower(i.employee_number) = lower(${employeeNumber}))
        and i.status in ('PENDING', 'SYNCED', 'TASK_CREATED')
    limit ${NAMED_MAX}`.execute(tx);
  if (rows.length === 0) return null;
  const parameters = { variant: 'ERASE_OPEN', employeeNumber, work: rows.map(({ work }) => work) };
  return operationError('INVALID_STATE', { path: ['employeeNumber'], parameters });
}
