import { maskText } from '../../text/mask.ts';
import {
  claim,
  dayOrNull,
  isObject,
  jsonValue,
  momentOrNull,
  RefusedRow,
  rowError,
  text,
  textOrNull,
} from './read-values.ts';
import type { FirstSystemRow } from './tables.ts';

/** The author that the first system gave to people from requests. */
const REQUEST_AUTHOR = 'account_creation_api';

/** A person; names are columns of ours. */
export function mapPerson(row: FirstSystemRow) {
  const brought = textOrNull(row, 'created_by', 50) === REQUEST_AUTHOR;
  return {
    employee_number: text(row, 'employee_number', 50),
    // Of people that requests brought it was made up, of digits or of a hash.
    hr_person_id: brought ? null : textOrNull(row, 'person_id', 100),
    full_name: text(row, 'full_name', 100),
    english_name: textOrNull(row, 'english_name', 200),
    sex: textOrNull(row, 'sex', 20),
    birth_day: dayOrNull(row, 'birth_day'),
    nationality_code: textOrNull(row, 'nationality_code', 50),
    person_type: textOrNull(row, 'person_type', 50) ?? '',
    employee_status: textOrNull(row, 'employee_status', 50) ?? '',
    employee_account: textOrNull(row, 'employee_account', 200),
    hr_user_id: textOrNull(row, 'user_id', 100),
    employee_description: textOrNull(row, 'employee_description', 2_000),
    email_address: textOrNull(row, 'email_address', 320),
    telephone_number1: textOrNull(row, 'telephone_number1', 100),
    telephone_number2: textOrNull(row, 'telephone_number2', 100),
    telephone_number3: textOrNull(row, 'telephone_number3', 100),
    full_address: textOrNull(row, 'full_address', 1_000),
    postal_code: textOrNull(row, 'postal_code', 50),
    base_location: textOrNull(row, 'base_location', 200),
    expense_account: textOrNull(row, 'expense_account', 200),
    person_pinyin_name: textOrNull(row, 'person_pinyin_name', 200),
    original_hire_date: dayOrNull(row, 'original_hire_date'),
    effective_date: dayOrNull(row, 'effective_date'),
    disable_date: dayOrNull(row, 'disable_date'),
    departments: departmentsOf(jsonValue(row, 'person_dept')),
    tenant_id: textOrNull(row, 'tenant_id', 100),
    source: brought ? 'REQUEST' : 'HR',
    hr_created_at: brought ? null : momentOrNull(row, 'creation_date'),
    hr_updated_at: brought ? null : momentOrNull(row, 'last_update_date'),
  };
}
export type MappedPerson = ReturnType<typeof mapPerson>;

/** Departments as requests wrote them, and as HR's answers name them. */
function departmentsOf(value: unknown) {
  const entries = Array.isArray(value) ? value : value === null ? [] : [value];
  return entries.flatMap((entry) => {
    const fields: FirstSystemRow = isObject(entry) ? entry : { department_code: entry };
    const read = (...names: readonly string[]) => {
      const found = names.map((name) => fields[name]).find((given) => given !== null && given !== undefined);
      return found === undefined || typeof found === 'object' ? null : String(found).trim() || null;
    };
    const code = read('department_code', 'departmentCode', 'deptCode', 'dept_code');
    if (code === null) return [];
    return [
      {
        department_code: code,
        partner_company: read('partner_company', 'partnerCompany'),
        country: read('country'),
      },
    ];
  });
}

/** The systems that the first one knew. */
const SYSTEMS: Readonly<Record<string, string>> = { idaas: 'IDAAS', welink: 'WELINK', email: 'EMAIL' };

function systemOf(row: FirstSystemRow): string {
  const type = text(row, 'account_type', 50).toLowerCase();
  const system = SYSTEMS[type];
  if (system === undefined)
    throw new RefusedRow(rowError('SYSTEM', { column: 'account_type', system: type }));
  return system;
}

/** The person of a row that belongs to one. */
function ownerOf(row: FirstSystemRow): string {
  const number = textOrNull(row, '_employee_number', 50);
  if (number === null) throw new RefusedRow(rowError('NO_PERSON', {}));
  return number;
}

/** A claim that a person has an account somewhere: the first system claims it by default, so it is not believed. */
export function mapAccount(row: FirstSystemRow) {
  return {
    employee_number: ownerOf(row),
    system: systemOf(row),
    identifier: textOrNull(row, 'account_identifier', 320),
    claimed: claim(row, 'is_created'),
  };
}

export function mapDepartmentMapping(row: FirstSystemRow) {
  return {
    idata_department_code: text(row, 'idata_departmentcode', 50),
    idaas_department_code: text(row, 'idaas_departmentcode', 100),
    ou: textOrNull(row, 'ou', 500) ?? '',
  };
}
export type MappedDepartment = ReturnType<typeof mapDepartmentMapping>;

