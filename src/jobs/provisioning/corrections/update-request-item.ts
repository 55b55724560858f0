import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import {
  type CorrectableField,
  type CorrectableRow,
  correctableFields,
  correctRow,
  fieldsOfHr,
  type RowCorrection,
} from '../../../domain/provisioning/intake/correct-row.ts';
import { isSamePerson } from '../../../domain/provisioning/intake/person-match.ts';
import { normaliseCompatibleText } from '../../../domain/text/text.ts';
import type { PersonDepartment } from '../../../entities/people/person.ts';
import { RequestItem } from '../../../entities/provisioning/request-item.ts';
import type { Sql } from '../../../entities/tables.ts';
import { databaseTime, inTransaction } from '../../../entities/transaction.ts';
import { enqueue } from '../../kit/job.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { lockIntake } from '../requests/intake-lock.ts';
import { intakeRequestJob } from '../requests/intake-request.ts';
import { requestedValues } from '../requests/requested-values.ts';
import { lockAffected, rederive, rederiveRequests } from '../tasks/derive-states.ts';
import { requeueTasks } from '../tasks/requeue-tasks.ts';
import { findRetryable, type RetryableTask, shareOpenTasks } from '../tasks/retryable-tasks.ts';

/** The item, by position or employee number, and its right values. */
export interface UpdateRequestItemInput {
  readonly requestId: string;
  readonly position: number | null;
  readonly employeeNumber: string | null;
  readonly correction: RowCorrection;
}

export interface UpdateRequestItemOutcome {
  /** Primary key of the item; null when there is none. */
  readonly id: string | null;
  readonly requeuedTasks: number;
  readonly userErrors: readonly OperationError[];
}

interface FoundItem {
  readonly id: string;
  readonly request: string;
  readonly employeeNumber: string;
  readonly person: string | null;
}

interface FoundPerson {
  readonly id: string;
  readonly source: 'HR' | 'REQUEST';
  readonly fullName: string;
  readonly englishName: string | null;
  readonly pinyinName: string | null;
  readonly phone: string | null;
  readonly departments: readonly PersonDepartment[];
  /** Other requests name this person too. */
  readonly shared: boolean;
}

/**
 * Corrects a failed item (wrong phone, department, name) and opens its failed tasks. Corrects the person too if
 * requests brought them; HR's values stay HR's. An item that failed with PERSON_MISMATCH goes through intake again.
 * An item that did not fail is INVALID_STATE.
 */
export function updateRequestItem(
  context: OperationContext,
  input: UpdateRequestItemInput,
): Promise<UpdateRequestItemOutcome> {
  const error = findInputError(input);
  if (error !== null) return Promise.resolve(refused(null, error));
  return inTransaction(context.em, (tx, em) => update({ tx, em }, context, input));
}

function findInputError({
  position,
  employeeNumber,
  correction,
}: UpdateRequestItemInput): OperationError | null {
  if ((position === null) === (employeeNumber === null))
    return operationError('REQUIRED', { path: [], parameters: { variant: 'ITEM' } });
  if (correctableFields.every((field) => correction[field] === undefined))
    return operationError('REQUIRED', {
      path: [],
      parameters: { variant: 'CORRECTION', fields: correctableFields },
    });
  return null;
}

async function update(
  work: { readonly tx: Sql; readonly em: EntityManager },
  context: OperationContext,
  input: UpdateRequestItemInput,
): Promise<UpdateRequestItemOutcome> {
  const { tx, em } = work;
  // The lock of intake: the item's person must not be set meanwhile.
  await lockIntake(tx);
  const found = await findItem(tx, input);
  if (found === null) return refused(null, await notFound(tx, input));
  const personId = found.person ?? (await findHolder(tx, found.employeeNumber));
  await lockAffected(tx, personId === null ? [] : [personId], [found.request]);
  const item = await em.findOneOrFail(RequestItem, found.id, { populate: ['request', 'person'] });
  const { systemList } = item.request;
  const retryable = await findRetryable(tx, { items: sql`i.id = ${item.id}::bigint`, systems: systemList });
  const refusal = item.refuseCorrection(retryable.some((task) => task.status === 'FAILED'));
  if (refusal !== null)
    return refused(item.id, operationError('INVALID_STATE', { path: ['requestId'], parameters: refusal }));
  const corrected = correctRow(item.row, input.correction);
  if ('problems' in corrected) {
    const { employeeNumber } = item;
    const errors = corrected.problems.map(({ field, code, parameters }) =>
      operationError(code, { path: [field], parameters: { ...parameters, employeeNumber } }),
    );
    return refused(item.id, ...errors);
  }
  const person = personId === null ? null : await findPerson(tx, personId, item.request.id);
  const errors = person === null ? [] : judge({ item, corrected, person }, context);
  if (errors.length > 0) return refused(item.id, ...errors);
  return store(work, context, { item, row: corrected.row, retryable });
}

