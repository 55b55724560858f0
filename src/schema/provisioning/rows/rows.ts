import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Database } from '../../../entities/tables.ts';
import { builder } from '../../building/builder.ts';
import type { RequestScope } from '../../context/context.ts';
import { everyColumn, selected } from '../../reading/columns.ts';
import { visibleRows } from '../../reading/visible-rows.ts';

type Row<Table extends keyof Database> = Selectable<Database[Table]>;

/** A request as lists read it: everything but what only idempotency needs. */
export type AccountRequestRow = Pick<
  Row<'account_request'>,
  | 'id'
  | 'request_id'
  | 'origin_system'
  | 'business_key'
  | 'account_type'
  | 'employee_type'
  | 'system_list'
  | 'priority'
  | 'status'
  | 'round'
  | 'total_users'
  | 'created_by'
  | 'cancelled_at'
  | 'created_at'
  | 'updated_at'
  | 'completed_at'
  | 'purged_at'
> & { readonly rejected_users: number };

export type RequestItemRow = Row<'request_item'>;
export type AccountTaskRow = Row<'account_task'>;
export type TaskAttemptRow = Row<'task_attempt'>;
export type AccountRow = Row<'account'>;
export type DepartmentMappingRow = Row<'department_mapping'>;
export type PersonTypeMappingRow = Row<'person_type_mapping'>;
export type PersonRow = Pick<
  Row<'person'>,
  | 'id'
  | 'employee_number'
  | 'hr_person_id'
  | 'full_name'
  | 'english_name'
  | 'person_pinyin_name'
  | 'person_type'
  | 'employee_status'
  | 'employee_account'
  | 'email_address'
  | 'reserved_username'
  | 'reserved_email_address'
  | 'telephone_number1'
  | 'departments'
  | 'source'
  | 'created_at'
  | 'updated_at'
  | 'hr_updated_at'
> & {
  /** `2026-11-22`. */
  readonly original_hire_date: string | null;
  readonly disable_date: string | null;
};

// The types that rows of one room show of another; their fields stand in the room of each.
export const AccountRequest = builder.objectRef<AccountRequestRow>('AccountRequest');
export const AccountRequestItem = builder.objectRef<RequestItemRow>('AccountRequestItem');
export const AccountTask = builder.objectRef<AccountTaskRow>('AccountTask');
export const Person = builder.objectRef<PersonRow>('Person');
export const Account = builder.objectRef<AccountRow>('Account');
export const DepartmentMapping = builder.objectRef<DepartmentMappingRow>('DepartmentMapping');

const requestsFrom = (table: RawBuilder<unknown>) => sql<AccountRequestRow>`
  select r.id, r.request_id, r.origin_system, r.business_key, r.account_type, r.employee_type, r.system_list,
    r.priority, r.status, r.round, r.total_users, r.created_by, r.cancelled_at, r.created_at, r.updated_at,
    r.completed_at, r.purged_at, jsonb_array_length(r.rejected_rows) as rejected_users
  from ${table} r`;

/** For readers that serve several callers, each of whom was let in before. */
export const selectEveryRequest = requestsFrom(sql.table('account_request'));

/** `select … from` of each type, limited to what the viewer may see, to be followed by `where`. */
export const selectRequests = (scope: RequestScope) => requestsFrom(visibleRows(scope, 'account_request'));
export const selectItems = (scope: RequestScope, { names } = everyColumn) =>
  sql<RequestItemRow>`select ${selected('i', names)} from ${visibleRows(scope, 'request_item')} i`;
export const selectTasks = (scope: RequestScope, { names } = everyColumn) =>
  sql<AccountTaskRow>`select ${selected('t', names)} from ${visibleRows(scope, 'account_task')} t`;
export const selectAttempts = sql<TaskAttemptRow>`select a.* from task_attempt a`;
export const selectAccounts = (scope: RequestScope) =>
  sql<AccountRow>`select a.* from ${visibleRows(scope, 'account')} a`;
export const selectDepartmentMappings = sql<DepartmentMappingRow>`select d.* from department_mapping d`;
export const selectPersonTypeMappings = sql<PersonTypeMappingRow>`select m.* from person_type_mapping m`;
export const selectPeople = (scope: RequestScope, { names } = everyColumn) => sql<PersonRow>`
  select ${selected('p', names ?? personColumns, personDates)} from ${visibleRows(scope, 'person')} p`;

const personColumns: readonly (keyof PersonRow)[] = [
  'id',
  'employee_number',
  'hr_person_id',
  'full_name',
  'english_name',
  'person_pinyin_name',
  'person_type',
  'employee_status',
  'employee_account',
  'email_address',
  'reserved_username',
  'reserved_email_address',
  'telephone_number1',
  'departments',
  'source',
  'created_at',
  'updated_at',
  'hr_updated_at',
  'original_hire_date',
  'disable_date',
];
/** Days, which must not become moments. */
const personDates = {
  original_hire_date: 'p.original_hire_date::text',
  disable_date: 'p.disable_date::text',
};
