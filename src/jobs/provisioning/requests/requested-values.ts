import { type RawBuilder, sql } from 'kysely';

/** What a request says about a person, as SQL expressions. */
interface Requested {
  readonly fullName: RawBuilder<unknown>;
  readonly phone: RawBuilder<unknown>;
  readonly departments: RawBuilder<unknown>;
}

/**
 * Assignments for an update of the `person p`: HR's values stay and its empty ones are filled; other people take the
 * new values. What a preview shows follows the same rule (`preview-accounts.ts`).
 */
export function requestedValues({ fullName, phone, departments }: Requested): RawBuilder<unknown> {
  return sql`full_name = ${kept('full_name', fullName)},
    telephone_number1 = ${filled('telephone_number1', phone)},
    departments = case when p.source = 'HR' and p.departments <> '[]' then p.departments else ${departments} end,
    updated_at = clock_timestamp()`;
}

/** HR's value, or the given one where HR does not know the person. */
export function kept(column: string, given: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case p.source when 'HR' then ${sql.ref(`p.${column}`)} else ${given} end`;
}

/** As `kept`; the given value too where HR has none. */
export function filled(column: string, given: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case p.source when 'HR' then coalesce(${sql.ref(`p.${column}`)}, ${given}) else ${given} end`;
}
