import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Sql } from '../../../entities/tables.ts';
import type { ItemTotals } from '../rows/request-loaders.ts';
import { type AccountRequestRow, selectEveryRequest } from '../rows/rows.ts';
import type { TaskCountShape } from '../tasks/task-counts.ts';

/** A request at one moment. */
export interface ProgressSnapshot {
  readonly request: AccountRequestRow;
  readonly totals: readonly ItemTotals[];
  readonly tasks: readonly TaskCountShape[];
  /** When its items last changed, as Postgres prints it; null when it has none. */
  readonly mark: string | null;
}

type SnapshotRow = AccountRequestRow & Omit<ProgressSnapshot, 'request'>;

/** Reads a request and all its counts in one statement, so that they are of one moment. */
export async function readProgress(db: Sql, requestId: string): Promise<ProgressSnapshot | null> {
  const [snapshot = null] = await readProgresses(db, sql`r.request_id = ${requestId}`, 1);
  return snapshot;
}

/** The newest requests `r` that meet the condition, each as `readProgress` gives it, in one statement for all. */
export async function readProgresses(
  db: Sql,
  condition: RawBuilder<SqlBool>,
  limit: number,
): Promise<ProgressSnapshot[]> {
  const { rows } = await sql<SnapshotRow>`
    select request.*, coalesce(purged.items, items.totals) as totals, items.mark, coalesce(purged.tasks, tasks.tasks) as tasks
    from (${selectEveryRequest} where ${condition} order by r.id desc limit ${limit}) as request
    cross join lateral (
      select max(grouped.mark)::text as mark, coalesce(json_agg(json_build_object('request_id', request.id::text,
        'status', grouped.status, 'count', grouped.count, 'settled', grouped.settled) order by grouped.status), '[]') as totals
      from (
        select i.status, count(*) as count, sum(i.settled_count) as settled, max(i.updated_at) as mark
        from request_item i where i.request_id = request.id group by i.status) as grouped
    ) as items
    cross join lateral (
      select coalesce(json_agg(json_build_object('system', grouped.system, 'status', grouped.status,
        'count', grouped.count) order by grouped.system, grouped.status), '[]') as tasks
      from (
        select t.system, t.status, count(*) as count from request_item i
        join request_item_task l on l.item_id = i.id join account_task t on t.id = l.task_id
        where i.request_id = request.id group by t.system, t.status) as grouped
    ) as tasks
    cross join lateral (
      select p.purged_counts::json->'items' as items, p.purged_counts::json->'tasks' as tasks
      from account_request p where p.id = request.id
    ) as purged
    order by request.id desc`.execute(db);
  return rows.map(({ totals, mark, tasks, ...request }) => ({ request, totals, mark, tasks }));
}
