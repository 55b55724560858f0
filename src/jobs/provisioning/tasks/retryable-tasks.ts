import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { accountOfTask, endedWithout, openTask } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';

/** A task that ended without an account, and the item that wants it. */
export interface RetryableTask {
  readonly item: string;
  readonly task: string;
  readonly status: 'FAILED' | 'CANCELLED';
}

/** The newest task of each item and system that ended without an account. `items` speaks of the item `i`. */
export async function findRetryable(
  tx: Sql,
  options: { readonly items: RawBuilder<SqlBool>; readonly systems: readonly string[] },
): Promise<RetryableTask[]> {
  const { rows } = await sql<RetryableTask>`
    select distinct on (i.id, t.system) i.id as item, t.id as task, t.status
    from request_item i join request_item_task l on l.item_id = i.id join account_task t on t.id = l.task_id
    where ${options.items} and t.system = any(${[...options.systems]}::text[])
      and not exists (${accountOfTask})
      and not exists (select 1 from request_item_task m join account_task o on o.id = m.task_id
        where m.item_id = i.id and o.system = t.system and not o.status ${endedWithout})
    order by i.id, t.system, t.id desc`.execute(tx);
  return rows;
}

/** Links items to an open task of another request for the same account; returns how many were linked. */
export async function shareOpenTasks(tx: Sql, wanted: readonly RetryableTask[]): Promise<number> {
  const { rows } = await sql`
    insert into request_item_task (item_id, task_id)
    select r.item, o.id from json_to_recordset(${JSON.stringify(wanted)}::json) as r(item bigint, task bigint)
    join account_task t on t.id = r.task
    join account_task o on o.person_id = t.person_id and o.system = t.system and o.id <> t.id
      and o.status ${openTask}
    on conflict do nothing returning item_id`.execute(tx);
  return rows.length;
}

/** Makes a cancelled request open again, because a part of it is wanted after all. */
export async function uncancel(tx: Sql, requestId: string): Promise<void> {
  await sql`update account_request set cancelled_at = null where id = ${requestId}::bigint`.execute(tx);
}
