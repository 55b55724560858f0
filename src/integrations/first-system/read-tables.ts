import {
  type FirstSystemRow,
  type FirstSystemTable,
  firstSystemTables,
  isFirstSystemTable,
  keyColumnOf,
} from '../../domain/provisioning/first-system/tables.ts';
import { openDatabase, type ReadOnlyDatabase } from './open-database.ts';

/** The columns of each table that are taken over; others are named. */
const COLUMNS: Readonly<Record<FirstSystemTable, readonly string[]>> = {
  departmentmapping: ['id', 'idata_departmentcode', 'idaas_departmentcode', 'ou'],
  persontypemapping: [
    'id',
    'person_type',
    'email_domain',
    'idaas_user_type',
    'welink_person_type',
    'is_active',
    'description',
  ],
  syncconfig: ['id', 'key', 'value', 'description'],
  hrperson: [
    'person_id',
    'employee_number',
    'full_name',
    'english_name',
    'sex',
    'birth_day',
    'nationality_code',
    'person_type',
    'employee_status',
    'employee_account',
    'user_id',
    'employee_description',
    'email_address',
    'telephone_number1',
    'telephone_number2',
    'telephone_number3',
    'full_address',
    'postal_code',
    'base_location',
    'expense_account',
    'person_pinyin_name',
    'original_hire_date',
    'creation_date',
    'last_update_date',
    'effective_date',
    'disable_date',
    'person_dept',
    'tenant_id',
    'created_by',
    'last_updated_by',
  ],
  hrpersonaccount: [
    'id',
    'person_id',
    'account_type',
    'account_identifier',
    'is_created',
    'created_at',
    'updated_at',
  ],
  accountcreationtask: [
    'id',
    'task_id',
    'person_id',
    'account_type',
    'status',
    'result_data',
    'depends_on_task_id',
    'created_at',
    'updated_at',
    'completed_at',
  ],
  accountcreationlog: [
    'id',
    'task_id',
    'execution_attempt',
    'error_message',
    'error_details',
    'execution_context',
    'created_at',
  ],
  accountcreationrequest: [
    'id',
    'request_id',
    'origin_system',
    'business_key',
    'account_type',
    'employee_type',
    'system_list',
    'status',
    'total_users',
    'processed_users',
    'error_summary',
    'created_at',
    'updated_at',
    'completed_at',
  ],
  accountcreationrequestitem: [
    'id',
    'request_id',
    'employee_number',
    'employee_name',
    'department_code',
    'phone_number',
    'partner_company',
    'country',
    'status',
    'hr_person_id',
    'error_message',
    'created_at',
    'updated_at',
  ],
};

/** Not read: words that may hold anything, and are not kept. */
const LEFT_OUT: readonly string[] = ['error_details', 'execution_context', 'error_summary'];

/** The settings whose values are credentials do not leave the first system: their keys do. */
const CREDENTIALS = /secret|token|password|_account$|client_id$/i;

const named = (table: FirstSystemTable) => `syncservice_${table}`;

/** Columns looked up for a row by natural keys; `r` is the row. */
const beside: Partial<Readonly<Record<FirstSystemTable, string>>> = {
  hrpersonaccount: `(select p.employee_number from ${named('hrperson')} p where p.person_id = r.person_id) as "_employee_number"`,
  accountcreationtask: `(select p.employee_number from ${named('hrperson')} p where p.person_id = r.person_id) as "_employee_number",
    (select t.account_type from ${named('accountcreationtask')} t where t.id = r.depends_on_task_id) as "_after"`,
  accountcreationlog: `(select t.task_id from ${named('accountcreationtask')} t where t.id = r.task_id) as "_task_id"`,
  accountcreationrequest: `(select count(*) from ${named('accountcreationrequestitem')} i where i.request_id = r.id) as "_items"`,
  accountcreationrequestitem: `(select q.request_id from ${named('accountcreationrequest')} q where q.id = r.request_id) as "_request_id"`,
};

/** Values that may occur in several rows: the first row of each is found. */
const doubles: Partial<
  Readonly<Record<FirstSystemTable, { readonly value: string; readonly where: string }>>