export function mapPersonType(row: FirstSystemRow) {
  return {
    person_type: text(row, 'person_type', 50),
    email_domain: textOrNull(row, 'email_domain', 255)?.replace(/^@/, '').toLowerCase() ?? null,
    idaas_user_type: text(row, 'idaas_user_type', 50),
    welink_person_type: text(row, 'welink_person_type', 50),
    is_active: claim(row, 'is_active'),
    description: textOrNull(row, 'description', 500),
  };
}

export function mapSetting(row: FirstSystemRow) {
  const value = row['value'];
  return { key: text(row, 'key', 100), value: typeof value === 'string' ? value : String(value ?? '') };
}

/** A task that ended, or that never will: nothing of it runs here. */
export function mapTask(row: FirstSystemRow) {
  const result = jsonValue(row, 'result_data');
  const given = isObject(result) ? result['account_identifier'] : null;
  const created = momentOrNull(row, 'created_at');
  const status = textOrNull(row, 'status', 20);
  return {
    task_id: text(row, 'task_id', 120),
    employee_number: ownerOf(row),
    system: systemOf(row),
    status: status === 'completed' ? 'COMPLETED' : 'FAILED',
    was: status ?? '',
    identifier: typeof given === 'string' && given.trim() !== '' ? given.trim().slice(0, 320) : null,
    created_at: created,
    updated_at: momentOrNull(row, 'updated_at') ?? created,
    completed_at: momentOrNull(row, 'completed_at') ?? momentOrNull(row, 'updated_at') ?? created,
  } as const;
}

/** One failed execution of a task. */
export function mapLog(row: FirstSystemRow) {
  const taskId = textOrNull(row, '_task_id', 120);
  if (taskId === null) throw new RefusedRow(rowError('NO_TASK', {}));
  const attempt = Number(row['execution_attempt']);
  return {
    task_id: taskId,
    execution_attempt: Number.isSafeInteger(attempt) && attempt > 0 ? attempt : 1,
    // The words may contain names, numbers and answers of a system.
    message: maskText(String(row['error_message'] ?? '')),
    at: momentOrNull(row, 'created_at'),
  };
}

export function mapRequest(row: FirstSystemRow) {
  const systems = jsonValue(row, 'system_list');
  const known = (Array.isArray(systems) ? systems : []).flatMap(
    (system) => SYSTEMS[String(system).toLowerCase()] ?? [],
  );
  if (known.length === 0) throw new RefusedRow(rowError('EMPTY', { column: 'system_list' }));
  const users = Number(row['_items'] ?? 0);
  if (!(users >= 1 && users <= 10_000))
    throw new RefusedRow(rowError('NO_USERS', { column: 'items', count: users }));
  const created = momentOrNull(row, 'created_at');
  return {
    request_id: text(row, 'request_id', 50),
    origin_system: text(row, 'origin_system', 50),
    business_key: text(row, 'business_key', 50),
    account_type: text(row, 'account_type', 50),
    employee_type: text(row, 'employee_type', 50),
    system_list: [...new Set(known)],
    was: textOrNull(row, 'status', 20) ?? '',
    total_users: users,
    created_at: created,
    updated_at: momentOrNull(row, 'updated_at') ?? created,
    completed_at: momentOrNull(row, 'completed_at') ?? momentOrNull(row, 'updated_at') ?? created,
  };
}

export function mapItem(row: FirstSystemRow) {
  const requestId = textOrNull(row, '_request_id', 50);
  if (requestId === null) throw new RefusedRow(rowError('NO_REQUEST', {}));
  return {
    request_id: requestId,
    employee_number: text(row, 'employee_number', 50),
    employee_name: text(row, 'employee_name', 100),
    department_code: text(row, 'department_code', 50),
    phone_number: text(row, 'phone_number', 40),
    partner_company: textOrNull(row, 'partner_company', 100),
    country: text(row, 'country', 50),
    created_at: momentOrNull(row, 'created_at'),
  };
}

/** Where an identifier may be taken as a name: an address, or a login that is not merely the employee number. */
export function namesNamed(
  system: string,
  identifier: string | null,
  employeeNumber: string,
): { readonly username: string | null; readonly address: string | null } {
  if (identifier === null) return { username: null, address: null };
  if (system === 'EMAIL') return { username: null, address: identifier.includes('@') ? identifier : null };
  const mere = identifier.toLowerCase() === employeeNumber.toLowerCase() || identifier.includes('@');
  return {
    username: system === 'IDAAS' && !mere && identifier.length <= 20 ? identifier : null,
    address: null,
  };
}
