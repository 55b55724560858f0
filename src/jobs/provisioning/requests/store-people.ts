import { type RawBuilder, sql } from 'kysely';
import { isSamePerson } from '../../../domain/provisioning/intake/person-match.ts';
import type { ItemStatus } from '../../../domain/provisioning/states/states.ts';
import { anyKey } from '../../../entities/keys.ts';
import { numberHash } from '../../../entities/people/erased-person.ts';
import type { Sql } from '../../../entities/tables.ts';
import { rowsOf } from '../../../entities/transaction.ts';
import type { IntakeHeader, IntakeItem } from './intake-item.ts';
import { filled, kept, requestedValues } from './requested-values.ts';

/** A person an item may be about. */
export interface KnownPerson {
  readonly id: string;
  readonly key: string;
  readonly full_name: string;
  readonly english_name: string | null;
  readonly person_pinyin_name: string | null;
}

/**
 * Stores the person of every item with what the request says (provisioning.md §4). A person HR knows keeps HR's
 * values and gets only what is empty; a person that requests brought takes every value of the newest request, in any
 * order of intake. Items whose name belongs to another person fail with PERSON_MISMATCH and are not in the answer;
 * items that have a person already stay as they are. Returns the person's id by item id.
 */
export async function storePeople(
  tx: Sql,
  options: {
    readonly header: IntakeHeader;
    readonly items: readonly IntakeItem[];
    readonly known: ReadonlyMap<string, KnownPerson>;
    readonly nameCheck: 'strict' | 'warn';
    /**
     * Tasks are planned in this transaction, so items become TASK_CREATED now; `rederive` corrects those that got
     * none.
     */
    readonly plans: boolean;
  },
): Promise<Map<string, string>> {
  const { header, items, known, nameCheck, plans } = options;
  const unsettled = items.filter((item) => item.person_id === null);
  const mismatched = unsettled.filter((item) => {
    const person = known.get(keyOf(item));
    return nameCheck === 'strict' && person !== undefined && !matches(person, item.employee_name);
  });
  const refused = new Set(mismatched.map((item) => item.id));
  const accepted = unsettled.filter((item) => !refused.has(item.id));
  const [, , linked] = await Promise.all([
    mismatched.length === 0 ? [] : rowsOf(tx, failMismatched(mismatched, header.system_list.length)),
    accepted.length === 0 ? [] : rowsOf(tx, upsert(header, accepted)),
    accepted.length === 0 ? [] : rowsOf(tx, linkItemsToPeople(accepted, plans ? 'TASK_CREATED' : 'SYNCED')),
  ]);
  const settled = items.flatMap(({ id, person_id }) =>
    person_id === null ? [] : [[id, person_id] as const],
  );
  return new Map([...settled, ...linked.map(({ item, person }) => [item, person] as const)]);
}

function keyOf(item: IntakeItem): string {
  return item.employee_number.toLowerCase();
}

function matches(person: KnownPerson, name: string): boolean {
  return isSamePerson(
    { fullName: person.full_name, pinyinName: person.person_pinyin_name, englishName: person.english_name },
    name,
  );
}

function failMismatched(items: readonly IntakeItem[], systems: number): RawBuilder<unknown> {
  const rows = items.map((item) => ({ id: item.id, parameters: { employeeNumber: item.employee_number } }));
  return sql`
    update request_item i set status = 'FAILED', settled_count = ${systems}::int, error_code = 'PERSON_MISMATCH',
      error_parameters = r.parameters, updated_at = clock_timestamp()
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id bigint, parameters jsonb)
    where i.id = r.id and i.id = any(${rows.map((row) => row.id)}::bigint[])`;
}

/** Inserts new people and updates known ones where a value differs. */
function upsert(header: IntakeHeader, items: readonly IntakeItem[]): RawBuilder<unknown> {
  const rows = items.map((item) => ({
    employee_number: item.employee_number,
    full_name: item.employee_name,
    telephone_number1: item.phone_number,
    departments: [
      { department_code: item.department_code, partner_company: item.partner_company, country: item.country },
    ],
  }));
  const { account_type, employee_type, business_key } = header;
  // A person who is requested again after having been erased may come from HR again.
  return sql`
    with wanted_again as (
      delete from erased_person where number_hash = any(array(
        select ${numberHash(sql.ref('n.key'))} from unnest(${items.map(keyOf)}::text[]) as n(key)))
    )
    insert into person as p (employee_number, full_name, person_type, employee_status, tenant_id, telephone_number1,
      departments, source)
    select employee_number, full_name, ${account_type}, ${employee_type}, ${business_key}, telephone_number1,
      departments, 'REQUEST'
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(employee_number text, full_name text, telephone_number1 text, departments jsonb)
    on conflict (lower(employee_number)) do update set
      person_type = ${kept('person_type', sql.ref('excluded.person_type'))},
      employee_status = ${kept('employee_status', sql.ref('excluded.employee_status'))},
      tenant_id = ${filled('tenant_id', sql.ref('excluded.tenant_id'))},
      ${requestedValues({
        fullName: sql.ref('excluded.full_name'),
        phone: sql.ref('excluded.telephone_number1'),
        departments: sql.ref('excluded.departments'),
      })}
    where (p.source = 'REQUEST' and not exists (select 1 from request_item newer
        where newer.person_id = p.id and newer.request_id > ${header.id}::bigint)
      and (p.full_name, p.person_type, p.employee_status, p.tenant_id, p.telephone_number1,
        p.departments) is distinct from (excluded.full_name, excluded.person_type, excluded.employee_status,
        excluded.tenant_id, excluded.telephone_number1, excluded.departments))
      or (p.source = 'HR' and (p.tenant_id is null or p.telephone_number1 is null or p.departments = '[]'))`;
}

/** Sets each item's person, and returns the people's ids. */
function linkItemsToPeople(
  items: readonly IntakeItem[],
  status: ItemStatus,
): RawBuilder<{ item: string; person: string }> {
  return sql`
    update request_item i set person_id = p.id, status = ${status}, updated_at = clock_timestamp()
    from person p
    where i.id = ${anyKey(items.map((item) => item.id))} and i.status = 'PENDING'
      and lower(p.employee_number) = lower(i.employee_number)
    returning i.id as item, p.id as person`;
}
