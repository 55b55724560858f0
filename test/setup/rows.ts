import { type Kysely, sql } from 'kysely';
import type { Orm } from '../../src/database/orm.ts';
import type { Database, Sql } from '../../src/entities/tables.ts';
import { outsideTransaction } from '../../src/entities/transaction.ts';

/** Statements on a test database, each committed by itself. */
export function sqlOf(orm: Orm): Kysely<Database> {
  return outsideTransaction(orm.em.fork());
}

let lastNumber = 0;
/** Different at every call, so that no test depends on another's rows. */
export function unique(prefix: string): string {
  lastNumber += 1;
  return `${prefix}${process.pid}x${lastNumber}`;
}

type Values = Readonly<Record<string, unknown>>;

/** Inserts one row and returns its id; objects are stored as JSON, arrays of texts as arrays. */
export async function insertRow(db: Sql, table: string, values: Values): Promise<string> {
  const columns = Object.keys(values).map((column) => sql.ref(column));
  const cells = Object.values(values).map((value) => sql`${isRecord(value) ? JSON.stringify(value) : value}`);
  const { rows } = await sql<{ id: string }>`
    insert into ${sql.table(table)} (${sql.join(columns)}) values (${sql.join(cells)}) returning id`.execute(
    db,
  );
  return rows[0]?.id ?? '';
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

export function insertPerson(db: Sql, values: Values = {}): Promise<string> {
  return insertRow(db, 'person', {
    employee_number: unique('P'),
    full_name: '张三',
    person_type: '11',
    employee_status: '1',
    source: 'REQUEST',
    ...values,
  });
}

/** A task of a new person, unless `person_id` says whose. */
export async function insertTask(db: Sql, values: Values = {}): Promise<string> {
  return insertRow(db, 'account_task', {
    task_id: unique('T'),
    person_id: values['person_id'] ?? (await insertPerson(db)),
    system: 'IDAAS',
    status: 'PENDING',
    max_attempts: 6,
    origin_system: 'OA',
    ...values,
  });
}

export function insertRequest(db: Sql, values: Values = {}): Promise<string> {
  return insertRow(db, 'account_request', {
    request_id: unique('R'),
    origin_system: 'OA',
    business_key: 'B1',
    account_type: '11',
    employee_type: '1',
    system_list: ['IDAAS'],
    priority: 'NORMAL',
    derived_key: unique('derived'),
    input_fingerprint: unique('fingerprint'),
    total_users: 1,
    created_by: 'tester',
    ...values,
  });
}

/** An item of a new request, unless `request_id` says which. */
export async function insertItem(db: Sql, values: Values = {}): Promise<string> {
  return insertRow(db, 'request_item', {
    request_id: values['request_id'] ?? (await insertRequest(db)),
    position: 0,
    employee_number: unique('P'),
    employee_name: '张三',
    department_code: 'D1',
    phone_number: '13800138000',
    country: 'CN',
    ...values,
  });
}
