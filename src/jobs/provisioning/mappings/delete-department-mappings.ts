import { sql } from 'kysely';
import { findForbiddenCharacter, normaliseText } from '../../../domain/text/text.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';

export interface DeleteDepartmentMappingsOutcome {
  readonly deleted: number;
  readonly userErrors: readonly OperationError[];
}

/** Codes of one call: as many mappings as one call may store. */
const CODES_MAX = 20_000;
const FIELD = 'idataDepartmentCodes';

interface CodeRow {
  readonly code: string;
  readonly people: number;
}

/**
 * Deletes department mappings: all of the call, or none when one is unknown or in use. In use means that a person has
 * the department, whether or not a task is open: the person's next account would fail. A later task for the
 * department fails with DEPARTMENT_UNMAPPED and goes on once it is mapped again.
 */
export async function deleteDepartmentMappings(
  context: OperationContext,
  input: { readonly idataDepartmentCodes: readonly string[] },
): Promise<DeleteDepartmentMappingsOutcome> {
  const codes = input.idataDepartmentCodes.map(normaliseText);
  if (codes.length > CODES_MAX) {
    const parameters = { variant: 'LIST', field: FIELD, count: codes.length, limit: CODES_MAX };
    return { deleted: 0, userErrors: [operationError('TOO_MANY', { path: [FIELD], parameters })] };
  }
  return inTransaction(context.em, async (tx) => {
    const found = await lockMappings(tx, codes.filter(canBeCode));
    const people = new Map(found.map((row) => [row.code, row.people]));
    const userErrors = codes.flatMap((code, position) => refusalOf(code, position, people.get(code)) ?? []);
    if (userErrors.length > 0) return { deleted: 0, userErrors };
    await sql`delete from department_mapping where idata_department_code = any(${codes}::text[])`.execute(tx);
    return { deleted: found.length, userErrors };
  });
}

/** False for texts that no column can hold, which must not reach a statement. */
function canBeCode(code: string): boolean {
  return findForbiddenCharacter(code) === null;
}

async function lockMappings(tx: Sql, codes: readonly string[]): Promise<CodeRow[]> {
  const { rows } = await sql<CodeRow>`
    with found as (
      select idata_department_code as code from department_mapping
      where idata_department_code = any(${[...codes]}::text[]) order by 1 for update
    ), used as (
      select d->>'department_code' as code, count(distinct p.id)::int as people
      from person p, jsonb_array_elements(p.departments) d
      where d->>'department_code' = any(${[...codes]}::text[]) group by 1
    )
    select f.code, coalesce(u.people, 0) as people from found f left join used u on u.code = f.code`.execute(
    tx,
  );
  return rows;
}

function refusalOf(code: string, position: number, people: number | undefined): OperationError | null {
  const path = [FIELD, String(position)];
  if (people === undefined) {
    const id = code.replaceAll('\0', '').slice(0, 100);
    return operationError('NOT_FOUND', { path, parameters: { kind: 'DepartmentMapping', id } });
  }
  if (people === 0) return null;
  const parameters = { variant: 'DEPARTMENT_MAPPING', id: code, count: people };
  return operationError('IN_USE', { path, parameters });
}