> = {
  hrperson: { value: 'lower(r.employee_number)', where: 'r.employee_number is not null' },
  hrpersonaccount: {
    value: "lower(r.account_type) || ' ' || lower(r.account_identifier)",
    where: "r.account_identifier is not null and r.account_identifier <> ''",
  },
};

/** The first system's database, read in pages. */
export interface FirstSystem {
  readonly name: string;
  /** Tables that are there. */
  readonly tables: readonly FirstSystemTable[];
  /** `table.column` of columns that are not known. */
  readonly unknownColumns: readonly string[];
  /** Up to `limit` rows of a table after a key, in order of the key. */
  page(
    table: string,
    options: { readonly after: string | null; readonly limit: number },
  ): Promise<readonly FirstSystemRow[]>;
  close(): Promise<void>;
}

/** Opens the first system's database: one snapshot, and nothing is written there. */
export async function openFirstSystem(address: string): Promise<FirstSystem> {
  const database = await openDatabase(address);
  const present = new Map<FirstSystemTable, readonly string[]>();
  for (const table of firstSystemTables) {
    const columns = await database.columns(named(table));
    if (columns.length > 0) present.set(table, columns);
  }
  const twice = new Map<FirstSystemTable, ReadonlyMap<string, string>>();
  for (const table of present.keys()) twice.set(table, await readDoubles(database, table));
  return {
    name: database.name,
    tables: [...present.keys()],
    unknownColumns: [...present].flatMap(([table, columns]) =>
      columns.filter((column) => !COLUMNS[table].includes(column)).map((column) => `${table}.${column}`),
    ),
    page: async (table, { after, limit }) => {
      if (!isFirstSystemTable(table)) return [];
      const rows = await readRows(database, table, {
        after,
        limit,
        present: [...present.keys()],
        columns: present.get(table) ?? [],
      });
      const doubled = twice.get(table) ?? new Map();
      return rows.map(({ _value, ...row }) => {
        const first = doubled.get(String(_value));
        return withoutSecret(table, first === undefined ? row : { ...row, _first: first });
      });
    },
    close: () => database.close(),
  };
}

async function readDoubles(
  database: ReadOnlyDatabase,
  table: FirstSystemTable,
): Promise<ReadonlyMap<string, string>> {
  const double = doubles[table];
  if (double === undefined) return new Map();
  const key = keyColumnOf(table);
  const rows = await database.rows(
    `select ${double.value} as value, min(r.${key}) as first from ${named(table)} r where ${double.where}
      group by 1 having count(*) > 1`,
    [],
  );
  return new Map(rows.map(({ value, first }) => [String(value), String(first)]));
}

async function readRows(
  database: ReadOnlyDatabase,
  table: FirstSystemTable,
  {
    after,
    limit,
    present,
    columns,
  }: {
    readonly after: string | null;
    readonly limit: number;
    readonly present: readonly FirstSystemTable[];
    readonly columns: readonly string[];
  },
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const key = keyColumnOf(table);
  const taken = COLUMNS[table].filter((column) => columns.includes(column) && !LEFT_OUT.includes(column));
  const looked = beside[table];
  const besideIt = looked !== undefined && canLookBeside(looked, present) ? [looked] : [];
  const double = doubles[table];
  const value = double === undefined ? 'null' : double.value;
  const list = [...taken.map((column) => `r."${column}"`), ...besideIt, `${value} as "_value"`].join(', ');
  const from = `select ${list} from ${named(table)} r`;
  return after === null
    ? await database.rows(`${from} order by r.${key} limit ${limit}`, [])
    : await database.rows(`${from} where r.${key} > ? order by r.${key} limit ${limit}`, [Number(after)]);
}

function canLookBeside(text: string, present: readonly FirstSystemTable[]): boolean {
  return present.some((table) => text.includes(`${named(table)} `));
}

function withoutSecret(table: FirstSystemTable, row: FirstSystemRow): FirstSystemRow {
  if (table !== 'syncconfig' || !CREDENTIALS.test(String(row['key']))) return row;
  return { ...row, value: '' };
}
