import { type RawBuilder, sql } from 'kysely';
import { allocateLocalParts } from '../../../domain/provisioning/names/allocate-local-parts.ts';
import { emailAddressFor } from '../../../domain/provisioning/names/email-address.ts';
import { LOCAL_PART_MAX_LENGTH } from '../../../domain/provisioning/names/naming.ts';
import { type NameRules, readName } from '../../../domain/provisioning/names/read-name.ts';
import { wantedNames } from '../../../domain/provisioning/names/wanted-names.ts';
import { anyKey } from '../../../entities/keys.ts';
import { mappingOfType } from '../../../entities/provisioning/person-type-mapping.ts';
import { type Executor, rowsOf } from '../../../entities/transaction.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import { isNameAccepted } from './accepted-names.ts';
import { nameRulesOf } from './name-rules.ts';
import { namesLock, readTakenLocalParts } from './taken-names.ts';

interface NamelessPerson {
  readonly id: string;
  readonly employee_number: string;
  readonly full_name: string;
  readonly person_pinyin_name: string | null;
  readonly employee_account: string | null;
  readonly email_address: string | null;
  readonly email_domain: string | null;
  readonly reserved_username: string | null;
  readonly reserved_email_address: string | null;
  readonly name_accepted: boolean;
}

/**
 * Chooses login and address for those of these people who have none, and reserves them for ever (provisioning.md
 * §5.3); an existing name stays. Set-based: a handful of statements for any number of people.
 */
export async function reserveNames(
  tx: Executor,
  personIds: readonly string[],
  options: {
    readonly settings: LiveSettings;
    readonly defaultEmailDomain: string | null;
    /** Called when all names are reserved and only have to be stored: later locks may be taken from then on. */
    readonly whenReserved?: () => void;
  },
): Promise<void> {
  const [, people] = await Promise.all([
    rowsOf(tx, namesLock),
    rowsOf(tx, namelessOf(personIds, options.settings.get('default_person_type'))),
  ]);
  const rules = nameRulesOf(options.settings);
  const named = people.filter((person) => !isHeld(person, rules));
  if (named.length === 0) return;
  const planned = named.map((person) => ({
    person,
    ...wantedNames({
      employeeNumber: person.employee_number,
      fullName: person.full_name,
      pinyinName: person.person_pinyin_name,
      employeeAccount: person.employee_account,
      emailAddress: person.reserved_email_address ?? person.email_address,
      rules,
      nameAccepted: person.name_accepted,
    }),
  }));
  const wanting = planned.filter((plan) => plan.ownLocalPart === null);
  const allocated = allocateLocalParts({
    bases: wanting.map((plan) => plan.base),
    taken: await readTakenLocalParts(
      tx,
      wanting.map((plan) => plan.base),
    ),
    reserved: new Set(options.settings.get('reserved_local_parts').map((word) => word.toLowerCase())),
  });
  const localParts = new Map(wanting.map((plan, index) => [plan.person.id, allocated[index] ?? plan.base]));
  const rows = planned.flatMap(({ person, username, ownLocalPart }) => {
    const localPart = ownLocalPart ?? localParts.get(person.id) ?? '';
    const address =
      person.reserved_email_address ??
      person.email_address ??
      emailAddressFor(localPart, person.email_domain, options.defaultEmailDomain);
    // Without a domain nothing is chosen: the task says so, and names are chosen once there is one.
    if (address === null) return [];
    return [
      {
        id: person.id,
        number: person.employee_number,
        username: person.reserved_username === null ? username : null,
        local_part: localPart.toLowerCase(),
        chosen: ownLocalPart === null,
        address,
      },
    ];
  });
  await store(tx, rows, options.whenReserved);
}

/** A doubtful name reserves nothing: the login and address stay free for a person who has this name. */
function isHeld({ full_name, name_accepted }: NamelessPerson, rules: NameRules): boolean {
  if (rules.doubtfulNames === 'accept') return false;
  return readName(full_name, { ...rules, accepted: name_accepted }).doubt !== null;
}

