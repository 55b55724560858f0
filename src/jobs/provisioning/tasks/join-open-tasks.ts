import { sql } from 'kysely';
import { openTask } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';

/** Links the items of these tasks to the task that is open for the same account; returns the pairs. */
export async function joinOpenTasks(
  tx: Sql,
  taskIds: readonly string[],
): Promise<readonly { readonly id: string; readonly open: string }[]> {
  const { rows } = await sql<{ id: string; open: string }>`
    with other as (
      select t.id, o.id as open from account_task t
      join account_task o on o.person_id = t.person_id and o.system = t.system and o.id <> t.id
        and o.status ${openTask}
      where t.id = any(${[...taskIds]}::bigint[])
    ), linked as (
      insert into request_item_task (item_id, task_id)
      select l.item_id, other.open from other join request_item_task l on l.task_id = other.id
      on conflict do nothing
    )
    select id, open from other`.execute(tx);
  return rows;
}

/** Makes the cancelled requests of these tasks open again; returns their items. */
export async function reviveItems(tx: Sql, taskIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string; request_id: string }>`
    select i.id, i.request_id from request_item_task l join request_item i on i.id = l.item_id
    where l.task_id = any(${[...taskIds]}::bigint[])`.execute(tx);
  await sql`
    update account_request set cancelled_at = null
    where id = any(${rows.map((row) => row.request_id)}::bigint[]) and cancelled_at is not null`.execute(tx);
  return rows.map((row) => row.id);
}
