import { sql } from 'kysely';
import { namesOfIdentifier } from '../../../domain/provisioning/names/identifier-names.ts';
import type { Sql } from '../../../entities/tables.ts';

/** Login and address of an account; null where its system does not give one. */
interface Names {
  readonly username: string | null;
  readonly email: string | null;
}

/** A name that is kept for another person. */
interface HeldName {
  readonly person: string;
  readonly kind: 'USERNAME' | 'LOCAL_PART';
  readonly value: string;
}

/** Finds people other than `person` for whom these names are kept. */
export async function findHeldNames(tx: Sql, person: string, names: Names): Promise<readonly HeldName[]> {
  const login = names.username?.toLowerCase() ?? null;
  const localPart = names.email?.split('@')[0]?.toLowerCase() ?? null;
  const { rows } = await sql<HeldName>`
    select n.person_id as person, n.kind, n.value from name_reservation n where n.person_id <> ${person}::bigint
      and ((n.kind = 'USERNAME' and n.value = ${login}) or (n.kind = 'LOCAL_PART' and n.value = ${localPart}))`.execute(
    tx,
  );
  return rows;
}

/**
 * Takes names from people who have no account under them, because an operator links that account to another person:
 * without this a wrong link could not be corrected, as the names of an unlinked account stay with its person. Names
 * of an existing account, or of a task that was sent, stay. The caller holds the locks of the holders, and calls
 * `reserveNames` for the returned ones when the names have their new owner.
 */
export async function yieldNames(tx: Sql, held: readonly HeldName[]): Promise<readonly string[]> {
  const holders = [...new Set(held.map(({ person }) => person))];
  const { rows: used } = await sql<{ person: string; system: string; identifier: string }>`
    select person_id as person, system, identifier from account
      where person_id = any(${holders}::bigint[]) and state <> 'PLANNED'
    `.execute(tx);
  const { rows: busy } = await sql<{ person: string }>`
    select person_id as person from account_task
      where person_id = any(${holders}::bigint[]) and status in ('PROCESSING', 'UNCERTAIN')`.execute(tx);
  const kept = new Set(used.flatMap(({ person, system, identifier }) => keysOf(person, system, identifier)));
  const sent = new Set(busy.map(({ person }) => person));
  const free = held.filter((name) => !sent.has(name.person) && !kept.has(keyOf(name)));
  if (free.length === 0) return [];
  await sql`
    with free as materialized (
      select * from json_to_recordset(${JSON.stringify(free)}::json) as r(person bigint, kind text, value text)
    ), yielded as (
      update name_reservation n set person_id = null from free f
      where n.kind = f.kind and n.value = f.value and n.person_id = f.person
    )
    update person p set updated_at = clock_timestamp(),
      reserved_username = case when exists (select 1 from free f where f.person = p.id and f.kind = 'USERNAME'
        and f.value = lower(p.reserved_username)) then null else p.reserved_username end,
      reserved_email_address = case when exists (select 1 from free f where f.person = p.id and f.kind = 'LOCAL_PART'
        and f.value = lower(split_part(p.reserved_email_address, '@', 1))) then null else p.reserved_email_address end
    where p.id in (select person from free)`.execute(tx);
  return [...new Set(free.map(({ person }) => person))];
}

function keysOf(person: string, system: string, identifier: string): string[] {
  const { username, email } = namesOfIdentifier(system, identifier);
  return [
    ...(username === null ? [] : [keyOf({ person, kind: 'USERNAME', value: username.toLowerCase() })]),
    ...(email === null
      ? []
      : [keyOf({ person, kind: 'LOCAL_PART', value: email.split('@')[0]?.toLowerCase() ?? '' })]),
  ];
}

function keyOf({ person, kind, value }: HeldName): string {
  return `${person} ${kind} ${value}`;
}
