import { sql } from 'kysely';
import { normaliseCompatibleText } from '../../../domain/text/text.ts';
import { anyKey } from '../../../entities/keys.ts';
import { endedTask } from '../../../entities/provisioning/task-states.ts';
import type { RequestScope } from '../../context/context.ts';
import { selected, withColumns } from '../../reading/columns.ts';
import { listByKey, oneByKey, rowById, sqlOf } from '../../reading/loaders.ts';
import { type Select, selectFor } from '../../reading/select.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import {
  type AccountRequestRow,
  type AccountRow,
  type AccountTaskRow,
  type DepartmentMappingRow,
  type PersonRow,
  selectAccounts,
  selectAttempts,
  selectDepartmentMappings,
  selectItems,
  selectPeople,
  selectPersonTypeMappings,
  selectRequests,
  selectTasks,
  type TaskAttemptRow,
} from './rows.ts';

/** Rows by primary key, one statement for all; ids must be digits that fit bigint. */
function byPrimaryKey<Row extends { readonly id: string }>(select: Select<Row>, key: string) {
  return rowById<Row>(async (scope, ids, columns) => {
    const keyed = withColumns(columns, ['id']);
    const { rows } = await sql<Row>`
      ${selectFor(scope, select, keyed)} where ${sql.ref(key)} = ${anyKey(ids)}`.execute(sqlOf(scope));
    return rows;
  });
}

export const requestById = byPrimaryKey(selectRequests, 'r.id');
export const itemById = byPrimaryKey(selectItems, 'i.id');
export const taskById = byPrimaryKey(selectTasks, 't.id');
export const personById = byPrimaryKey(selectPeople, 'p.id');
export const accountById = byPrimaryKey(selectAccounts, 'a.id');
export const departmentMappingById = byPrimaryKey(selectDepartmentMappings, 'd.id');

export const personTypeMappingById = byPrimaryKey(selectPersonTypeMappings, 'm.id');

/** The mapping of each of HR's department codes. */
export const mappingByDepartment = oneByKey<DepartmentMappingRow>(async (scope, codes) => {
  const { rows } = await sql<DepartmentMappingRow>`
    ${selectDepartmentMappings} where d.idata_department_code = any(${[...codes]}::text[])`.execute(
    sqlOf(scope),
  );
  return new Map(rows.map((row) => [row.idata_department_code, row]));
});

/** A task and the item it stands under. */
export type ItemTaskRow = AccountTaskRow & { readonly item_id: string };

/** The tasks an item waits for, oldest first. */
export const tasksByItem = listByKey<ItemTaskRow>(
  async (scope, itemIds, columns) => {
    const { rows } = await sql<ItemTaskRow>`
      select l.item_id, ${selected('t', columns.names)} from request_item_task l join account_task t on t.id = l.task_id
      where l.item_id = ${anyKey(itemIds)} order by t.id`.execute(sqlOf(scope));
    return rows;
  },
  (row) => row.item_id,
);

/** Every attempt at a task, first to last. */
export const attemptsByTask = listByKey<TaskAttemptRow>(
  async (scope, taskIds) => {
    const { rows } = await sql<TaskAttemptRow>`
      ${selectAttempts} where a.task_id = any(${[...taskIds]}::bigint[]) order by a.task_id, a.execution_attempt`.execute(
      sqlOf(scope),
    );
    return rows;
  },
  (row) => row.task_id,
);

/** A person's accounts, oldest first. */
export const accountsByPerson = listByKey<AccountRow>(
  async (scope, personIds) => {
    const { rows } = await sql<AccountRow>`
      ${selectAccounts(scope)} where a.person_id = any(${[...personIds]}::bigint[]) order by a.id`.execute(
      sqlOf(scope),
    );
    return rows;
  },
  (row) => row.person_id,
);

/** The task of each system of a person: the open one, else the newest. */
export const standingTasksByPerson = listByKey<AccountTaskRow>(
  async (scope, personIds) => {
    const { rows } = await sql<AccountTaskRow>`
      select distinct on (t.person_id, t.system) t.* from account_task t
      where t.person_id = any(${[...personIds]}::bigint[])
      order by t.person_id, t.system, t.status ${endedTask}, t.id desc`.execute(sqlOf(scope));
    return rows;
  },
  (row) => row.person_id,
);

/** One request by its public id; null when there is none. */
export async function findRequest(scope: RequestScope, requestId: string): Promise<AccountRequestRow | null> {
  const { rows } =
    await sql<AccountRequestRow>`${selectRequests(scope)} where r.request_id = ${requestId}`.execute(
      sqlOf(scope),
    );
  const row = rows[0] ?? null;
  if (row !== null) requestById(scope).prime(row.id, row);
  return row;
}

/** One task by its public id; null when there is none. */
export async function findTask(scope: RequestScope, taskId: string): Promise<AccountTaskRow | null> {
  const { rows } = await sql<AccountTaskRow>`${selectTasks(scope)} where t.task_id = ${taskId}`.execute(
    sqlOf(scope),
  );
  return rows[0] ?? null;
}

/** One person by employee number, without regard to case; null when there is none. */
export async function findPerson(scope: RequestScope, employeeNumber: string): Promise<PersonRow | null> {
  if (!canBeStored(employeeNumber)) return null;
  const { rows } = await sql<PersonRow>`
    ${selectPeople(scope)} where lower(p.employee_number) = lower(${normaliseCompatibleText(employeeNumber)})`.execute(
    sqlOf(scope),
  );
  return rows[0] ?? null;
}
