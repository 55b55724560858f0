import { type RawBuilder, sql } from 'kysely';
import type { RetentionDays } from '../../../domain/maintenance/retention.ts';
import { endedTask, openTask } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { COUNTED_MAX, daysAgo, type RetentionRule } from '../../maintenance/retention-rule.ts';

/** Requests per transaction: their people are counted in it. */
const REQUEST_BATCH = 100;

/**
 * Requests whose people are purged. A request that an open task may still revive is left out: the task finds it by
 * its items: asked of one request after another (`offset 0`), since a batch is a hundred of them and a join reads all links.
 */
function dueRequests(days: RetentionDays): RawBuilder<unknown> {
  return sql`${unorderedDueRequests(days)} order by r.completed_at`;
}

function unorderedDueRequests(days: RetentionDays): RawBuilder<unknown> {
  return sql`
    select r.id from account_request r
    where r.completed_at < ${daysAgo(days.requests)} and r.purged_at is null and not exists (
      select 1 from request_item i join request_item_task l on l.item_id = i.id join account_task t on t.id = l.task_id
      where i.request_id = r.id and t.status ${openTask} offset 0)`;
}

/** Items of requests that are marked as purged. */
const itemsOfPurgedRequests = sql`
  select i.id from request_item i join account_request r on r.id = i.request_id where r.purged_at is not null`;

/** Requests, their people and attempts of area 1. */
export const provisioningRetention: readonly RetentionRule[] = [
  {
    table: 'account_request',
    due: dueRequests,
    counted: unorderedDueRequests,
    remove: reduceRequests,
    batch: REQUEST_BATCH,
  },
  {
    table: 'request_item',
    due: () => itemsOfPurgedRequests,
    // Request by request, so that counting can stop.
    counted: (days) => sql`
      select i.id from (${unorderedDueRequests(days)} limit ${COUNTED_MAX + 1}) r
        join lateral (select i.id from request_item i where i.request_id = r.id offset 0) i on true
      union all ${itemsOfPurgedRequests}`,
  },
  {
    // Attempts of an open task stay, because they count against its limit.
    table: 'task_attempt',
    due: (days) => sql`
      select a.id from task_attempt a join account_task t on t.id = a.task_id
      where a.started_at < ${daysAgo(days.attempts)} and a.finished_at < ${daysAgo(days.attempts)} and t.status ${endedTask}`,
  },
];

/**
 * Reduces requests to id, status, counts and key; the counts stay as they are now. Errors with employee numbers and
 * mail addresses are removed.
 */
async function reduceRequests(tx: Sql, days: RetentionDays): Promise<number> {
  const { rows } = await sql`
    with due as (
      select id from account_request where id in (${dueRequests(days)} limit ${REQUEST_BATCH}) for update skip locked
    ), items as (
      select request_id, jsonb_agg(jsonb_build_object('status', status, 'count', count, 'settled', settled)
        order by status) as totals
      from (select i.request_id, i.status, count(*) as count, sum(i.settled_count) as settled
        from request_item i join due on due.id = i.request_id group by i.request_id, i.status) as grouped
      group by request_id
    ), tasks as (
      select request_id, jsonb_agg(jsonb_build_object('system', system, 'status', status, 'count', count)
        order by system, status) as totals
      from (select i.request_id, t.system, t.status, count(*) as count
        from request_item i join due on due.id = i.request_id join request_item_task l on l.item_id = i.id
        join account_task t on t.id = l.task_id group by i.request_id, t.system, t.status) as grouped
      group by request_id
    ), errors as (
      select request_id, jsonb_agg(jsonb_build_object('system', system, 'code', code, 'count', count)
        order by count desc, system, code) as totals
      from (select i.request_id, i.error_parameters->>'system' as system, i.error_code as code, count(*) as count
        from request_item i join due on due.id = i.request_id
        where i.status = 'FAILED' and i.error_code is not null group by 1, 2, 3) as grouped
      group by request_id
    )
    update account_request r set purged_at = clock_timestamp(), user_errors = '[]', notify = null,
      purged_counts = jsonb_build_object('items', coalesce(items.totals, '[]'), 'tasks', coalesce(tasks.totals, '[]'),
        'errors', coalesce(errors.totals, '[]'))
    from due left join items on items.request_id = due.id left join tasks on tasks.request_id = due.id
      left join errors on errors.request_id = due.id
    where r.id = due.id returning r.id`.execute(tx);
  return rows.length;
}
