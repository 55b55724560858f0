import { sql } from 'kysely';
import type { RequestScope } from '../../../schema/context/context.ts';
import { sqlOf } from '../../../schema/reading/loaders.ts';
import { visibleRows } from '../../../schema/reading/visible-rows.ts';
import { zonedTime } from '../wire/times.ts';
import { accountTypeDisplay, personIdOf } from '../wire/values.ts';

interface AccountRow {
  readonly id: string;
  readonly system: string;
  readonly identifier: string | null;
  readonly state: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly person_id: string;
  readonly hr_person_id: string | null;
  readonly employee_number: string;
}

/** Accounts as the first system showed them; of these people, or with these keys, as far as the caller sees them. */
export async function readAccounts(
  scope: RequestScope,
  by: { readonly ids: readonly string[] } | { readonly people: readonly string[] },
) {
  const keys = 'ids' in by ? by.ids : by.people;
  const column = sql.ref('ids' in by ? 'a.id' : 'a.person_id');
  const { rows } = await sql<AccountRow>`
    select a.id, a.system, a.identifier, a.state, a.created_at, a.updated_at, a.person_id,
      p.hr_person_id, p.employee_number
    from unnest(${[...keys]}::bigint[]) with ordinality as wanted(key, place)
    join ${visibleRows(scope, 'account')} a on ${column} = wanted.key join person p on p.id = a.person_id
    order by wanted.place, a.id`.execute(sqlOf(scope));
  return rows.map((row) => ({
    personKey: row.person_id,
    employeeNumber: row.employee_number,
    system: row.system,
    account: accountObject(scope, row),
  }));
}

export type AccountObject = ReturnType<typeof accountObject>;

function accountObject({ locale, services }: RequestScope, row: AccountRow) {
  return {
    id: Number(row.id),
    person: personIdOf({ id: row.person_id, hrPersonId: row.hr_person_id }),
    account_type: row.system.toLowerCase(),
    account_type_display: accountTypeDisplay(row.system, locale),
    account_identifier: row.identifier,
    is_created: row.state === 'ACTIVE',
    state: row.state,
    created_at: zonedTime(row.created_at, services.displayTimeZone),
    updated_at: zonedTime(row.updated_at, services.displayTimeZone),
  };
}
