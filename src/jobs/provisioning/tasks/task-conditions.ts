import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { allErrors } from '../../../domain/catalogue/all-errors.ts';
import type { FixBy } from '../../../domain/errors/error-entry.ts';
import type { TaskStatus } from '../../../domain/provisioning/states/states.ts';
import { normaliseCompatibleText } from '../../../domain/text/text.ts';
import { activeAccount } from '../../../entities/provisioning/task-states.ts';

/** Which tasks: all given conditions must hold; absent or null: no condition; an empty list matches nothing. */
export interface TaskFilter {
  readonly system?: readonly string[] | null | undefined;
  readonly status?: readonly TaskStatus[] | null | undefined;
  readonly taskIds?: readonly string[] | null | undefined;
  readonly originSystem?: string | null | undefined;
  readonly fixBy?: readonly FixBy[] | null | undefined;
  readonly employeeNumber?: string | null | undefined;
  readonly requestId?: string | null | undefined;
  readonly errorCode?: readonly string[] | null | undefined;
  readonly waitingFor?: string | null | undefined;
  /** RFC 3339. */
  readonly updatedAfter?: string | null | undefined;
  readonly updatedBefore?: string | null | undefined;
}

/** True when the filter would take every task there is. */
export function isEmptyFilter(filter: TaskFilter): boolean {
  return Object.values(filter).every((value) => value == null);
}

/** The filter as conditions on the row `t` of account_task. */
export function taskConditions(filter: TaskFilter): RawBuilder<SqlBool>[] {
  const { system, status, employeeNumber, requestId, errorCode, waitingFor, updatedAfter, updatedBefore } =
    filter;
  const { taskIds, originSystem, fixBy } = filter;
  if ([employeeNumber, requestId, originSystem].some((text) => text?.includes('\0') === true))
    return [sql<SqlBool>`false`];

  const conditions: RawBuilder<SqlBool>[] = [];
  if (system != null) conditions.push(sql`t.system = any(${[...system]}::text[])`);
  if (status != null) conditions.push(sql`t.status = any(${[...status]}::text[])`);
  if (employeeNumber != null)
    conditions.push(sql`t.person_id in (select p.id from person p
      where lower(p.employee_number) = lower(${normaliseCompatibleText(employeeNumber)}))`);
  if (requestId != null)
    conditions.push(sql`t.id in (select l.task_id from request_item_task l join request_item i on i.id = l.item_id
      join account_request r on r.id = i.request_id where r.request_id = ${requestId})`);
  if (errorCode != null) {
    const codes = errorCode.filter((code) => !code.includes('\0'));
    conditions.push(
      sql`t.error_code = any(${codes}::text[]) and t.status in ('RETRY', 'UNCERTAIN', 'FAILED')`,
    );
  }
  if (taskIds != null) conditions.push(sql`t.task_id = any(${taskIds.filter(isStorable)}::text[])`);
  if (originSystem != null)
    conditions.push(sql`exists (select 1 from request_item_task l join request_item i on i.id = l.item_id
      join account_request r on r.id = i.request_id where l.task_id = t.id and r.origin_system = ${originSystem})`);
  if (fixBy != null)
    conditions.push(
      sql`t.error_code = any(${codesOf(fixBy)}::text[]) and t.status in ('RETRY', 'UNCERTAIN', 'FAILED')`,
    );
  if (waitingFor != null)
    conditions.push(sql`t.status = 'WAITING' and ${waitingFor} = any(t.depends_on_systems)
      and not exists (${activeAccount(sql.ref('t.person_id'), sql`${waitingFor}`)})`);
  if (updatedAfter != null) conditions.push(sql`t.updated_at > ${updatedAfter}::timestamptz`);
  if (updatedBefore != null) conditions.push(sql`t.updated_at < ${updatedBefore}::timestamptz`);
  return conditions;
}

function isStorable(text: string): boolean {
  return !text.includes('\0');
}

/** Codes of errors that one of these can put right. */
function codesOf(fixBy: readonly FixBy[]): string[] {
  return Object.entries(allErrors).flatMap(([code, entry]) => (fixBy.includes(entry.fixBy) ? [code] : []));
}
