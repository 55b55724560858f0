import { sql } from 'kysely';
import { accountOfTask } from '../../entities/provisioning/task-states.ts';
import type { Sql } from '../../entities/tables.ts';

/** Tasks that a digest names; `tasks` lists all, by system and code. */
const NAMED_MAX = 10;

/**
 * Writes digest events of the tasks that failed before the present quarter of an hour: one per system and code, and
 * at most one of each per quarter. Removes the digested failures in the same transaction, and without an event those
 * that no longer fail. A task that failed twice counts once.
 */
export async function digestFailures(tx: Sql): Promise<void> {
  await sql`
    with quarter as (
      select date_bin('15 minutes', now(), timestamptz '2000-01-01 00:00:00+00') as start
    ), due as (
      select f.system, f.code, q.start, f.system || ':' || f.code || ':' || extract(epoch from q.start)::bigint as subject
      from task_failure f cross join quarter q where f.failed_at < q.start group by f.system, f.code, q.start
    ), gone as (
      delete from task_failure f using due d
      where f.system = d.system and f.code = d.code and f.failed_at < d.start and not exists (
        select 1 from notification_event e where e.type = 'task.failed' and e.subject = d.subject)
      returning f.*, d.subject
    ), standing as (
      select distinct on (g.subject, g.task_id) g.* from gone g
      join account_task t on t.task_id = g.task_id and t.status = 'FAILED' and t.system = g.system
        and coalesce(t.error_code, 'UNEXPECTED_ERROR') = g.code
      where not exists (${accountOfTask})
      order by g.subject, g.task_id, g.id desc
    )
    insert into notification_event (type, subject, data)
    select 'task.failed', subject, jsonb_build_object('system', system, 'code', code, 'count', count(*),
      'firstFailedAt', min(failed_at), 'lastFailedAt', max(failed_at),
      'taskIds', to_jsonb((array_agg(task_id order by id))[1:${sql.lit(NAMED_MAX)}]))
    from standing group by subject, system, code`.execute(tx);
}
