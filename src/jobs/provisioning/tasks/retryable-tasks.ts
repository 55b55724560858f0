import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { isPersonErased } from '../../../entities/people/erased-person.ts';
import { accountOfTask, endedWithout, openTask } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';

/** A task that ended without an account, and the item that wants it. */
export interface RetryableTask {
  readonly item: string;
  readonly task: string;
  readonly status: 'FAILED' | 'CANCELLED';
}

/**
 * The newest task of each item and system that ended without an account. `items` speaks of the item `i`; `endedBefore`
 * (a time as Postgres prints it) leaves out what ended later.
 */
export async function findRetryable(tx: Sql, options: RetryableOptions): Promise<RetryableTask[]> {
  const { rows } = await retryable(options).execute(tx);
  return rows;
}

/** Which tasks; `systems` are those that are wanted. */
export interface RetryableOptions {
  readonly items: RawBuilder<SqlBool>;
  readonly systems: readonly string[];
  readonly endedBefore?: string;
}

function retryable({ items, systems, endedBefore }: RetryableOptions): RawBuilder<RetryableTask> {
  return sql<RetryableTask>`
    select distinct on (i.id, t.system) i.id as item, t.id as task, t.status
    from request_item i join request_item_task l on l.item_id = i.id join account_task t on t.id = l.task_id
    where ${items} and t.system = any(${[...systems]}::text[])
      and not exists (${accountOfTask})
      and not exists (select 1 from request_item_task m join account_task o on o.id = m.task_id
        where m.item_id = i.id and o.system = t.system and (not o.status ${endedWithout}
            ${endedBefore === undefined ? sql`` : sql`or o.completed_at >= ${endedBefore}::timestamptz`}))
    order by i.id, t.system, t.id desc`;
}

/**
 * Opens the items whose tasks a retry will open or share, before it does: only the accounts that exist stay counted as
 * settled, since whatever else waited for those tasks moves again too. Returns how many items, and how many tasks
 * `requeueTasks` will open. The caller holds the lock of the request; `all` are its systems.
 */
export async function reopenItems(
  tx: Sql,
  options: RetryableOptions & { readonly all: readonly string[] },
): Promise<{ readonly items: number; readonly opened: number }> {
  const { rows } = await sql<{ items: number; opened: number }>`
    with wanted as materialized (
      select w.item, f.person_id, f.system, open.found as shared
      from (${retryable(options)}) w join account_task f on f.id = w.task,
        lateral (select exists (select 1 from account_task o
          where o.person_id = f.person_id and o.system = f.system and o.status ${openTask}) as found) open
      where open.found or not ${isPersonErased(sql.ref('f.person_id'))}
    ), opened as (
      update request_item i set error_code = null, error_parameters = null, updated_at = clock_timestamp(),
        status = case when i.status ${endedWithout} then 'TASK_CREATED' else i.status end,
        settled_count = least(i.settled_count, (select count(*) from account a
          where a.person_id = i.person_id and a.state = 'ACTIVE' and a.system = any(${[...options.all]}::text[])))
      where i.id in (select item from wanted) returning i.id
    )
    select (select count(*)::int from opened) as items,
      (select count(distinct (person_id, system))::int from wanted where not shared) as opened`.execute(tx);
  return rows[0] ?? { items: 0, opened: 0 };
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
