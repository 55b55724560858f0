import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import {
  checkLocalPart,
  checkLogin,
  type NameProblem,
} from '../../../domain/provisioning/names/check-names.ts';
import { emailAddressFor } from '../../../domain/provisioning/names/email-address.ts';
import { normaliseCompatibleText } from '../../../domain/text/text.ts';
import { Person } from '../../../entities/people/person.ts';
import { mappingOfType } from '../../../entities/provisioning/person-type-mapping.ts';
import type { Sql } from '../../../entities/tables.ts';
import { databaseTime, inTransaction } from '../../../entities/transaction.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { findPersonByNumber, personNotFound } from '../../people/find-person.ts';
import { reserveNames } from '../names/reserve-names.ts';
import { namesLock } from '../names/taken-names.ts';
import { lockAffected } from '../tasks/derive-states.ts';
import { releaseFailed } from '../tasks/release-failed.ts';

/** Names for a person; null: the present one stays, or one is chosen as usual. */
export interface SetPersonIdentifiersInput {
  readonly employeeNumber: string;
  readonly username: string | null;
  readonly emailLocalPart: string | null;
}

export interface SetPersonIdentifiersOutcome {
  /** Primary key of the person; null when there is none. */
  readonly person: string | null;
  readonly requeuedTasks: number;
  readonly userErrors: readonly OperationError[];
}

/** Errors that other names may remove. */
const NAME_ERRORS = [
  'LOGIN_TOO_LONG',
  'LOGIN_TAKEN',
  'MAILBOX_NAME_TAKEN',
  'IDENTIFIER_TAKEN',
  'EMAIL_DOMAIN_MISSING',
];

type Names = Pick<SetPersonIdentifiersInput, 'username' | 'emailLocalPart'>;

/**
 * Sets the login and local part that an operator chose, before an account exists: reserves both, keeps the former
 * ones reserved for this person, and opens tasks that failed because of their names.
 */
export function setPersonIdentifiers(
  context: OperationContext,
  input: SetPersonIdentifiersInput,
): Promise<SetPersonIdentifiersOutcome> {
  const names: Names = {
    username: input.username === null ? null : normaliseCompatibleText(input.username),
    emailLocalPart:
      input.emailLocalPart === null ? null : normaliseCompatibleText(input.emailLocalPart).toLowerCase(),
  };
  const errors = findProblems(names, context);
  if (errors.length > 0) return Promise.resolve(refused(null, ...errors));
  return inTransaction(context.em, (tx, em) => set({ tx, em }, context, { ...input, ...names }));
}

function findProblems({ username, emailLocalPart }: Names, { settings }: OperationContext): OperationError[] {
  if (username === null && emailLocalPart === null) {
    const parameters = { variant: 'CORRECTION', fields: ['username', 'emailLocalPart'] };
    return [operationError('REQUIRED', { path: [], parameters })];
  }
  const reserved = new Set(settings.get('reserved_local_parts').map((word) => word.toLowerCase()));
  const problems: (NameProblem | null)[] = [
    username === null ? null : checkLogin(username),
    emailLocalPart === null ? null : checkLocalPart(emailLocalPart, reserved),
  ];
  return problems.flatMap((problem) =>
    problem === null
      ? []
      : [
          operationError(problem.code, {
            path: [String(problem.parameters['field'])],
            parameters: problem.parameters,
          }),
        ],
  );
}

async function set(
  { tx, em }: { readonly tx: Sql; readonly em: EntityManager },
  context: OperationContext,
  input: SetPersonIdentifiersInput,
): Promise<SetPersonIdentifiersOutcome> {
  const found = await findPersonByNumber(tx, input.employeeNumber);
  if (found === null) return refused(null, personNotFound(input.employeeNumber));
  await lockAffected(tx, [found.id]);
  const person = await em.findOneOrFail(Person, found.id);
  const error =
    (await findAccountInUse(tx, person)) ?? ownedByHr(person, input) ?? (await findSentTask(tx, person));
  if (error !== null) return refused(person.id, error);
  await namesLock.execute(tx);
  const taken = await findHeldByOthers(tx, { ...input, person, systems: context.systems });
  if (taken.length > 0) return refused(person.id, ...taken);
  const emailAddress = await addressOf(tx, context, { person, localPart: input.emailLocalPart });
  if (emailAddress === null && input.emailLocalPart !== null) {
    const parameters = { employeeNumber: person.employeeNumber, personType: person.personType };
    return refused(
      person.id,
      operationError('EMAIL_DOMAIN_MISSING', { path: ['emailLocalPart'], parameters }),
    );
  }
  person.choose({ username: input.username, emailAddress }, await databaseTime(tx));
  await em.flush();
  await reserve(tx, person.id, input);
  await reserveNames(tx, [person.id], context);
  const requeuedTasks = await releaseFailed(
    { tx, boss: context.boss },
    {
      condition: sql`t.person_id = ${person.id}::bigint and t.error_code = any(${NAME_ERRORS}::text[])`,
      maxRetries: context.settings.get('account_creation_max_retries'),
    },
  );
  return { person: person.id, requeuedTasks, userErrors: [] };
}

