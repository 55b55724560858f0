import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { type RetentionDays, retentionInForce } from '../../domain/maintenance/retention.ts';
import type { Sql } from '../../entities/tables.ts';
import { inTransaction } from '../../entities/transaction.ts';
import type { Logger } from '../../logger.ts';
import { purgeAudit } from '../audit/purge-audit.ts';
import { JobInterrupted } from '../kit/interruption.ts';
import type { LiveSettings } from '../kit/live-settings.ts';
import { dueRequests, dueRows, itemsOfPurgedRequests } from './due-rows.ts';

export interface PurgeContext {
  readonly em: EntityManager;
  readonly settings: LiveSettings;
  readonly logger: Logger;
  /** Aborts when the process stops; the rest is for the next run. */
  readonly stopping: AbortSignal;
}

/** Rows per transaction: each takes a few hundred milliseconds at most, and locks nothing for longer. */
const BATCH = 2_000;
/** Requests per transaction: their people are counted in it. */
const REQUEST_BATCH = 100;

/** The days in force by the Settings. */
export function retentionOf(settings: LiveSettings): RetentionDays {
  const wanted = {
    requests: settings.get('retention_finished_requests_days'),
    attempts: settings.get('retention_attempts_days'),
    runs: settings.get('retention_runs_days'),
    audit: settings.get('retention_audit_days'),
    notifications: settings.get('retention_notifications_days'),
  };
  return retentionInForce(wanted, settings.get('retention_below_legal_minimum'));
}

/**
 * Removes what was kept long enough, in small transactions; names stay for ever. Safe to run twice, and to break off
 * anywhere: what is due is found from the rows.
 */
export async function purge(context: PurgeContext): Promise<void> {
  const days = retentionOf(context.settings);
  const removed: Record<string, number> = {};
  removed['account_request'] = await inBatches(context, REQUEST_BATCH, (tx) => reduceRequests(tx, days));
  removed['request_item'] = await inBatches(context, BATCH, (tx) =>
    deleteRows(tx, 'request_item', itemsOfPurgedRequests),
  );
  for (const { table, due } of dueRows)
    removed[table] = await inBatches(context, BATCH, (tx) => deleteRows(tx, table, due(days)));
  removed['audit_entry'] = await inBatches(context, 1, (tx) => purgeAudit(tx, days.audit));
  if (Object.values(removed).some((count) => count > 0)) context.logger.info({ removed }, 'purged');
}

/** Until a batch is not full. */
async function inBatches(
  { em, stopping }: PurgeContext,
  size: number,
  work: (tx: Sql) => Promise<number>,
): Promise<number> {
  let sum = 0;
  for (let count = size; count >= size; sum += count) {
    if (stopping.aborted) throw new JobInterrupted('the process stops');
    count = await inTransaction(em, work);
  }
  return sum;
}

/** Rows that somebody else holds are for the next run. */
async function deleteRows(tx: Sql, table: string, due: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql`
    delete from ${sql.table(table)} where id in (
      select id from ${sql.table(table)} where id in (${due} limit ${BATCH}) for update skip locked)
    returning id`.execute(tx);
  return rows.length;
}

/**
 * Leaves of requests their id, status and counts; from now on they say what was counted here. The key stays with the
 * request; what it was told with (errors with employee numbers, mail addresses) goes.
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
