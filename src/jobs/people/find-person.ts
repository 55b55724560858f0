import { sql } from 'kysely';
import { normaliseCompatibleText } from '../../domain/text/text.ts';
import type { Sql } from '../../entities/tables.ts';
import { type OperationError, operationError } from '../kit/operation.ts';

/** A person as mutations find them. */
export interface NumberedPerson {
  readonly id: string;
  readonly employeeNumber: string;
}

/** The person of an employee number, without regard to case; null when there is none. */
export async function findPersonByNumber(tx: Sql, employeeNumber: string): Promise<NumberedPerson | null> {
  const { rows } = await sql<NumberedPerson>`
    select id, employee_number as "employeeNumber" from person where lower(employee_number) = lower(${normaliseCompatibleText(employeeNumber)})
      and erased_at is null`.execute(tx);
  return rows[0] ?? null;
}

/** The error for an employee number that no person has. */
export function personNotFound(employeeNumber: string): OperationError {
  const parameters = { kind: 'person', id: employeeNumber };
  return operationError('NOT_FOUND', { path: ['employeeNumber'], parameters });
}