async function store(
  { tx, em }: { readonly tx: Sql; readonly em: EntityManager },
  context: OperationContext,
  correction: {
    readonly item: RequestItem;
    readonly row: CorrectableRow;
    readonly retryable: readonly RetryableTask[];
  },
): Promise<UpdateRequestItemOutcome> {
  const { item, row, retryable } = correction;
  const { id, request, person } = item;
  item.correct(row, await databaseTime(tx));
  if (person == null) item.reopen();
  await em.flush();
  const jobContext = { tx, boss: context.boss };
  if (person == null) {
    // Without a person it goes through intake again, in a new round.
    await enqueue(jobContext, intakeRequestJob, [{ payload: { request: request.id } }]);
    await rederiveRequests(tx, [request.id], new Set([request.id]));
    return { id, requeuedTasks: 0, userErrors: [] };
  }
  await storePerson(tx, person.id, row);
  const maxRetries = context.settings.get('account_creation_max_retries');
  const taskIds = retryable.map(({ task }) => task);
  const opened = await requeueTasks(jobContext, { taskIds, maxRetries });
  await shareOpenTasks(tx, retryable);
  // Subscribers are notified of new values also where no state changed.
  await rederive(tx, { personIds: [person.id], reviveItemIds: [id], requestIds: [request.id] });
  return { id, requeuedTasks: opened.length, userErrors: [] };
}

/** Errors of the correction: a value that HR owns, or that another request contradicts. */
function judge(
  work: {
    readonly item: RequestItem;
    readonly corrected: { readonly row: CorrectableRow; readonly changed: readonly CorrectableField[] };
    readonly person: FoundPerson;
  },
  context: OperationContext,
): OperationError[] {
  const { item, corrected, person } = work;
  const { employeeNumber } = item;
  const ofHr = person.source === 'HR' ? fieldsOfHr(corrected, person) : [];
  if (ofHr.length > 0) return [ownedByHr(employeeNumber, ofHr)];
  const strict = context.settings.get('person_name_check') === 'strict';
  if (!strict || isSamePerson(person, corrected.row.employeeName)) return [];
  const path = ['employeeName'];
  if (item.person == null)
    return [
      operationError('PERSON_MISMATCH', { path, parameters: { variant: 'CORRECTION', employeeNumber } }),
    ];
  if (!corrected.changed.includes('employeeName')) return [];
  if (person.source === 'HR') return [ownedByHr(employeeNumber, ['employeeName'])];
  if (!person.shared) return [];
  return [operationError('PERSON_MISMATCH', { path, parameters: { variant: 'SHARED', employeeNumber } })];
}

function ownedByHr(employeeNumber: string, fields: readonly CorrectableField[]) {
  return operationError('OWNED_BY_HR', {
    path: fields.slice(0, 1),
    parameters: { employeeNumber, fields: [...fields] },
  });
}

function refused(id: string | null, ...userErrors: readonly OperationError[]): UpdateRequestItemOutcome {
  return { id, requeuedTasks: 0, userErrors };
}

/** The error for a missing request or item. */
async function notFound(
  tx: Sql,
  { requestId, position, employeeNumber }: UpdateRequestItemInput,
): Promise<OperationError> {
  const request = await tx
    .selectFrom('account_request')
    .select('id')
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  if (request === undefined)
    return operationError('NOT_FOUND', {
      path: ['requestId'],
      parameters: { kind: 'request', id: requestId },
    });
  const path = [position === null ? 'employeeNumber' : 'position'];
  const id = `${requestId} ${position ?? employeeNumber}`;
  return operationError('NOT_FOUND', { path, parameters: { kind: 'item', id } });
}

async function findItem(tx: Sql, input: UpdateRequestItemInput): Promise<FoundItem | null> {
  const { requestId, position, employeeNumber } = input;
  const which =
    position === null
      ? sql`lower(i.employee_number) = lower(${normaliseCompatibleText(employeeNumber ?? '')})`
      : sql`i.position = ${position}::int`;
  const { rows } = await sql<FoundItem>`
    select i.id, r.id as request, i.employee_number as "employeeNumber", i.person_id as person
    from request_item i join account_request r on r.id = i.request_id
    where r.request_id = ${requestId} and ${which}`.execute(tx);
  return rows[0] ?? null;
}

async function findHolder(tx: Sql, employeeNumber: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from person where lower(employee_number) = lower(${employeeNumber})`.execute(tx);
  return rows[0]?.id ?? null;
}

async function findPerson(tx: Sql, id: string, request: string): Promise<FoundPerson | null> {
  const { rows } = await sql<FoundPerson>`
    select p.id, p.source, p.full_name as "fullName", p.english_name as "englishName",
      p.person_pinyin_name as "pinyinName", p.telephone_number1 as phone, p.departments,
      exists (select 1 from request_item i where i.person_id = p.id and i.request_id <> ${request}::bigint) as shared
    from person p where p.id = ${id}::bigint`.execute(tx);
  return rows[0] ?? null;
}

/** Stores the correction as intake would. */
async function storePerson(tx: Sql, id: string, row: CorrectableRow): Promise<void> {
  const place = {
    department_code: row.departmentCode,
    partner_company: row.partnerCompany,
    country: row.country,
  };
  await sql`
    update person p set
      ${requestedValues({
        fullName: sql`${row.employeeName}::text`,
        phone: sql`${row.phoneNumber}::text`,
        departments: sql`${JSON.stringify([place])}::jsonb`,
      })}
    where p.id = ${id}::bigint`.execute(tx);
}
