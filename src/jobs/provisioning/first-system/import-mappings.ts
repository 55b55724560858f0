import { sql } from 'kysely';
import { mapDepartmentMapping, mapPersonType } from '../../../domain/provisioning/first-system/map-rows.ts';
import { differing } from '../claims/differing.ts';
import { type ImportContext, type ReadRow, tableImport } from './table-import.ts';

type Department = ReadRow<ReturnType<typeof mapDepartmentMapping>>;
type PersonType = ReadRow<ReturnType<typeof mapPersonType>>;

/** Department mappings: ours win. */
export const departmentsImport = tableImport({
  table: 'departmentmapping',
  map: mapDepartmentMapping,
  store: storeDepartments,
});

async function storeDepartments({ tx, dry }: ImportContext, rows: readonly Department[]) {
  const json = JSON.stringify(
    rows.map(({ key, value, isChanged }) => ({ key, changed: isChanged, ...value })),
  );
  const given = sql`json_to_recordset(${json}::json)
    as r(key text, changed boolean, idata_department_code text, idaas_department_code text, ou text)`;
  const { rows: known } = await sql<{ code: string; here: string; there: string; ours: boolean }>`
    select m.idata_department_code as code, m.idaas_department_code || ' ' || m.ou as here,
      r.idaas_department_code || ' ' || r.ou as there, not r.changed or m.updated_at > f.imported_at as ours
    from ${given} join department_mapping m on m.idata_department_code = r.idata_department_code
      and (m.idaas_department_code, m.ou) is distinct from (r.idaas_department_code, r.ou)
    left join first_system_row f on f.table_name = 'departmentmapping' and f.old_key = r.key`.execute(tx);
  const ours = known.filter((row) => row.ours);
  if (!dry) {
    await sql`
      insert into department_mapping as m (idata_department_code, idaas_department_code, ou)
      select idata_department_code, idaas_department_code, ou from ${given}
      where idata_department_code <> all(${ours.map(({ code }) => code)}::text[]) order by 1
      on conflict (idata_department_code) do update set idaas_department_code = excluded.idaas_department_code,
        ou = excluded.ou, updated_at = clock_timestamp()
      where (m.idaas_department_code, m.ou) is distinct from (excluded.idaas_department_code, excluded.ou)`.execute(
      tx,
    );
  }
  return {
    refused: new Map(),
    facts: { mappedDepartments: rows.map(({ value }) => value.idata_department_code) },
    noted: [
      ...ours.map(({ code, here, there }) =>
        differing(code, 'FIRST_SYSTEM_DIFFERS', { fields: ['department'], here, there }),
      ),
      ...rows.flatMap(({ value: { idata_department_code: department, ou } }) =>
        ou.includes('，') ? [differing(department, 'FIRST_SYSTEM_OU_COMMA', { department, ou })] : [],
      ),
    ],
  };
}

/** Person types: ours win, and take the domain where they have none. */
export const personTypesImport = tableImport({
  table: 'persontypemapping',
  map: mapPersonType,
  store: storePersonTypes,
});

async function storePersonTypes({ tx, dry }: ImportContext, rows: readonly PersonType[]) {
  const given = sql`json_to_recordset(${JSON.stringify(rows.map(({ value }) => value))}::json) as r(person_type text,
    email_domain text, idaas_user_type text, welink_person_type text, is_active boolean, description text)`;
  const { rows: known } = await sql<{ type: string; here: string; there: string }>`
    select m.person_type as type, concat_ws(' ', m.email_domain, m.idaas_user_type, m.welink_person_type) as here,
      concat_ws(' ', r.email_domain, r.idaas_user_type, r.welink_person_type) as there
    from ${given} join person_type_mapping m on m.person_type = r.person_type
      and (coalesce(m.email_domain, r.email_domain), m.idaas_user_type, m.welink_person_type)
        is distinct from (r.email_domain, r.idaas_user_type, r.welink_person_type)`.execute(tx);
  if (!dry) {
    await sql`
      insert into person_type_mapping as m
        (person_type, email_domain, idaas_user_type, welink_person_type, is_active, description)
      select person_type, email_domain, idaas_user_type, welink_person_type, is_active, description from ${given}
      on conflict (person_type) do update set email_domain = excluded.email_domain, updated_at = clock_timestamp()
      where m.email_domain is null and excluded.email_domain is not null`.execute(tx);
  }
  return {
    refused: new Map(),
    noted: known.map(({ type, here, there }) =>
      differing(type, 'FIRST_SYSTEM_DIFFERS', { fields: ['person_type'], here, there }),
    ),
  };
}
