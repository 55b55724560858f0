import { sql } from 'kysely';
import type { Sql } from '../../../src/entities/tables.ts';

/** I9: the last entry of the audit log about each thing says what its row says. */
export async function findUnaudited(db: Sql): Promise<string[]> {
  const { rows } = await sql<{ kind: string; id: string; is: string; told: string | null }>`
    with things(kind, id, "is") as (
      select 'REQUEST', request_id, jsonb_build_object('status', status, 'round', round) from account_request
      union all select 'REQUEST_ITEM', id::text, jsonb_strip_nulls(jsonb_build_object('status', status, 'errorCode', error_code))
        from request_item where status <> 'PENDING'
      union all select 'TASK', id::text, jsonb_strip_nulls(jsonb_build_object('status', status, 'errorCode', error_code))
        from account_task where status <> 'PROCESSING'
      union all select 'ACCOUNT', person_id || ':' || system, jsonb_build_object('state', state)
        from account where state <> 'PLANNED'
      union all select 'RUN', run_id, jsonb_strip_nulls(jsonb_build_object('status', status, 'errorCode', error_code))
        from sync_run
    )
    select t.kind, t.id, t."is"::text as "is", e.after::text as told from things t
    left join lateral (select e.after from audit_entry e
      where e.subject_kind = t.kind and e.subject_id = t.id order by e.id desc limit 1) e on true
    where not coalesce(e.after @> t."is" and (e.after ? 'errorCode') = (t."is" ? 'errorCode'), false)`.execute(
    db,
  );
  return rows.map(
    ({ kind, id, is, told }) => `I9: ${kind} ${id} is ${is}, the audit log says ${told ?? 'nothing'}`,
  );
}
