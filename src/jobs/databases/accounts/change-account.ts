import { sql } from 'kysely';
import type { StoredMatchReason } from '../../../domain/databases/facts/fact-texts.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { recordAudit } from '../../audit/record-audit.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { findPersonByNumber } from '../../people/find-person.ts';

export interface ChangeAccountOutcome {
  /** Primary key; null: there is no such account. */
  readonly id: string | null;
  readonly userErrors: readonly OperationError[];
}

type Context = Pick<OperationContext, 'em' | 'principal'>;

/** Classes that one account is put into by hand in one call. */
const CODES_MAX = 50;

/** Sets the holder of an account; null: on purpose none. It stands until it is set again. */
export function linkAccount(
  context: Context,
  input: { readonly account: string; readonly employeeNumber: string | null },
): Promise<ChangeAccountOutcome> {
  return changing(context, input.account, async (tx) => {
    const person = input.employeeNumber === null ? null : await findPersonByNumber(tx, input.employeeNumber);
    if (input.employeeNumber !== null && person === null) {
      const parameters = { variant: 'PERSON_OF_NUMBER', id: input.employeeNumber };
      return [operationError('NOT_FOUND', { path: ['employeeNumber'], parameters })];
    }
    const reason: StoredMatchReason = { code: 'BY_HAND', by: context.principal };
    const match = person === null ? 'IGNORED' : 'MATCHED';
    await sql`
      update database_account set person_id = ${person?.id ?? null}::bigint, person_match = ${match},
        person_match_reason = ${JSON.stringify(reason)}::jsonb, linked_by = ${context.principal}
      where id = ${input.account}::bigint`.execute(tx);
    await recordAudit(tx, {
      action: 'database_account.linked',
      subjectKind: 'DATABASE_ACCOUNT',
      subjectId: input.account,
      after: { match, personId: person?.id ?? null },
    });
    return [];
  });
}

/** Puts an account into classes or takes it out, regardless of the rules, until it is changed by hand again. */
export function classifyByHand(
  context: Context,
  input: { readonly account: string; readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<ChangeAccountOutcome> {
  return changing(context, input.account, async (tx) => {
    const problems = checkCodes(input);
    if (problems.length > 0) return problems;
    await sql`
      insert into database_classification as c (account_id, code, manual, excluded)
      select ${input.account}::bigint, code, true, false from unnest(${[...input.add]}::text[]) as code
      on conflict (account_id, code) do update set manual = true, excluded = false`.execute(tx);
    await sql`
      insert into database_classification as c (account_id, code, manual, excluded)
      select ${input.account}::bigint, code, true, true from unnest(${[...input.remove]}::text[]) as code
      on conflict (account_id, code) do update set manual = true, excluded = true`.execute(tx);
    await recordAudit(tx, {
      action: 'database_account.classified',
      subjectKind: 'DATABASE_ACCOUNT',
      subjectId: input.account,
      after: { add: input.add, remove: input.remove },
    });
    return [];
  });
}

function checkCodes(input: {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}): OperationError[] {
  return (['add', 'remove'] as const).flatMap((field) => {
    const codes = input[field];
    if (codes.length > CODES_MAX) {
      const parameters = { variant: 'LIST', field, count: codes.length, limit: CODES_MAX };
      return [operationError('TOO_MANY', { path: [field], parameters })];
    }
    return codes.flatMap((code, index) =>
      /^[A-Za-z][\w.-]{0,49}$/.test(code) && (field !== 'remove' || !input.add.includes(code))
        ? []
        : [operationError('INVALID', { path: [field, String(index)], parameters: { field } })],
    );
  });
}

function changing(
  context: Context,
  account: string,
  change: (tx: Sql) => Promise<readonly OperationError[]>,
): Promise<ChangeAccountOutcome> {
  return inTransaction(context.em, async (tx) => {
    const { rows } =
      await sql`select 1 from database_account where id = ${account}::bigint for update`.execute(tx);
    if (rows.length === 0) return { id: null, userErrors: [accountNotFound(account)] };
    return { id: account, userErrors: await change(tx) };
  });
}

/** Error for an id that no account has. */
export function accountNotFound(id: string): OperationError {
  return operationError('NOT_FOUND', {
    path: ['accountId'],
    parameters: { variant: 'DATABASE_ACCOUNT', id },
  });
}
