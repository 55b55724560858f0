import { type SqlBool, sql } from 'kysely';
import type { TaskStatus } from '../../domain/provisioning/states.ts';
import { normaliseCompatibleText } from '../../domain/provisioning/text.ts';
import { needs } from '../access/rules.ts';
import { PAGE_MAX, parsePage } from '../connection.ts';
import { type Condition, readListing } from '../listing.ts';
import type { SchemaParts } from '../parts.ts';
import { canBeStored } from '../text-filter.ts';
import { findTask } from './row-loaders.ts';
import { taskListing } from './task-listing.ts';

/** The queries `task` and `tasks`. */
export function addTaskQueries({ builder, enums, connections, arguments: shared }: SchemaParts): void {
  const taskFilter = builder.inputType('TaskFilter', {
    description: 'All given conditions must hold. Absent: no condition; an empty list matches nothing.',
    fields: (t) => ({
      system: t.field({ type: [enums.accountSystem], description: 'In one of these systems.' }),
      status: t.field({ type: [enums.taskStatus], description: 'In one of these states.' }),
      employeeNumber: t.string({ description: 'Of this person, without regard to case.' }),
      requestId: t.string({ description: 'Wanted by an item of this request.' }),
      errorCode: t.stringList({ description: 'Whose lastError has one of these codes.' }),
      waitingFor: t.field({
        type: enums.accountSystem,
        description: 'WAITING because the person has no active account in this system.',
      }),
      updatedAfter: t.field({ type: 'DateTime', description: 'Changed after this moment.' }),
    }),
  });
  builder.queryFields((t) => ({
    task: t.field({
      ...needs('requests:read'),
      type: 'AccountTask',
      nullable: true,
      description: 'One task; null when unknown.',
      args: { taskId: t.arg.string({ required: true, description: 'Public id of the task.' }) },
      resolve: (_root, { taskId }, scope) => (canBeStored(taskId) ? findTask(scope, taskId) : null),
    }),
    tasks: t.field({
      ...needs('requests:read'),
      type: connections.tasks,
      description: 'Tasks, newest first.',
      args: { ...shared.page, filter: t.arg({ type: taskFilter, description: 'Narrows the list.' }) },
      complexity: ({ first, last }) => ({ field: 1, multiplier: first ?? last ?? 1 }),
      resolve: (_root, { filter, ...args }, scope) => {
        const page = parsePage(args, { list: taskListing.list, max: PAGE_MAX });
        return readListing(scope, taskListing, { page, conditions: taskConditions(filter ?? {}) });
      },
    }),
  }));
}

interface TaskFilter {
  readonly system?: readonly string[] | null | undefined;
  readonly status?: readonly TaskStatus[] | null | undefined;
  readonly employeeNumber?: string | null | undefined;
  readonly requestId?: string | null | undefined;
  readonly errorCode?: readonly string[] | null | undefined;
  readonly waitingFor?: string | null | undefined;
  readonly updatedAfter?: string | null | undefined;
}

function taskConditions(filter: TaskFilter): Condition[] {
  const { system, status, employeeNumber, requestId, errorCode, waitingFor, updatedAfter } = filter;
  if ([employeeNumber, requestId].some((text) => text != null && !canBeStored(text)))
    return [sql<SqlBool>`false`];

  const conditions: Condition[] = [];
  if (system != null) conditions.push(sql`t.system = any(${[...system]}::text[])`);
  if (status != null) conditions.push(sql`t.status = any(${[...status]}::text[])`);
  if (employeeNumber != null)
    conditions.push(sql`t.person_id in (select p.id from person p
      where lower(p.employee_number) = lower(${normaliseCompatibleText(employeeNumber)}))`);
  if (requestId != null)
    conditions.push(sql`t.id in (select l.task_id from request_item_task l join request_item i on i.id = l.item_id
      join account_request r on r.id = i.request_id where r.request_id = ${requestId})`);
  if (errorCode != null)
    conditions.push(sql`t.error_code = any(${errorCode.filter(canBeStored)}::text[])
      and t.status in ('RETRY', 'UNCERTAIN', 'FAILED')`);
  if (waitingFor != null)
    conditions.push(sql`t.status = 'WAITING' and ${waitingFor} = any(t.depends_on_systems)
      and not exists (select 1 from account a
        where a.person_id = t.person_id and a.system = ${waitingFor} and a.state = 'ACTIVE')`);
  if (updatedAfter != null) conditions.push(sql`t.updated_at > ${updatedAfter}::timestamptz`);
  return conditions;
}
