import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../../../entities/transaction.ts';

const openTask = sql`t.status in ('PENDING', 'WAITING', 'PROCESSING', 'RETRY', 'UNCERTAIN')`;
const openRequest = sql`r.status in ('PENDING', 'PROCESSING')`;

/** `select system, status, count` of all tasks: open ones are counted, ended ones were counted as they ended. */
export const tasksByState: RawBuilder<unknown> = sql`
  select t.system, t.status, count(*)::int as count from account_task t where ${openTask} group by t.system, t.status
  union all ${ended('TASK')}`;

/** `select status, count` of all requests. */
export const requestsByState: RawBuilder<unknown> = sql`
  select r.status, count(*)::int as count from account_request r where ${openRequest} group by r.status
  union all select c.status, c.count from (${ended('REQUEST')}) c`;

function ended(kind: 'TASK' | 'REQUEST'): RawBuilder<unknown> {
  return sql`select e.system, e.status, sum(e.count)::int as count from ended_count e where e.kind = ${kind}
    group by e.system, e.status having sum(e.count) > 0`;
}

/** Adds up what statements have added. Two processes at once are harmless: a row is taken by one of them. */
export async function addUpEndedCounts(db: Executor): Promise<void> {
  await sql`
    with taken as (delete from ended_count returning kind, system, status, count)
    insert into ended_count (kind, system, status, count)
      select kind, system, status, sum(count) from taken group by kind, system, status having sum(count) <> 0`.execute(
    db,
  );
}
