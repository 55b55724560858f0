import { sql } from 'kysely';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { findPersonByNumber, personNotFound } from '../../people/find-person.ts';
import { forgetAccounts, lockWithCompleted } from '../accounts/forget-accounts.ts';

export interface UnlinkAccountOutcome {
  /** Primary key of the account, which is PLANNED now; null when there is none. */
  readonly account: string | null;
  readonly userErrors: readonly OperationError[];
}

interface FoundAccount {
  readonly id: string;
  readonly state: string;
  readonly identifier: string | null;
}

/**
 * Unlinks a person's account; nothing is deleted at the system. The account becomes PLANNED and is not made until it
 * is linked or retried: its task and the items that wanted it fail with who removed the link and what to do.
 */
export function unlinkAccount(
  context: OperationContext,
  input: { readonly employeeNumber: string; readonly system: string },
): Promise<UnlinkAccountOutcome> {
  const { employeeNumber, system } = input;
  return inTransaction(context.em, async (tx) => {
    const person = await findPersonByNumber(tx, employeeNumber);
    if (person === null) return refused(null, personNotFound(employeeNumber));
    await lockWithCompleted(tx, [person.id]);
    const account = await findAccount(tx, person.id, system);
    if (account === null || account.identifier === null || account.state === 'PLANNED') {
      const status = account === null ? '–' : account.state;
      const parameters = { variant: 'NOT_LINKED', employeeNumber: person.employeeNumber, system, status };
      return refused(account?.id ?? null, operationError('INVALID_STATE', { path: ['system'], parameters }));
    }
    const { identifier } = account;
    const error = { code: 'ACCOUNT_UNLINKED', parameters: { identifier, principal: context.principal } };
    const number = person.employeeNumber;
    const forgotten = { account: account.id, person: person.id, number, system, error, again: false };
    await forgetAccounts({ tx, boss: context.boss }, [forgotten], {
      dependencies: context.settings.dependencies,
      maxRetries: context.settings.get('account_creation_max_retries'),
    });
    return { account: account.id, userErrors: [] };
  });
}

async function findAccount(tx: Sql, person: string, system: string): Promise<FoundAccount | null> {
  const { rows } = await sql<FoundAccount>`
    select id, state, identifier from account where person_id = ${person}::bigint and system = ${system}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

function refused(account: string | null, error: OperationError): UnlinkAccountOutcome {
  return { account, userErrors: [error] };
}
