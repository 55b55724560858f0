import { sql } from 'kysely';
import { type HrPerson, hrFieldNames } from '../../../domain/provisioning/hr/hr-person.ts';

type ColumnType = 'text' | 'date' | 'timestamptz' | 'jsonb';

/** The column of each of HR's fields, and its type. */
const columns = {
  employeeNumber: ['employee_number', 'text'],
  hrPersonId: ['hr_person_id', 'text'],
  fullName: ['full_name', 'text'],
  englishName: ['english_name', 'text'],
  sex: ['sex', 'text'],
  birthDay: ['birth_day', 'date'],
  nationalityCode: ['nationality_code', 'text'],
  personType: ['person_type', 'text'],
  employeeStatus: ['employee_status', 'text'],
  employeeAccount: ['employee_account', 'text'],
  hrUserId: ['hr_user_id', 'text'],
  employeeDescription: ['employee_description', 'text'],
  emailAddress: ['email_address', 'text'],
  telephoneNumber1: ['telephone_number1', 'text'],
  telephoneNumber2: ['telephone_number2', 'text'],
  telephoneNumber3: ['telephone_number3', 'text'],
  fullAddress: ['full_address', 'text'],
  postalCode: ['postal_code', 'text'],
  baseLocation: ['base_location', 'text'],
  expenseAccount: ['expense_account', 'text'],
  personPinyinName: ['person_pinyin_name', 'text'],
  originalHireDate: ['original_hire_date', 'date'],
  effectiveDate: ['effective_date', 'date'],
  disableDate: ['disable_date', 'date'],
  departments: ['departments', 'jsonb'],
  tenantId: ['tenant_id', 'text'],
  hrCreatedAt: ['hr_created_at', 'timestamptz'],
  hrUpdatedAt: ['hr_updated_at', 'timestamptz'],
} as const satisfies Record<keyof HrPerson, readonly [string, ColumnType]>;

const entries = hrFieldNames.map((field) => [field, columns[field]] as const);
/** Columns that requests may fill where HR leaves them empty; a filled value stays. */
const FILLED_BY_REQUESTS: readonly string[] = ['telephone_number1', 'tenant_id'];

/** Columns of `person`, in the order of `hrColumns` and `hrFields`. */
export const hrColumnList: readonly string[] = entries.map(([, [column]]) => column);
export const hrColumnNames = sql.join(hrColumnList.map((column) => sql.ref(column)));

/** A person's values in the order of the columns, as COPY takes them. */
export function hrFields(person: HrPerson): (string | null)[] {
  return hrFieldNames.map((field) => {
    const value = person[field];
    return typeof value === 'string' || value === null ? value : JSON.stringify(value);
  });
}

/** The same of the recordset `r`. */
export const hrColumns = sql.join(entries.map(([field]) => sql.ref(`r.${field}`)));

/** The columns of the recordset: objects of the shape of `HrPerson`. */
export const hrRecordset = sql.join(
  entries.map(([field, [, type]]) => sql`${sql.ref(field)} ${sql.raw(type)}`),
);

/** `set` of an upsert into `person as p`. */
export const hrUpdates = sql.join(
  entries.map(([, [column]]) => sql`${sql.ref(column)} = ${newValue(column)}`),
);

function newValue(column: string) {
  const given = sql.ref(`excluded.${column}`);
  const stored = sql.ref(`p.${column}`);
  if (column === 'departments') return sql`case when ${given} = '[]' then ${stored} else ${given} end`;
  return FILLED_BY_REQUESTS.includes(column) ? sql`coalesce(${given}, ${stored})` : given;
}

/** The stored columns of people as JSON objects with the names of `HrPerson`. */
export const hrStoredObject = sql`json_build_object(${sql.join(
  entries.map(([field, [column]]) => sql`${sql.lit(field)}, ${sql.ref(`p.${column}`)}`),
)})`;

/** Names of the fields that a row of HR would change. */
export function changedFields(stored: Readonly<Record<string, unknown>>, person: HrPerson): string[] {
  return entries.flatMap(([field, [, type]]) => {
    const given: unknown = Object.entries(person).find(([name]) => name === field)?.[1];
    return comparable(stored[field], type) === comparable(given, type) ? [] : [field];
  });
}

function comparable(value: unknown, type: ColumnType): string {
  if (type === 'timestamptz' && typeof value === 'string') return String(Date.parse(value));
  if (type === 'jsonb' && Array.isArray(value)) {
    return JSON.stringify(value.map((entry: object) => Object.entries(entry).toSorted()));
  }
  return JSON.stringify(value ?? null);
}
