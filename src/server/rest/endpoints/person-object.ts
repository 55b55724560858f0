import { sql } from 'kysely';
import { maskName, maskPhone } from '../../../domain/text/mask.ts';
import type { RequestScope } from '../../../schema/context/context.ts';
import { permitted } from '../../../schema/permissions/viewer.ts';
import { sqlOf } from '../../../schema/reading/loaders.ts';
import { visibleRows } from '../../../schema/reading/visible-rows.ts';
import { zonedTime } from '../wire/times.ts';
import { personIdOf } from '../wire/values.ts';
import { type AccountObject, readAccounts } from './account-object.ts';

/** Fields for those who may see personal data only: GraphQL does not show them at all. */
const PRIVATE = [
  'sex',
  'birth_day',
  'nationality_code',
  'user_id',
  'employee_description',
  'telephone_number2',
  'telephone_number3',
  'full_address',
  'postal_code',
  'expense_account',
] as const;

interface PersonRow extends Readonly<Record<(typeof PRIVATE)[number], string | null>> {
  readonly id: string;
  readonly hr_person_id: string | null;
  readonly source: string;
  readonly employee_number: string;
  readonly full_name: string;
  readonly english_name: string | null;
  readonly person_pinyin_name: string | null;
  readonly telephone_number1: string | null;
  readonly creation_date: string;
  readonly last_update_date: string;
}

/** Who brought a person, in the names of the first system. */
const AUTHORS: Readonly<Record<string, string>> = { REQUEST: 'account_creation_api', HR: 'hr_sync' };

/** People by their primary keys as the first system showed them, as far as the caller sees them, in this order. */
export async function readPeople(scope: RequestScope, ids: readonly string[]) {
  const { rows } = await sql<PersonRow>`
    select p.id, p.hr_person_id, p.source, p.employee_number, p.full_name, p.english_name, p.sex,
      p.birth_day::text as birth_day, p.nationality_code, p.person_type, p.employee_status,
      coalesce(p.employee_account, p.reserved_username) as employee_account, p.hr_user_id as user_id,
      p.employee_description, coalesce(p.email_address, p.reserved_email_address) as email_address,
      p.telephone_number1, p.telephone_number2, p.telephone_number3, p.full_address, p.postal_code, p.base_location,
      p.expense_account, p.person_pinyin_name, p.original_hire_date::text as original_hire_date,
      coalesce(p.hr_created_at, p.created_at) as creation_date,
      coalesce(p.hr_updated_at, p.updated_at) as last_update_date,
      p.effective_date::text as effective_date, p.disable_date::text as disable_date, p.departments as person_dept,
      coalesce(p.tenant_id, '') as tenant_id
    from unnest(${[...ids]}::bigint[]) with ordinality as wanted(key, place)
    join ${visibleRows(scope, 'person')} p on p.id = wanted.key order by wanted.place`.execute(sqlOf(scope));
  const accounts = await readAccounts(scope, { people: rows.map(({ id }) => id) });
  const byPerson = Map.groupBy(accounts, ({ personKey }) => personKey);
  return rows.map((row) => {
    const owned = byPerson.get(row.id) ?? [];
    return personObject(
      scope,
      row,
      owned.map(({ account }) => account),
    );
  });
}

function personObject(scope: RequestScope, row: PersonRow, accounts: readonly AccountObject[]) {
  const { displayTimeZone: zone } = scope.services;
  const { id, hr_person_id: hrPersonId, source, ...columns } = row;
  return {
    person_id: personIdOf({ id, hrPersonId }),
    accounts,
    ...columns,
    ...(!permitted(scope.viewer, ['people:pii']) && masked(row)),
    creation_date: zonedTime(row.creation_date, zone),
    last_update_date: zonedTime(row.last_update_date, zone),
    created_by: AUTHORS[source] ?? source,
    last_updated_by: AUTHORS[source] ?? source,
  };
}

/** As GraphQL masks them. */
function masked({ full_name, english_name, person_pinyin_name, telephone_number1 }: PersonRow) {
  const mask = (text: string | null, by: (text: string) => string) => (text === null ? null : by(text));
  return {
    ...Object.fromEntries(PRIVATE.map((column) => [column, null])),
    full_name: maskName(full_name),
    english_name: mask(english_name, maskName),
    person_pinyin_name: mask(person_pinyin_name, maskName),
    telephone_number1: mask(telephone_number1, maskPhone),
  };
}
