import { sql } from 'kysely';
import { checkField } from '../../../domain/provisioning/intake/field-rules.ts';
import { canIdentify, namesOfIdentifier } from '../../../domain/provisioning/names/identifier-names.ts';
import { normaliseText } from '../../../domain/text/text.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import type { RemoteAccount } from '../../../integrations/contract/connector.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { findPersonByNumber, type NumberedPerson, personNotFound } from '../../people/find-person.ts';
import { type AskContext, askLookUp, type LookUpAnswer } from '../accounts/ask-look-up.ts';
import { linkAccounts } from '../accounts/link-accounts.ts';
import { reserveNames } from '../names/reserve-names.ts';
import { findHeldNames, yieldNames } from '../names/yield-names.ts';
import { lockAffected } from '../tasks/derive-states.ts';

export interface LinkAccountInput {
  readonly employeeNumber: string;
  readonly system: string;
  readonly identifier: string;
  readonly remoteId: string | null;
  /** Links also an account that the system does not know or cannot look up. */
  readonly force: boolean;
}

export interface LinkAccountOutcome {
  /** Primary key of the account; null when there is none. */
  readonly account: string | null;
  readonly userErrors: readonly OperationError[];
}

const NAME_MAX_LENGTH = 320;

/** State before linking: the person, and the account that exists here. */
type Situation =
  | { readonly kind: 'free'; readonly person: NumberedPerson }
  | { readonly kind: 'decided'; readonly outcome: LinkAccountOutcome };

/**
 * Links an account that exists at a system to a person. It is looked up there first where possible, so that a typing
 * error is noticed. The account becomes ACTIVE with origin LINKED, its open task is completed, and waiting tasks are
 * released.
 */
export async function linkAccount(
  context: OperationContext & AskContext,
  given: LinkAccountInput,
): Promise<LinkAccountOutcome> {
  const input = {
    ...given,
    identifier: normaliseText(given.identifier),
    remoteId: normaliseText(given.remoteId ?? '') || null,
  };
  const problems = findProblems(input);
  if (problems.length > 0) return { account: null, userErrors: problems };
  const situation = await inTransaction(context.em, (tx) => look(tx, input));
  if (situation.kind === 'decided') return situation.outcome;
  const answer = input.force ? null : await verify(context, situation.person, input);
  const doubt = answer === null ? null : doubtOf(answer, situation.person, input);
  if (doubt !== null) return { account: null, userErrors: [doubt] };
  const found = answer?.kind === 'found' ? answer.account : null;
  try {
    return await inTransaction(context.em, (tx) => link(tx, context, { input, found }));
  } catch (error) {
    if (error instanceof Taken) return { account: null, userErrors: [taken(error.who)] };
    throw error;
  }
}

function findProblems({ system, identifier, remoteId }: LinkAccountInput): OperationError[] {
  const check = (field: 'identifier' | 'remoteId', value: string | null, required: boolean) =>
    checkField({ maxLength: NAME_MAX_LENGTH, required }, value).map(({ code, parameters }) =>
      operationError(code, { path: [field], parameters: { field, ...parameters } }),
    );
  const problems = [...check('identifier', identifier, true), ...check('remoteId', remoteId, false)];
  if (problems.length > 0 || canIdentify(system, identifier)) return problems;
  const parameters = { field: 'identifier', variant: 'ADDRESS', identifier };
  return [operationError('INVALID', { path: ['identifier'], parameters })];
}

async function look(tx: Sql, input: LinkAccountInput): Promise<Situation> {
  const { employeeNumber, system, identifier } = input;
  const person = await findPersonByNumber(tx, employeeNumber);
  if (person === null) return refused(null, personNotFound(employeeNumber));
  const { rows } = await sql<{
    id: string | null;
    identifier: string | null;
    state: string | null;
    task_id: string | null;
    holder: string | null;
  }>`
    select a.id, a.identifier, a.state, t.task_id,
      (select o.person_id from account o where o.system = ${system} and lower(o.identifier) = lower(${identifier})
        and o.person_id <> p.id) as holder
    from person p left join account a on a.person_id = p.id and a.system = ${system}
    left join account_task t on t.person_id = p.id and t.system = ${system} and t.status = 'PROCESSING'
    where p.id = ${person.id}::bigint`.execute(tx);
  const [row] = rows;
  const account = row?.id ?? null;
  const who = { employeeNumber: person.employeeNumber, system, identifier };
  const refuse = (parameters: Readonly<Record<string, string | null>>) =>
    refused(
      account,
      operationError('INVALID_STATE', { path: ['system'], parameters: { ...who, ...parameters } }),
    );
  if (row?.state === 'ACTIVE' && row.identifier?.toLowerCase() === identifier.toLowerCase())
    return { kind: 'decided', outcome: { account, userErrors: [] } };
  if (row?.state === 'ACTIVE' || row?.state === 'DISABLED')
    return refuse({ variant: 'LINKED', identifier: row.identifier, status: row.state });
  if (row?.task_id != null)
    return refuse({ variant: 'TASK_SENT', kind: 'task', id: row.task_id, status: 'PROCESSING' });
  if (row?.holder != null) return refused(account, taken(who));
  return { kind: 'free', person };
}

