import { sql } from 'kysely';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import { mapAccount, namesNamed } from '../../../domain/provisioning/first-system/map-rows.ts';
import { rowError } from '../../../domain/provisioning/first-system/read-values.ts';
import { differing } from '../claims/differing.ts';
import { type ImportContext, type ReadRow, tableImport } from './table-import.ts';

/** A claim that a person has an account; not believed before its system was asked. */
export interface Claim {
  readonly key: string;
  readonly employee_number: string;
  readonly system: string;
  readonly identifier: string | null;
}

interface Owner {
  readonly key: string;
  readonly person: string;
  readonly number: string;
  readonly state: string | null;
  readonly identifier: string | null;
}

type Row = ReadRow<ReturnType<typeof mapAccount>>;

/** Accounts that are said to exist. */
export const accountsImport = tableImport({
  table: 'hrpersonaccount',
  map: mapAccount,
  store: storeAccounts,
});

async function storeAccounts(context: ImportContext, rows: readonly Row[]) {
  const claims = rows.map(({ key, value, first }) => ({
    key,
    employee_number: value.employee_number,
    system: value.system,
    // Whose it is of two is not known here: both are looked up by their numbers.
    identifier: first === null ? value.identifier : null,
    claimed: value.claimed,
  }));
  const owners = await readOwners(context, claims);
  const refused = new Map<string, StoredError>();
  if (!context.dry)
    for (const { key } of claims) if (!owners.has(key)) refused.set(key, rowError('NO_PERSON', {}));
  const noted = rows.flatMap(({ key, value, first }) => {
    const { system, identifier, employee_number: employeeNumber } = value;
    const owner = owners.get(key);
    const found = [];
    if (first !== null)
      found.push(
        differing(employeeNumber, 'FIRST_SYSTEM_ADDRESS_OF_TWO', {
          employeeNumber,
          system,
          identifier,
          first,
        }),
      );
    else if (
      owner?.state === 'ACTIVE' &&
      identifier !== null &&
      owner.identifier?.toLowerCase() !== identifier.toLowerCase()
    )
      found.push(
        differing(employeeNumber, 'FIRST_SYSTEM_OTHER_IDENTIFIER', {
          employeeNumber,
          system,
          there: identifier,
          here: owner.identifier,
        }),
      );
    return found;
  });
  if (!context.dry)
    await storeClaims(
      context,
      claims.filter(({ claimed }) => claimed),
      owners,
    );
  return { refused, noted };
}

/** The people of claims, and the account each has here already. */
export async function readOwners(
  { tx }: ImportContext,
  claims: readonly Claim[],
): Promise<ReadonlyMap<string, Owner>> {
  const { rows } = await sql<Owner>`
    select c.key, p.id as person, p.employee_number as number, a.state, a.identifier
    from json_to_recordset(${JSON.stringify(claims)}::json) as c(key text, employee_number text, system text)
    join person p on lower(p.employee_number) = lower(c.employee_number) and p.erased_at is null
    left join account a on a.person_id = p.id and a.system = c.system`.execute(tx);
  return new Map(rows.map((row) => [row.key, row]));
}

/** Stores claims until their systems are asked, and the names in them for their owners. */
export async function storeClaims(
  { tx }: ImportContext,
  claims: readonly Claim[],
  owners: ReadonlyMap<string, Owner>,
): Promise<void> {
  const open = claims.flatMap(({ key, system, identifier }) => {
    const owner = owners.get(key);
    if (owner === undefined || owner.state === 'ACTIVE' || owner.state === 'DISABLED') return [];
    return [{ person: owner.person, system, identifier, ...namesNamed(system, identifier, owner.number) }];
  });
  const distinct = [...new Map(open.map((claim) => [`${claim.person} ${claim.system}`, claim])).values()];
  const json = JSON.stringify(distinct);
  await sql`
    insert into account_claim as c (person_id, system, identifier)
    select person, system, identifier from json_to_recordset(${json}::json) as r(person bigint, system text, identifier text)
    order by person, system
    on conflict (person_id, system) do update set identifier = excluded.identifier, state = 'UNVERIFIED', settled_at = null
      where c.identifier is distinct from excluded.identifier and excluded.identifier is not null
        and c.state in ('UNVERIFIED', 'UNANSWERED')`.execute(tx);
  // Names are kept before anything else may choose them.
  await sql`
    with named as (
      select person, 'USERNAME' as kind, lower(username) as value
      from json_to_recordset(${json}::json) as r(person bigint, username text) where username is not null
      union select person, 'LOCAL_PART', lower(split_part(address, '@', 1))
      from json_to_recordset(${json}::json) as r(person bigint, address text) where address is not null)
    insert into name_reservation (kind, value, person_id)
    select kind, value, min(person) from named where value <> '' group by kind, value order by kind, value
    on conflict do nothing`.execute(tx);
  await sql`
    with owned as (
      select r.person, max(r.username) filter (where u.person_id = r.person) as username,
        max(r.address) filter (where l.person_id = r.person) as address
      from json_to_recordset(${json}::json) as r(person bigint, username text, address text)
      left join name_reservation u on u.kind = 'USERNAME' and u.value = lower(r.username)
      left join name_reservation l on l.kind = 'LOCAL_PART' and l.value = lower(split_part(r.address, '@', 1))
      group by r.person)
    update person p set reserved_username = coalesce(p.reserved_username, o.username),
      reserved_email_address = coalesce(p.reserved_email_address, o.address)
    from owned o where p.id = o.person
      and ((p.reserved_username is null and o.username is not null)
        or (p.reserved_email_address is null and o.address is not null))`.execute(tx);
}
