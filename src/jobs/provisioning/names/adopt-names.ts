import { type RawBuilder, sql } from 'kysely';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import type { Sql } from '../../../entities/tables.ts';

/** An account that is to be a person's, with the names it has at its system. */
export interface NamedAccount {
  /** The caller's key of the row. */
  readonly key: string;
  readonly person: string;
  readonly number: string;
  readonly system: string;
  readonly identifier: string;
  readonly username: string | null;
  readonly email: string | null;
}

/** Finds accounts whose identifier or names belong to another person here; their errors by key. */
export async function findTaken(tx: Sql, rows: readonly NamedAccount[]): Promise<Map<string, StoredError>> {
  return takenErrors((await takenOf(rows).execute(tx)).rows);
}

interface TakenRow {
  readonly key: string;
  readonly number: string;
  readonly system: string;
  readonly taken: string;
  readonly holder: string;
}

/** The statement of `findTaken`; its rows are for `takenErrors`. */
export function takenOf(rows: readonly NamedAccount[]): RawBuilder<TakenRow> {
  return sql<TakenRow>`
    select r.key, r.number, r.system, other.taken, p.employee_number as holder
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(key text, person bigint, number text, system text, identifier text, username text, email text)
    join lateral (
      select a.person_id, r.identifier as taken from account a
        where a.system = r.system and lower(a.identifier) = lower(r.identifier) and a.person_id <> r.person
      union all
      select n.person_id, case n.kind when 'USERNAME' then r.username else r.email end
        from name_reservation n where n.person_id <> r.person and (
        (n.kind = 'USERNAME' and n.value = lower(r.username))
        or (n.kind = 'LOCAL_PART' and n.value = lower(split_part(r.email, '@', 1))))
      union all
      select h.id, r.email from person h where h.id <> r.person and h.email_address is not null
        and rtrim(lower(split_part(h.email_address, '@', 1)), '0123456789') = rtrim(lower(split_part(r.email, '@', 1)), '0123456789')
        and lower(h.email_address) = lower(r.email)
      limit 1) other on true
    join person p on p.id = other.person_id`;
}

export function takenErrors(taken: readonly TakenRow[]): Map<string, StoredError> {
  return new Map(
    taken.map(({ key, number, system, taken: identifier, holder }) => [
      key,
      { code: 'IDENTIFIER_TAKEN', parameters: { employeeNumber: number, system, identifier, holder } },
    ]),
  );
}

/**
 * Replaces reserved names by those that the accounts have at the system; later systems use them. The old names stay
 * reserved for this person. A name whose person was erased is taken over, because the system has given it to this
 * account. When another transaction takes the name at the same moment, this one runs again.
 */
export async function adoptNames(tx: Sql, rows: readonly NamedAccount[]): Promise<void> {
  const names = rows.flatMap(({ person, username, email }) => [
    { person, kind: 'USERNAME', value: username?.toLowerCase() ?? '' },
    { person, kind: 'LOCAL_PART', value: email?.split('@')[0]?.toLowerCase() ?? '' },
  ]);
  await sql`
    with given as materialized (
      select distinct kind, value, person
      from json_to_recordset(${JSON.stringify(names)}::json) as r(person bigint, kind text, value text)
      where value <> ''
    ), taken_over as (
      update name_reservation n set person_id = g.person from given g
      where n.kind = g.kind and n.value = g.value and n.person_id is null
      returning n.kind, n.value
    )
    insert into name_reservation (kind, value, person_id)
    select kind, value, person from given g
    where not exists (select 1 from name_reservation n
        where n.kind = g.kind and n.value = g.value and n.person_id = g.person)
      and not exists (select 1 from taken_over o where o.kind = g.kind and o.value = g.value)`.execute(tx);
  await sql`
    update person p set reserved_username = coalesce(r.username, p.reserved_username),
      reserved_email_address = coalesce(r.email, p.reserved_email_address), updated_at = clock_timestamp()
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(person bigint, username text, email text)
    where p.id = r.person`.execute(tx);
}