function verify(
  context: AskContext,
  person: NumberedPerson,
  { system, identifier }: LinkAccountInput,
): Promise<LookUpAnswer> {
  const { id, employeeNumber } = person;
  return askLookUp(context, { person: id, employeeNumber, system, identifier });
}

/** Why the system's answer contradicts the link; null when it does not. */
function doubtOf(
  answer: LookUpAnswer,
  { employeeNumber }: NumberedPerson,
  { system, identifier }: LinkAccountInput,
): OperationError | null {
  const who = { employeeNumber, system, identifier };
  const path = ['identifier'];
  switch (answer.kind) {
    case 'cannot-look':
      return null;
    case 'missing': {
      const parameters = { variant: 'UPSTREAM', kind: 'account', id: identifier, ...who };
      return operationError('NOT_FOUND', { path, parameters });
    }
    case 'unknown':
      return operationError(answer.error.code, { path, parameters: answer.error.parameters });
    case 'found': {
      const found = answer.account.identifier;
      if (found.toLowerCase() === identifier.toLowerCase()) return null;
      const parameters = { variant: 'OTHER_ACCOUNT', field: 'identifier', found, ...who };
      return operationError('INVALID', { path, parameters });
    }
  }
}

async function link(
  tx: Sql,
  context: OperationContext,
  work: { readonly input: LinkAccountInput; readonly found: RemoteAccount | null },
): Promise<LinkAccountOutcome> {
  const { input, found } = work;
  const { system, identifier } = input;
  const names =
    found === null
      ? namesOfIdentifier(system, identifier)
      : { username: found.username ?? null, email: found.emailAddress ?? null };
  const known = await findPersonByNumber(tx, input.employeeNumber);
  if (known !== null) {
    const holders = (await findHeldNames(tx, known.id, names)).map(({ person }) => person);
    await lockAffected(tx, [known.id, ...holders]);
  }
  const situation = await look(tx, input);
  if (situation.kind === 'decided') return situation.outcome;
  const { id: person, employeeNumber: number } = situation.person;
  const renamed = await yieldNames(tx, await findHeldNames(tx, person, names));
  const { linked } = await linkAccounts({ tx, boss: context.boss }, [
    {
      key: number,
      person,
      number,
      system,
      identifier: found?.identifier ?? identifier,
      remoteId: input.remoteId ?? found?.remoteId ?? null,
      origin: 'LINKED',
      ...names,
    },
  ]);
  if (linked.size === 0) throw new Taken({ employeeNumber: number, system, identifier });
  if (renamed.length > 0) await reserveNames(tx, renamed, context);
  const { rows } = await sql<{ id: string }>`
    select id from account where person_id = ${person}::bigint and system = ${system}`.execute(tx);
  return { account: rows[0]?.id ?? null, userErrors: [] };
}

interface WantedLink {
  readonly employeeNumber: string;
  readonly system: string;
  readonly identifier: string;
}

/** The account is another person's after all: the link's changes are rolled back. */
class Taken extends Error {
  readonly who: WantedLink;
  constructor(who: WantedLink) {
    super('the account belongs to another person');
    this.who = who;
  }
}

function taken(who: WantedLink) {
  return operationError('IDENTIFIER_TAKEN', {
    path: ['identifier'],
    parameters: { variant: 'LINK', ...who },
  });
}

function refused(account: string | null, error: OperationError): Situation {
  return { kind: 'decided', outcome: { account, userErrors: [error] } };
}
