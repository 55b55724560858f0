import { sql } from 'kysely';
import { allocateLocalParts } from '../../domain/provisioning/allocate-local-parts.ts';
import { emailAddressFor, localPartOf } from '../../domain/provisioning/email-address.ts';
import { LOCAL_PART_MAX_LENGTH, localPartBase, usernameFor } from '../../domain/provisioning/naming.ts';
import { transliterate } from '../../domain/provisioning/transliterate.ts';
import type { LiveSettings } from '../../entities/settings/live-settings.ts';
import type { Sql } from '../../entities/tables.ts';

interface NamelessPerson {
  readonly id: string;
  readonly employee_number: string;
  readonly full_name: string;
  readonly person_pinyin_name: string | null;
  readonly employee_account: string | null;
  readonly email_address: string | null;
  readonly email_domain: string | null;
}

/** Names are given out one transaction at a time; the unique index stays the judge. */
const NAMES_LOCK = 4_105_024;
/** Long bases are cut to make room for a counter, of five digits at most. */
const COUNTER_DIGITS = 5;

/**
 * Chooses login and address once for each of these people who has none, and reserves them for ever
 * (provisioning.md §5.3). Set-based: a handful of statements for any number of people.
 */
export async function reserveNames(
  tx: Sql,
  personIds: readonly string[],
  options: { readonly settings: LiveSettings; readonly defaultEmailDomain: string | null },
): Promise<void> {
  await sql`select pg_advisory_xact_lock(${NAMES_LOCK})`.execute(tx);
  const people = await readNameless(tx, personIds, options.settings.get('default_person_type'));
  if (people.length === 0) return;
  const planned = people.map((person) => {
    const transliteration = transliterate(person.full_name, person.person_pinyin_name);
    return {
      person,
      username: person.employee_account ?? usernameFor(transliteration, person.employee_number),
      ownLocalPart: person.email_address === null ? null : localPartOf(person.email_address),
      base: localPartBase(transliteration, person.employee_number),
    };
  });
  const wanting = planned.filter((plan) => plan.ownLocalPart === null);
  const allocated = allocateLocalParts({
    bases: wanting.map((plan) => plan.base),
    taken: await readTaken(
      tx,
      wanting.map((plan) => plan.base),
    ),
    reserved: new Set(options.settings.get('reserved_local_parts').map((word) => word.toLowerCase())),
  });
  const localParts = new Map(wanting.map((plan, index) => [plan.person.id, allocated[index] ?? plan.base]));
  const rows = planned.flatMap(({ person, username, ownLocalPart }) => {
    const localPart = ownLocalPart ?? localParts.get(person.id) ?? '';
    const address =
      person.email_address ?? emailAddressFor(localPart, person.email_domain, options.defaultEmailDomain);
    // Without a domain nothing is chosen: the task says so, and the choice is made once there is one.
    if (address === null) return [];
    return [
      {
        id: person.id,
        number: person.employee_number,
        username,
        local_part: localPart.toLowerCase(),
        chosen: ownLocalPart === null,
        address,
      },
    ];
  });
  await store(tx, rows);
}

async function readNameless(
  tx: Sql,
  personIds: readonly string[],
  defaultPersonType: string,
): Promise<NamelessPerson[]> {
  const { rows } = await sql<NamelessPerson>`
    select p.id, p.employee_number, p.full_name, p.person_pinyin_name, p.employee_account, p.email_address, m.email_domain
    from person p
    left join lateral (
      select m.email_domain from person_type_mapping m
      where m.is_active and (m.person_type in (p.person_type, ${defaultPersonType}) or p.person_type = any(m.aliases))
      order by m.person_type = p.person_type desc, p.person_type = any(m.aliases) desc limit 1) m on true
    where p.id = any(${[...personIds]}::bigint[]) and p.reserved_email_address is null
    order by p.id`.execute(tx);
  return rows;
}

/** Every local part that starts as one of the bases does: reserved, HR's, or of an account, in any domain. */
async function readTaken(tx: Sql, bases: readonly string[]): Promise<Set<string>> {
  const stems = new Set<string>();
  for (const base of new Set(bases)) {
    for (let digits = 0; digits <= COUNTER_DIGITS; digits += 1) {
      stems.add(base.slice(0, LOCAL_PART_MAX_LENGTH - digits).replace(/[0-9]+$/, ''));
    }
  }
  const wanted = [...stems];
  const { rows } = await sql<{ value: string }>`
    select value from name_reservation
      where kind = 'LOCAL_PART' and rtrim(value, '0123456789') = any(${wanted}::text[])
    union all select lower(split_part(email_address, '@', 1)) from person
      where email_address is not null and rtrim(lower(split_part(email_address, '@', 1)), '0123456789') = any(${wanted}::text[])
    union all select lower(split_part(identifier, '@', 1)) from account
      where identifier like '%@%' and rtrim(lower(split_part(identifier, '@', 1)), '0123456789') = any(${wanted}::text[])`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.value));
}

interface ChosenNames {
  readonly id: string;
  readonly number: string;
  readonly username: string | null;
  readonly local_part: string;
  /** True when the local part is our choice, false when it is HR's, which stands whoever else has it. */
  readonly chosen: boolean;
  readonly address: string;
}

/** A login that somebody else has already gives way to the bare number, and if that is taken too, to none. */
async function store(tx: Sql, rows: readonly ChosenNames[]): Promise<void> {
  const first = await reserveUsernames(
    tx,
    rows.flatMap(({ id, username }) => (username === null ? [] : [{ id, value: username }])),
  );
  const refused = rows.filter((row) => row.username !== null && !first.has(row.id));
  const second = await reserveUsernames(
    tx,
    refused.map(({ id, number }) => ({ id, value: number })),
  );
  const chosen = rows.map(({ id, number, username, address }) => ({
    id,
    username: first.has(id) ? username : second.has(id) ? number : null,
    address,
  }));
  await sql`
    insert into name_reservation (kind, value, person_id)
    select 'LOCAL_PART', local_part, id
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id bigint, local_part text, chosen boolean)
    where not chosen and local_part <> '' and char_length(local_part) <= 64
    on conflict do nothing`.execute(tx);
  // An adoption may reserve one of these at the same moment: the violation runs the whole transaction again.
  await sql`
    insert into name_reservation (kind, value, person_id)
    select 'LOCAL_PART', local_part, id
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id bigint, local_part text, chosen boolean)
    where chosen
    on conflict (person_id, kind) do nothing`.execute(tx);
  await sql`
    update person p set reserved_username = r.username, reserved_email_address = r.address
    from json_to_recordset(${JSON.stringify(chosen)}::json) as r(id bigint, username text, address text)
    where p.id = r.id and p.id = any(${rows.map((row) => row.id)}::bigint[])`.execute(tx);
}

/** Logins longer than the column are no logins (Windows logon limit); they were refused by the naming rule. */
async function reserveUsernames(
  tx: Sql,
  wanted: readonly { id: string; value: string }[],
): Promise<Set<string>> {
  if (wanted.length === 0) return new Set();
  const { rows } = await sql<{ person_id: string }>`
    insert into name_reservation (kind, value, person_id)
    select 'USERNAME', lower(value), id from json_to_recordset(${JSON.stringify(wanted)}::json) as r(id bigint, value text)
    where char_length(value) between 1 and 20
    on conflict do nothing returning person_id`.execute(tx);
  return new Set(rows.map((row) => row.person_id));
}
