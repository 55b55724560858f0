import { sql } from 'kysely';
import { mapTask } from '../../../domain/provisioning/first-system/map-rows.ts';
import { isObject, jsonValue, RefusedRow } from '../../../domain/provisioning/first-system/read-values.ts';
import type { FirstSystemRow } from '../../../domain/provisioning/first-system/tables.ts';
import { wantedNames } from '../../../domain/provisioning/names/wanted-names.ts';
import { mappingOfPerson } from '../../../entities/provisioning/department-mapping.ts';
import type { NewRunItem } from '../../runs/run-record.ts';
import { differing } from '../claims/differing.ts';
import { nameRulesOf } from '../names/name-rules.ts';
import type { ImportContext } from './table-import.ts';

interface PlannedPerson {
  readonly key: string;
  readonly employee_number: string;
  readonly full_name: string;
  readonly person_pinyin_name: string | null;
  readonly employee_account: string | null;
  readonly email_address: string | null;
  /** Of the first department that is mapped. */
  readonly department: string | null;
}

interface Done {
  readonly key: string;
  readonly employee_number: string;
  readonly system: string;
  readonly login: string | null;
  readonly address: string | null;
  readonly department: string | null;
  readonly after: string | null;
}

/**
 * Compares the plan that this service would make (login, address, department, order) with the first system's work,
 * for tasks that it completed. Nothing is written.
 */
export async function comparePlans(
  context: ImportContext,
  rows: readonly { readonly key: string; readonly row: FirstSystemRow }[],
): Promise<NewRunItem[]> {
  const done = rows.flatMap(({ key, row }) => doneOf(key, row) ?? []);
  const people = await readPeople(context, done);
  const rules = nameRulesOf(context.settings);
  const noted = done.flatMap((task) => {
    const person = people.get(task.key);
    if (person === undefined) return [];
    const names = wantedNames({
      employeeNumber: person.employee_number,
      fullName: person.full_name,
      pinyinName: person.person_pinyin_name,
      employeeAccount: person.employee_account,
      emailAddress: person.email_address,
      rules,
      // What the first system did, nobody accepted here.
      nameAccepted: false,
    });
    const local = names.ownLocalPart ?? names.base;
    return [
      ...differs(
        task,
        'login',
        task.login,
        task.system === 'WELINK' ? person.employee_number : names.username,
      ),
      ...differs(task, 'address', task.address?.split('@')[0] ?? null, local),
      ...differs(task, 'department', task.department, person.department),
    ];
  });
  return [...noted, ...(await orderOf(context, done))];
}

/** The effect that a completed task records; null: it was not completed, or records none. */
function doneOf(key: string, row: FirstSystemRow): Done | null {
  try {
    const { employee_number, system, status, identifier } = mapTask(row);
    const result = jsonValue(row, 'result_data');
    if (status !== 'COMPLETED' || !isObject(result)) return null;
    const mapping = isObject(result['department_mapping']) ? result['department_mapping'] : {};
    const email = result['email'];
    const code = mapping['idaas_code'] ?? mapping['welink_dept_code'];
    const after = row['_after'];
    return {
      key,
      employee_number,
      system,
      login: system === 'EMAIL' ? null : identifier,
      address: system === 'EMAIL' ? identifier : typeof email === 'string' ? email : null,
      department: typeof code === 'string' ? code : null,
      after: typeof after === 'string' ? after.toUpperCase() : null,
    };
  } catch (error) {
    // The import itself says why the row is refused.
    if (error instanceof RefusedRow) return null;
    throw error;
  }
}

async function readPeople({ tx }: ImportContext, done: readonly Done[]): Promise<Map<string, PlannedPerson>> {
  const { rows } = await sql<PlannedPerson>`
    select d.key, p.employee_number, p.full_name, p.person_pinyin_name, p.employee_account, p.email_address,
      (select d.idaas_department_code from (${mappingOfPerson}) d) as department
    from json_to_recordset(${JSON.stringify(done)}::json) as d(key text, employee_number text)
    join person p on lower(p.employee_number) = lower(d.employee_number) and p.erased_at is null`.execute(tx);
  return new Map(rows.map((row) => [row.key, row]));
}

type What = 'login' | 'address' | 'department' | 'order';

function differs(
  { employee_number, system }: Done,
  what: What,
  there: string | null,
  here: string | null,
): NewRunItem[] {
  if (there === null || there.toLowerCase() === here?.toLowerCase()) return [];
  return [
    differing(employee_number, 'FIRST_SYSTEM_PLAN_DIFFERS', {
      employeeNumber: employee_number,
      system,
      what,
      there,
      here,
    }),
  ];
}

/** In what order systems come: said once for each system in a run. */
async function orderOf({ tx, runId, settings }: ImportContext, done: readonly Done[]): Promise<NewRunItem[]> {
  const { rows } = await sql<{ key: string }>`
    select item_key as key from run_item where lower(item_key) = any(${[...new Set(done.map(({ system }) => system.toLowerCase()))]}::text[])
      and run_id = ${runId}::bigint and error_code = 'FIRST_SYSTEM_PLAN_DIFFERS'
      and error_parameters->>'what' = 'order'`.execute(tx);
  const said = new Set(rows.map(({ key }) => key));
  const noted = new Map<string, NewRunItem>();
  for (const { system, after: there, employee_number: employeeNumber } of done) {
    const here = (settings.dependencies[system] ?? []).join(' ');
    if (there === null || there === here || said.has(system)) continue;
    const parameters = { employeeNumber, system, what: 'order', there, here: here === '' ? null : here };
    noted.set(system, differing(system, 'FIRST_SYSTEM_PLAN_DIFFERS', parameters));
  }
  return [...noted.values()];
}
