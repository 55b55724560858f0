import { type RawBuilder, sql } from 'kysely';
import type { RetentionDays } from '../../domain/maintenance/retention.ts';
import type { Sql } from '../../entities/tables.ts';
import { dueSeals } from '../audit/purge-audit.ts';

/** A table whose rows are deleted when they are old enough. */
export interface DueRows {
  readonly table: string;
  /** `select id` of the rows that are due, oldest first. */
  readonly due: (days: RetentionDays) => RawBuilder<unknown>;
}

function before(days: number): RawBuilder<unknown> {
  return sql`now() - ${days}::int * interval '1 day'`;
}

const openTask = sql`t.status not in ('COMPLETED', 'FAILED', 'CANCELLED')`;

/**
 * Requests whose people go. One that any open task of theirs may still revive stays as it is: its items are how the
 * task finds back.
 */
export function dueRequests(days: RetentionDays): RawBuilder<unknown> {
  return sql`
    select r.id from account_request r
    where r.completed_at < ${before(days.requests)} and r.purged_at is null and not exists (
      select 1 from request_item i join request_item_task l on l.item_id = i.id join account_task t on t.id = l.task_id
      where i.request_id = r.id and ${openTask})
    order by r.completed_at`;
}

/** Items of the requests above, once these say so. */
export const itemsOfPurgedRequests = sql`
  select i.id from request_item i join account_request r on r.id = i.request_id where r.purged_at is not null`;

/** Everything else that is purged: whole rows, nothing of them remains. */
export const dueRows: readonly DueRows[] = [
  {
    // Attempts of a task that is open count against its limit.
    table: 'task_attempt',
    due: (days) => sql`
      select a.id from task_attempt a join account_task t on t.id = a.task_id
      where a.started_at < ${before(days.attempts)} and a.finished_at < ${before(days.attempts)} and not (${openTask})`,
  },
  {
    // The last run of each kind stays: it says whether the next one is a change.
    table: 'sync_run',
    due: (days) => sql`
      select r.id from sync_run r where r.finished_at < ${before(days.runs)} and exists (
        select 1 from sync_run later where later.kind = r.kind and later.scope = r.scope and later.id > r.id
          and later.mode = 'RUN' and later.finished_at is not null)`,
  },
  {
    table: 'setting_change',
    due: (days) => sql`select c.id from setting_change c where c.changed_at < ${before(days.audit)}`,
  },
  {
    // With its deliveries.
    table: 'notification_event',
    due: (days) => sql`
      select e.id from notification_event e
      where e.occurred_at < ${before(days.notifications)} and e.relayed_at is not null and not exists (
        select 1 from notification_delivery d where d.event_id = e.id and d.next_attempt_at is not null)`,
  },
];

/** How many rows are due in each table; only looks. */
export async function countDueRows(
  db: Sql,
  days: RetentionDays,
): Promise<{ readonly table: string; readonly rows: number }[]> {
  const counted = [
    { table: 'account_request', rows: await count(db, dueRequests(days)) },
    {
      table: 'request_item',
      rows: await count(
        db,
        sql`
        select i.id from request_item i where i.request_id in (${dueRequests(days)}) union all ${itemsOfPurgedRequests}`,
      ),
    },
  ];
  counted.push({ table: 'audit_entry', rows: await countSealed(db, days) });
  for (const { table, due } of dueRows) counted.push({ table, rows: await count(db, due(days)) });
  return counted;
}

async function countSealed(db: Sql, days: RetentionDays): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select coalesce(sum(d.entries), 0)::int as count from (${dueSeals(days.audit)}) d`.execute(db);
  return rows[0]?.count ?? 0;
}

async function count(db: Sql, ids: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (${ids}) as due`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}
