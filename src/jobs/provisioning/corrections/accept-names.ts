import { sql } from 'kysely';
import { inTransaction } from '../../../entities/transaction.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { lockAffected } from '../tasks/derive-states.ts';
import { releaseFailed } from '../tasks/release-failed.ts';

/** People one call may be about. */
export const ACCEPTED_NAMES_MAX = 1_000;

export interface AcceptNamesOutcome {
  /** Employee numbers of the people whose names are accepted now. */
  readonly accepted: readonly string[];
  readonly requeuedTasks: number;
  readonly userErrors: readonly OperationError[];
}

/**
 * Says of people's names that they are names, whatever they look like; what was held for them runs. Another name, should
 * HR or a request bring one, is judged anew.
 */
export function acceptNames(
  context: OperationContext,
  employeeNumbers: readonly string[],
): Promise<AcceptNamesOutcome> {
  const count = employeeNumbers.length;
  if (count === 0 || count > ACCEPTED_NAMES_MAX) {
    const path = ['employeeNumbers'];
    const error =
      count === 0
        ? operationError('REQUIRED', { path, parameters: { field: 'employeeNumbers' } })
        : operationError('TOO_MANY', {
            path,
            parameters: { field: 'employeeNumbers', count, limit: ACCEPTED_NAMES_MAX, variant: 'LIST' },
          });
    return Promise.resolve({ accepted: [], requeuedTasks: 0, userErrors: [error] });
  }
  return inTransaction(context.em, async (tx) => {
    const { rows } = await sql<{ id: string; employee_number: string; key: string }>`
      select id, employee_number, lower(employee_number) as key from person
      where lower(employee_number) = any(select lower(n) from unnest(${employeeNumbers}::text[]) as n)
        and erased_at is null order by id`.execute(tx);
    const ids = rows.map(({ id }) => id);
    await lockAffected(tx, ids);
    await sql`
      update person set accepted_name_hash = sha256(convert_to(full_name, 'UTF8')), updated_at = clock_timestamp()
      where id = any(${ids}::bigint[])`.execute(tx);
    const requeuedTasks = await releaseFailed(
      { tx, boss: context.boss },
      {
        condition: sql`t.person_id = any(${ids}::bigint[]) and t.error_code = 'NAME_DOUBTFUL'`,
        maxRetries: context.settings.get('account_creation_max_retries'),
      },
    );
    const found = new Set(rows.map(({ key }) => key));
    const userErrors = employeeNumbers.flatMap((number, index) =>
      found.has(number.toLowerCase())
        ? []
        : [
            operationError('NOT_FOUND', {
              path: ['employeeNumbers', String(index)],
              parameters: { kind: 'person', id: number },
            }),
          ],
    );
    return { accepted: rows.map((row) => row.employee_number), requeuedTasks, userErrors };
  });
}
