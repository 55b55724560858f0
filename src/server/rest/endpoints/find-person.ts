import { sql } from 'kysely';
import type { RequestScope } from '../../../schema/context/context.ts';
import { isBigint } from '../../../schema/reading/global-id.ts';
import { sqlOf } from '../../../schema/reading/loaders.ts';
import { canBeStored } from '../../../schema/reading/text-filter.ts';
import { visibleRows } from '../../../schema/reading/visible-rows.ts';

export interface FoundPerson {
  readonly id: string;
  readonly employeeNumber: string;
}

/** Digits of HR's number at most, as `personIdOf` shows it. */
const NUMBER_MAX = 19;

/**
 * The person of a `person_id`: HR's number, or minus the number of the row, which still works when HR has brought the
 * person since. Null: the caller sees no such person.
 */
export async function findPerson(scope: RequestScope, personId: string): Promise<FoundPerson | null> {
  const text = personId.trim();
  const row = text.startsWith('-') && isBigint(text.slice(1)) ? text.slice(1) : null;
  if (!canBeStored(text)) return null;
  // A number in JSON has lost the zeros that HR may have put before it.
  const spelt = /^[1-9]\d{0,18}$/.test(text)
    ? Array.from({ length: NUMBER_MAX - text.length + 1 }, (_, zeros) => '0'.repeat(zeros) + text)
    : [text];
  const { rows } = await sql<FoundPerson>`
    select p.id, p.employee_number as "employeeNumber" from ${visibleRows(scope, 'person')} p
    where p.erased_at is null and (p.hr_person_id = any(${spelt}::text[]) or p.id = ${row}::bigint)
    order by length(p.hr_person_id) nulls last limit 1`.execute(sqlOf(scope));
  return rows[0] ?? null;
}
