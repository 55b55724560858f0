import { sql } from 'kysely';
import { z } from 'zod';
import { fixBys } from '../../domain/errors/error-entry.ts';
import { accountStates, personSources, taskStatuses } from '../../domain/provisioning/states/states.ts';
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
  understood,
  utc,
} from '../reading/export.ts';
import { all, type Condition } from '../reading/listing.ts';
import { sqlOf } from '../reading/loaders.ts';
import { visibleRows } from '../reading/visible-rows.ts';
import { personConditions } from './people/people.ts';

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
