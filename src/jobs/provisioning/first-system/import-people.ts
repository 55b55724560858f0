import { sql } from 'kysely';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import { type MappedPerson, mapPerson } from '../../../domain/provisioning/first-system/map-rows.ts';
import { rowError } from '../../../domain/provisioning/first-system/read-values.ts';
import { erasedNumbers } from '../../people/erased-numbers.ts';
import type { NewRunItem } from '../../runs/run-record.ts';
import { differing } from '../claims/differing.ts';
import { type ImportContext, type ReadRow, tableImport } from './table-import.ts';

const COLUMNS = {
  employee_number: 'text',
  hr_person_id: 'text',
  full_name: 'text',
  english_name: 'text',
  sex: 'text',
  birth_day: 'date',
  nationality_code: 'text',
  person_type: 'text',
  employee_status: 'text',
  employee_account: 'text',
  hr_user_id: 'text',
  employee_description: 'text',
  email_address: 'text',
  telephone_number1: 'text',
  telephone_number2: 'text',
  telephone_number3: 'text',
  full_address: 'text',
  postal_code: 'text',
  base_location: 'text',
  expense_account: 'text',
  person_pinyin_name: 'text',
  original_hire_date: 'date',
  effective_date: 'date',
  disable_date: 'date',
  departments: 'jsonb',
  tenant_id: 'text',
  source: 'text',
  hr_created_at: 'timestamptz',
  hr_updated_at: 'timestamptz',
} as const satisfies Record<keyof MappedPerson, string>;

const names = sql.raw(Object.keys(COLUMNS).join(', '));
const given = sql.raw(
  Object.keys(COLUMNS)
    .map((column) => (column === 'hr_person_id' ? 'g.free_id' : `g.${column}`))
    .join(', '),
);
const recordset = sql.raw(
  ['key text', 'changed boolean', ...Object.entries(COLUMNS).map(([name, type]) => `${name} ${type}`)].join(
    ', ',
  ),
);
const updates = sql.raw(
  Object.keys(COLUMNS)
    .filter((column) => !['employee_number', 'hr_person_id', 'source'].includes(column))
    .map((column) => `${column} = g.${column}`)
    .join(', '),
);

interface Known {
  readonly key: string;
  readonly name_differs: boolean;
  readonly is_ours: boolean;
}

type Row = ReadRow<MappedPerson>;

/** Imports people by employee number. Those here already stay as HR, a request or an operator made them. */
export const peopleImport = tableImport({ table: 'hrperson', map: mapPerson, store: storePeople });

async function storePeople(context: ImportContext, rows: readonly Row[]) {
  const { tx, dry } = context;
  const refused = new Map<string, StoredError>();
  for (const { key, first, value } of rows)
    if (first !== null)
      refused.set(key, rowError('NUMBER_TWICE', { employeeNumber: value.employee_number, first }));
  const numbers = rows.map(({ value }) => value.employee_number);
  const erased = await erasedNumbers(context.tx, numbers);
  for (const { key, value } of rows)
    if (erased.has(value.employee_number)) refused.set(key, rowError('ERASED', {}));
  const taken = rows.filter(({ key }) => !refused.has(key));
  const json = JSON.stringify(
    taken.map(({ key, value, isChanged }) => ({ key, changed: isChanged, ...value })),
  );
  const { rows: known } = await sql<Known>`
    select g.key, p.full_name <> g.full_name as name_differs,
      not g.changed or p.updated_at > f.imported_at as is_ours
    from json_to_recordset(${json}::json) as g(${recordset})
    join person p on lower(p.employee_number) = lower(g.employee_number)
    left join first_system_row f on f.table_name = 'hrperson' and f.old_key = g.key`.execute(tx);
  if (!dry) await writePeople(context, json, known);
  return {
    refused,
    noted: [
      ...notedOf(taken, known),
      ...(await unknownToHr(context, taken, known)),
      ...(await unmapped(context, taken)),
    ],
  };
}

async function writePeople({ tx }: ImportContext, json: string, known: readonly Known[]): Promise<void> {
  const ours = known.filter(({ is_ours }) => is_ours).map(({ key }) => key);
  // A person is imported even when another one has its HR number: such numbers were often made up.
  await sql`
    with g as materialized (
      select r.*, case when not exists (select 1 from person o where o.hr_person_id = r.hr_person_id
        and lower(o.employee_number) <> lower(r.employee_number)) then r.hr_person_id end as free_id
      from json_to_recordset(${json}::json) as r(${recordset}) where r.key <> all(${ours}::text[])
    ), updated as (
      update person p set ${updates}, updated_at = clock_timestamp() from g
      where lower(p.employee_number) = lower(g.employee_number)
      returning g.key
    )
    insert into person (${names}) select ${given} from g where g.key not in (select key from updated)
    on conflict do nothing`.execute(tx);
}

function notedOf(rows: readonly Row[], known: readonly Known[]): NewRunItem[] {
  const numbers = new Map(rows.map(({ key, value }) => [key, value.employee_number]));
  return known
    .filter(({ is_ours, name_differs }) => is_ours && name_differs)
    .map(({ key }) => {
      // A run keeps no personal data: the writer of the report reads both names at their source.
      const parameters = { fields: ['name'], here: '*', there: '*' };
      const item = differing(numbers.get(key) ?? key, 'FIRST_SYSTEM_DIFFERS', parameters);
      return { ...item, payload: { table: 'hrperson', row: key, field: 'full_name' } };
    });
}

/** Once HR was synced here, a person that only the first system says is of HR is worth a look. */
async function unknownToHr(
  { tx }: ImportContext,
  rows: readonly Row[],
  known: readonly Known[],
): Promise<NewRunItem[]> {
  const { rows: synced } = await sql<{ synced: boolean }>`
    select exists (select 1 from sync_source where kind = 'HR_SYNC' and watermark is not null) as synced`.execute(
    tx,
  );
  if (synced[0]?.synced !== true) return [];
  const here = new Set(known.map(({ key }) => key));
  return rows
    .filter(({ key, value }) => value.source === 'HR' && !here.has(key))
    .map(({ value: { employee_number: employeeNumber } }) =>
      differing(employeeNumber, 'FIRST_SYSTEM_NOT_IN_HR', { employeeNumber }),
    );
}

/** Departments without a mapping, each said once in a run. */
async function unmapped({ tx, runId }: ImportContext, rows: readonly Row[]): Promise<NewRunItem[]> {
  const codes = [
    ...new Set(
      rows.flatMap(({ value }) => value.departments.slice(0, 1).map((each) => each.department_code)),
    ),
  ];
  const { rows: missing } = await sql<{ code: string }>`
    select c.code from unnest(${codes}::text[]) as c(code)
    where not exists (select 1 from department_mapping m where m.idata_department_code = c.code)
      and not exists (select 1 from run_step s where s.run_id = ${runId}::bigint and s.key = 'departmentmapping'
        and s.checkpoint->'mapped' ? c.code)
      and not exists (select 1 from run_item i where lower(i.item_key) = lower(c.code) and i.run_id = ${runId}::bigint
        and i.error_code = 'FIRST_SYSTEM_DEPARTMENT_UNMAPPED')`.execute(tx);
  return missing.map(({ code }) => differing(code, 'FIRST_SYSTEM_DEPARTMENT_UNMAPPED', { department: code }));
}