/** Finds an account that exists already: its names are those at the system. */
async function findAccountInUse(tx: Sql, person: Person): Promise<OperationError | null> {
  const { rows } = await sql<{ system: string; state: string }>`
    select system, state from account where person_id = ${person.id}::bigint and state <> 'PLANNED'
    order by state, system limit 1`.execute(tx);
  const [account] = rows;
  if (account === undefined) return null;
  const { employeeNumber } = person;
  const parameters = {
    variant: 'NAMES_IN_USE',
    employeeNumber,
    system: account.system,
    status: account.state,
  };
  return operationError('INVALID_STATE', { path: ['employeeNumber'], parameters });
}

function ownedByHr(person: Person, input: Names): OperationError | null {
  const fields = person.namesOfHr(input);
  if (fields.length === 0) return null;
  const parameters = { employeeNumber: person.employeeNumber, fields };
  return operationError('OWNED_BY_HR', { path: fields.slice(0, 1), parameters });
}

/** Finds a task that may have reached its system: the account may exist under the former names. */
async function findSentTask(tx: Sql, { id, employeeNumber }: Person): Promise<OperationError | null> {
  const { rows } = await sql<{ task_id: string; system: string; status: string }>`
    select t.task_id, t.system, t.status from account_task t
    left join lateral (select a.outcome from task_attempt a where a.task_id = t.id
      order by a.execution_attempt desc limit 1) last on true
    where t.person_id = ${id}::bigint and (t.status in ('PROCESSING', 'UNCERTAIN')
      or (t.status in ('RETRY', 'FAILED') and last.outcome in ('UNCERTAIN', 'LOST')))
    order by t.id limit 1`.execute(tx);
  const [task] = rows;
  if (task === undefined) return null;
  const { system, status } = task;
  const parameters = { variant: 'TASK_SENT', kind: 'task', id: task.task_id, employeeNumber, system, status };
  return operationError('INVALID_STATE', { path: ['employeeNumber'], parameters });
}

/** Errors for names that another person has, had, or is to get. They do not say which person. */
async function findHeldByOthers(
  tx: Sql,
  input: Names & { readonly person: Person; readonly systems: readonly string[] },
): Promise<OperationError[]> {
  const { systems } = input;
  const { id } = input.person;
  const login = input.username?.toLowerCase() ?? null;
  const { rows } = await sql<{ login: boolean; local: boolean }>`
    select
      exists (select 1 from name_reservation n
        where n.kind = 'USERNAME' and n.value = ${login} and n.person_id is distinct from ${id}::bigint)
      or exists (select 1 from person p where p.id <> ${id}::bigint and lower(p.employee_number) = ${login})
      or exists (select 1 from account a where a.system = any(${[...systems]}::text[])
        and lower(a.identifier) = ${login} and a.person_id <> ${id}::bigint) as login,
      exists (select 1 from name_reservation n where n.kind = 'LOCAL_PART' and n.value = ${input.emailLocalPart}
        and n.person_id is distinct from ${id}::bigint)
      or exists (select 1 from person p where p.id <> ${id}::bigint and p.email_address is not null
        and rtrim(lower(split_part(p.email_address, '@', 1)), '0123456789') = rtrim(${input.emailLocalPart}, '0123456789')
        and lower(split_part(p.email_address, '@', 1)) = ${input.emailLocalPart})
      or exists (select 1 from account a where a.person_id <> ${id}::bigint and a.identifier like '%@%'
        and rtrim(lower(split_part(a.identifier, '@', 1)), '0123456789') = rtrim(${input.emailLocalPart}, '0123456789')
        and lower(split_part(a.identifier, '@', 1)) = ${input.emailLocalPart}) as local`.execute(tx);
  const [found] = rows;
  const taken = (field: 'username' | 'emailLocalPart') => {
    const parameters = { variant: 'NAME', field, identifier: input[field] };
    return operationError('IDENTIFIER_TAKEN', { path: [field], parameters });
  };
  return [
    ...(found?.login === true ? [taken('username')] : []),
    ...(found?.local === true ? [taken('emailLocalPart')] : []),
  ];
}

/**
 * The new address: it keeps its domain; a first one gets the domain of the person's type. Null: there is no domain.
 */
async function addressOf(
  tx: Sql,
  { settings, defaultEmailDomain }: OperationContext,
  { person, localPart }: { readonly person: Person; readonly localPart: string | null },
): Promise<string | null> {
  if (localPart === null) return null;
  const domain = person.reservedEmailAddress?.split('@')[1];
  if (domain !== undefined) return `${localPart}@${domain}`;
  const { rows } = await sql<{ email_domain: string | null }>`
    select m.email_domain from (${mappingOfType(sql`${person.personType}::text`, settings.get('default_person_type'))}) m`.execute(
    tx,
  );
  return emailAddressFor(localPart, rows[0]?.email_domain ?? null, defaultEmailDomain);
}

/** Reserves the names for this person. One that they had before may be used again. */
async function reserve(tx: Sql, person: string, { username, emailLocalPart }: Names): Promise<void> {
  const rows = [
    { kind: 'USERNAME', value: username?.toLowerCase() ?? null },
    { kind: 'LOCAL_PART', value: emailLocalPart },
  ];
  await sql`
    insert into name_reservation (kind, value, person_id)
    select kind, value, ${person}::bigint from json_to_recordset(${JSON.stringify(rows)}::json) as r(kind text, value text)
    where value is not null and not exists (select 1 from name_reservation n
      where n.kind = r.kind and n.value = r.value and n.person_id = ${person}::bigint)`.execute(tx);
}

function refused(
  person: string | null,
  ...userErrors: readonly OperationError[]
): SetPersonIdentifiersOutcome {
  return { person, requeuedTasks: 0, userErrors };
}