function namelessOf(personIds: readonly string[], defaultPersonType: string): RawBuilder<NamelessPerson> {
  return sql<NamelessPerson>`
    select p.id, p.employee_number, p.full_name, p.person_pinyin_name, p.employee_account, p.email_address, m.email_domain,
      p.reserved_username, p.reserved_email_address, ${isNameAccepted} as name_accepted
    from person p
    left join lateral (${mappingOfType(sql.ref('p.person_type'), defaultPersonType)}) m on true
    where p.id = ${anyKey(personIds)}
      and (p.reserved_email_address is null or p.reserved_username is null)
    order by p.id`;
}

interface ChosenNames {
  readonly id: string;
  readonly number: string;
  /** Null when none fits, or one exists already. */
  readonly username: string | null;
  readonly local_part: string;
  /** True when we chose the local part; false for HR's, which is used even if another person has it. */
  readonly chosen: boolean;
  readonly address: string;
}

/**
 * Reserves and stores names. A login that is taken is replaced by the bare employee number, and if that is taken too,
 * by none.
 */
async function store(tx: Executor, rows: readonly ChosenNames[], whenReserved?: () => void): Promise<void> {
  const wanted = rows.flatMap(({ id, username }) => (username === null ? [] : [{ id, value: username }]));
  const given = rows.filter(
    ({ chosen, local_part: { length } }) => !chosen && length > 0 && length <= LOCAL_PART_MAX_LENGTH,
  );
  const chosen = rows.filter((row) => row.chosen);
  const [first] = await Promise.all([
    wanted.length === 0 ? [] : rowsOf(tx, reserveUsernames(wanted)),
    given.length === 0 ? [] : rowsOf(tx, sql`${insertLocalParts(given)} on conflict do nothing`),
    // An adoption may reserve one of these at the same moment: the violation runs the whole transaction again.
    chosen.length === 0 ? [] : rowsOf(tx, sql`${insertLocalParts(chosen)}`),
  ]);
  const usernames = chosenOf(wanted, first);
  const bare = rows.flatMap(({ id, username, number }) =>
    username === null || usernames.has(id) ? [] : [{ id, value: number }],
  );
  const { rows: second } = bare.length === 0 ? { rows: [] } : await reserveUsernames(bare).execute(tx);
  for (const [id, value] of chosenOf(bare, second)) usernames.set(id, value);
  whenReserved?.();
  const names = rows.map(({ id, address }) => ({ id, username: usernames.get(id) ?? null, address }));
  await sql`
    update person p set reserved_username = coalesce(p.reserved_username, r.username),
      reserved_email_address = r.address
    from json_to_recordset(${JSON.stringify(names)}::json) as r(id bigint, username text, address text)
    where p.id = r.id and p.id = ${anyKey(rows.map((row) => row.id))}`.execute(tx);
}

function insertLocalParts(rows: readonly ChosenNames[]): RawBuilder<unknown> {
  return sql`
    insert into name_reservation (kind, value, person_id)
    select 'LOCAL_PART', local_part, id
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id bigint, local_part text)`;
}

interface WantedUsername {
  readonly id: string;
  readonly value: string;
}

/** Skips logins longer than the Windows logon limit, which the naming rule has refused. */
function reserveUsernames(wanted: readonly WantedUsername[]): RawBuilder<{ person_id: string }> {
  return sql`
    insert into name_reservation (kind, value, person_id)
    select 'USERNAME', lower(value), id from json_to_recordset(${JSON.stringify(wanted)}::json) as r(id bigint, value text)
    where char_length(value) between 1 and 20
    on conflict do nothing returning person_id`;
}

function chosenOf(
  wanted: readonly WantedUsername[],
  reserved: readonly { readonly person_id: string }[],
): Map<string, string> {
  const got = new Set(reserved.map((row) => row.person_id));
  return new Map(wanted.flatMap(({ id, value }) => (got.has(id) ? [[id, value] as const] : [])));
}
