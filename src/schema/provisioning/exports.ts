import { sql } from 'kysely';
import { z } from 'zod';
import { fixBys } from '../../domain/errors/error-entry.ts';
import {
  accountStates,
  personSources,
  requestStatuses,
  taskStatuses,
} from '../../domain/provisioning/states/states.ts';
import { taskConditions } from '../../jobs/provisioning/tasks/task-conditions.ts';
import type { RequestScope } from '../context/context.ts';
import {
  type Cells,
  EXPORT_PAGE,
  type Export,
  type ExportQuery,
  type KeyedRow,
  keyed,
  moment,
  oneOfMany,
  pagesOf,
  text,
  texts,
  utc,
} from '../reading/export.ts';
import { all, type Condition } from '../reading/listing.ts';
import { sqlOf } from '../reading/loaders.ts';
import { canBeStored } from '../reading/text-filter.ts';
import { visibleRows } from '../reading/visible-rows.ts';
import { personConditions } from './people/people.ts';
import { requestConditions } from './requests/requests.ts';

// Lists of area 1 as files: parameters are named as the fields of the filters of the API.

const taskQuery = z.strictObject({
  system: texts,
  status: oneOfMany(taskStatuses),
  taskIds: texts,
  originSystem: text,
  fixBy: oneOfMany(fixBys),
  employeeNumber: text,
  requestId: text,
  errorCode: texts,
  waitingFor: text,
  updatedAfter: moment,
  updatedBefore: moment,
});

const requestQuery = z.strictObject({
  status: oneOfMany(requestStatuses),
  originSystem: text,
  businessKey: text,
  search: text,
  errorCode: texts,
  accountType: text,
  system: texts,
  employeeNumber: text,
  createdBy: text,
  createdAfter: moment,
  createdBefore: moment,
  updatedAfter: moment,
});

const one = <Value extends string>(values: readonly [Value, ...Value[]]) =>
  z
    .tuple([z.enum(values)])
    .transform(([only]) => only)
    .optional();

const personQuery = z.strictObject({
  search: text,
  login: text,
  identifier: text,
  employeeNumbers: texts,
  source: one(personSources),
  employeeStatus: texts,
  departmentCode: text,
  system: text,
  accountState: one(accountStates),
  withoutAccountIn: text,
});

/** Tasks as a file, oldest first; null when a parameter is not understood. */
export function exportTasks(scope: RequestScope, query: ExportQuery): Export | null {
  const filter = understood(taskQuery, query);
  return filter === null
    ? null
    : {
        header: [
          'taskId',
          'system',
          'status',
          'employeeNumber',
          'fullName',
          'errorCode',
          'attempts',
          'accountIdentifier',
          'createdAt',
          'updatedAt',
          'completedAt',
        ],
        rows: () => pagesOf((after) => readTasks(scope, taskConditions(filter), after)),
      };
}

/** Requests as a file, oldest first; null when a parameter is not understood. */
export function exportRequests(scope: RequestScope, query: ExportQuery): Export | null {
  const filter = understood(requestQuery, query);
  return filter === null
    ? null
    : {
        header: [
          'requestId',
          'originSystem',
          'businessKey',
          'accountType',
          'systems',
          'status',
          'totalUsers',
          'rejectedUsers',
          'createdBy',
          'createdAt',
          'updatedAt',
          'completedAt',
        ],
        rows: () => pagesOf((after) => readRequests(scope, requestConditions(filter), after)),
      };
}

/** People and their accounts as a file; null when a parameter is not understood. */
export function exportPeople(scope: RequestScope, query: ExportQuery): Export | null {
  const filter = understood(personQuery, query);
  if (filter === null) return null;
  const systems = scope.services.systems.map(({ system }) => system);
  return {
    header: [
      'employeeNumber',
      'fullName',
      'personType',
      'employeeStatus',
      'departmentCode',
      'emailAddress',
      'source',
      'updatedAt',
      ...systems,
    ],
    rows: () =>
      pagesOf((after) => readPeople(scope, { systems, conditions: personConditions(filter), after })),
  };
}

/** The filter of an address; null for parameters there are none of, and texts that no column can hold. */
function understood<Filter>(schema: z.ZodType<Filter>, query: ExportQuery): Filter | null {
  if (!Object.values(query).flat().every(canBeStored)) return null;
  return schema.safeParse(query).data ?? null;
}

async function readTasks(
  scope: RequestScope,
  conditions: readonly Condition[],
  after: string,
): Promise<readonly KeyedRow[]> {
  const { rows } = await sql<Cells>`
    select t.id::text, t.task_id, t.system, t.status, p.employee_number, p.full_name,
      case when t.status in ('RETRY', 'UNCERTAIN', 'FAILED') then t.error_code end as error,
      (select count(*)::int from task_attempt x where x.task_id = t.id) as attempts, t.identifier,
      ${utc('t.created_at')} as created, ${utc('t.updated_at')} as updated, ${utc('t.completed_at')} as completed
    from ${visibleRows(scope, 'account_task')} t join person p on p.id = t.person_id
    where t.id > ${after}::bigint and ${all(conditions)} order by t.id limit ${EXPORT_PAGE}`.execute(
    sqlOf(scope),
  );
  return rows.map(keyed);
}

async function readRequests(
  scope: RequestScope,
  conditions: readonly Condition[],
  after: string,
): Promise<readonly KeyedRow[]> {
  const { rows } = await sql<Cells>`
    select r.id::text, r.request_id, r.origin_system, r.business_key, r.account_type,
      array_to_string(r.system_list, ';') as systems, r.status, r.total_users,
      jsonb_array_length(r.rejected_rows) as rejected, r.created_by, ${utc('r.created_at')} as created,
      ${utc('r.updated_at')} as updated, ${utc('r.completed_at')} as completed
    from ${visibleRows(scope, 'account_request')} r
    where r.id > ${after}::bigint and ${all(conditions)} order by r.id limit ${EXPORT_PAGE}`.execute(
    sqlOf(scope),
  );
  return rows.map(keyed);
}

async function readPeople(
  scope: RequestScope,
  options: {
    readonly systems: readonly string[];
    readonly conditions: readonly Condition[];
    readonly after: string;
  },
): Promise<readonly KeyedRow[]> {
  const states = options.systems.map(
    (system, index) => sql`, (select a.state from account a where a.person_id = p.id and a.system = ${system})
      as ${sql.ref(`state_${index}`)}`,
  );
  const { rows } = await sql<Cells>`
    select p.id::text, p.employee_number, p.full_name, p.person_type, p.employee_status,
      p.departments -> 0 ->> 'department_code' as department,
      coalesce(p.email_address, p.reserved_email_address) as email, p.source, ${utc('p.updated_at')} as updated
      ${sql.join(states, sql``)}
    from ${visibleRows(scope, 'person')} p
    where p.id > ${options.after}::bigint and p.erased_at is null and ${all(options.conditions)}
    order by p.id limit ${EXPORT_PAGE}`.execute(sqlOf(scope));
  return rows.map(keyed);
}
