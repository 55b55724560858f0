import { sql } from 'kysely';
import type { Sql } from '../../../entities/tables.ts';
import type { NewRunItem } from '../../runs/run-record.ts';
import { differing } from './differing.ts';

/** Stands as `created_by` on requests of the first system. */
export const FIRST_SYSTEM = 'first-system';

/**
 * Derives every request of the first system from the accounts that exist; says which were completed without them. Those
 * that were requested anew are derived from their tasks like any other.
 */
export async function deriveHistory(tx: Sql): Promise<NewRunItem[]> {
  await sql`
    update request_item i set settled_count = d.settled, status = d.status,
      error_code = case when d.status = 'FAILED' then 'FIRST_SYSTEM_UNVERIFIED' end,
      error_parameters = case when d.status = 'FAILED' then '{}'::jsonb end, updated_at = clock_timestamp()
    from (
      select i.id, count(a.id)::int as settled,
        case when count(a.id) = cardinality(q.system_list) then 'COMPLETED' else 'FAILED' end as status
      from request_item i join account_request q on q.id = i.request_id
      left join account a on a.person_id = i.person_id and a.system = any(q.system_list) and a.state = 'ACTIVE'
      where q.created_by = ${FIRST_SYSTEM} and q.purged_at is null and q.cancelled_at is not null
      group by i.id, q.system_list) d
    where d.id = i.id and (i.status, i.settled_count) is distinct from (d.status, d.settled)`.execute(tx);
  await sql`
    update account_request q set status = d.status from (
      select q.id, case when bool_and(i.status = 'COMPLETED') then 'COMPLETED'
        when bool_or(i.status = 'COMPLETED') then 'PARTIAL_FAILED' else 'FAILED' end as status
      from account_request q join request_item i on i.request_id = q.id
      where q.created_by = ${FIRST_SYSTEM} and q.purged_at is null and q.cancelled_at is not null group by q.id) d
    where d.id = q.id and q.status <> d.status`.execute(tx);
  const { rows } = await sql<{ requestId: string; count: number }>`
    select q.request_id as "requestId", count(*)::int as count
    from account_request q join first_system_row f on f.table_name = 'accountcreationrequest' and f.was = 'completed'
      and f.subject = q.request_id
    join request_item i on i.request_id = q.id and i.status <> 'COMPLETED'
    where q.created_by = ${FIRST_SYSTEM} group by q.request_id order by q.request_id`.execute(tx);
  return rows.map(({ requestId, count }) =>
    differing(requestId, 'FIRST_SYSTEM_COMPLETED_WITHOUT_ACCOUNTS', { requestId, count }),
  );
}
