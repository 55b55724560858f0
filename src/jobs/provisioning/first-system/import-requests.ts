import { sql } from 'kysely';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import { mapItem, mapRequest } from '../../../domain/provisioning/first-system/map-rows.ts';
import { rowError } from '../../../domain/provisioning/first-system/read-values.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { NewRunItem } from '../../runs/run-record.ts';
import { differing, type ImportContext, nothingNoted, type ReadRow, tableImport } from './table-import.ts';

type Request = ReadRow<ReturnType<typeof mapRequest>>;
type Item = ReadRow<ReturnType<typeof mapItem>>;

/** Stands as `created_by` on requests of the first system. */
export const FIRST_SYSTEM = 'first-system';

/**
 * Requests as history under their old ids. They are cancelled, so that nothing is planned for them, and keep no
 * idempotency key; what became of them is derived from the accounts that are found.
 */
export const requestsImport = tableImport({
  table: 'accountcreationrequest',
  map: mapRequest,
  remember: ({ request_id, was }) => ({ subject: request_id, was }),
  store: storeRequests,
});

async function storeRequests({ tx, dry }: ImportContext, rows: readonly Request[]) {
  if (dry) return nothingNoted;
  await sql`
    insert into account_request as q (request_id, origin_system, business_key, account_type, employee_type, system_list,
      priority, derived_key, input_fingerprint, key_released_at, status, total_users, created_by, cancelled_at,
      created_at, updated_at, completed_at)
    select request_id, origin_system, business_key, account_type, employee_type, system_list, 'NORMAL', request_id,
      'first-system:' || request_id, now(), 'FAILED', total_users, ${FIRST_SYSTEM}, now(), coalesce(created_at, now()),
      coalesce(updated_at, now()), coalesce(completed_at, now())
    from json_to_recordset(${JSON.stringify(rows.map(({ value }) => value))}::json) as r(request_id text,
      origin_system text, business_key text, account_type text, employee_type text, system_list text[], total_users int,
      created_at timestamptz, updated_at timestamptz, completed_at timestamptz)
    order by created_at nulls first, request_id
    on conflict (request_id) do update set updated_at = excluded.updated_at, completed_at = excluded.completed_at,
      total_users = excluded.total_users
    where q.created_by = ${FIRST_SYSTEM}`.execute(tx);
  return nothingNoted;
}

/** The people of those requests. */
export const itemsImport = tableImport({
  table: 'accountcreationrequestitem',
  map: mapItem,
  store: storeItems,
});

async function storeItems({ tx, dry }: ImportContext, rows: readonly Item[]) {
  if (dry) return nothingNoted;
  const json = JSON.stringify(rows.map(({ key, value }, place) => ({ key, place, ...value })));
  const given = sql`json_to_recordset(${json}::json) as r(key text, place int, request_id text, employee_number text,
    employee_name text, department_code text, phone_number text, partner_company text, country text, created_at timestamptz)`;
  await sql`
    insert into request_item (request_id, position, employee_number, employee_name, department_code, phone_number,
      partner_company, country, status, person_id, error_code, error_parameters, created_at, updated_at)
    select q.id, coalesce((select max(i.position) + 1 from request_item i where i.request_id = q.id), 0)
        + row_number() over (partition by q.id order by r.place) - 1,
      r.employee_number, r.employee_name, r.department_code, r.phone_number, r.partner_company, r.country, 'FAILED',
      p.id, 'FIRST_SYSTEM_UNVERIFIED', '{}', coalesce(r.created_at, now()), coalesce(r.created_at, now())
    from ${given} join account_request q on q.request_id = r.request_id and q.created_by = ${FIRST_SYSTEM}
    left join person p on lower(p.employee_number) = lower(r.employee_number) and p.erased_at is null
    where not exists (select 1 from request_item i where i.request_id = q.id
      and lower(i.employee_number) = lower(r.employee_number))
    on conflict (request_id, lower(employee_number)) do nothing`.execute(tx);
  const { rows: known } = await sql<{ key: string }>`
    select r.key from ${given} join account_request q on q.request_id = r.request_id and q.created_by = ${FIRST_SYSTEM}
    join request_item i on i.request_id = q.id and lower(i.employee_number) = lower(r.employee_number)`.execute(
    tx,
  );
  const found = new Set(known.map(({ key }) => key));
  const refused = new Map<string, StoredError>();
  for (const { key } of rows) if (!found.has(key)) refused.set(key, rowError('NO_REQUEST', {}));
  return { refused, noted: [] };
}

/** Derives every request of the first system from the accounts that exist; says which were completed without them. */
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
      where q.created_by = ${FIRST_SYSTEM} and q.purged_at is null
      group by i.id, q.system_list) d
    where d.id = i.id and (i.status, i.settled_count) is distinct from (d.status, d.settled)`.execute(tx);
  await sql`
    update account_request q set status = d.status from (
      select q.id, case when bool_and(i.status = 'COMPLETED') then 'COMPLETED'
        when bool_or(i.status = 'COMPLETED') then 'PARTIAL_FAILED' else 'FAILED' end as status
      from account_request q join request_item i on i.request_id = q.id
      where q.created_by = ${FIRST_SYSTEM} and q.purged_at is null group by q.id) d
    where d.id = q.id and q.status <> d.status`.execute(tx);
  const { rows } = await sql<{ requestId: string; count: number }>`
    select q.request_id as "requestId", count(*)::int as count
    from account_request q join first_system_row f on f.table_name = 'accountcreationrequest' and f.was = 'completed'
      and f.subject = q.request_id
    join request_item i on i.request_id = q.id and i.status <> 'COMPLETED'
    where q.created_by = ${FIRST_SYSTEM} group by q.request_id order by q.request_id limit 10000`.execute(tx);
  return rows.map(({ requestId, count }) =>
    differing(requestId, 'FIRST_SYSTEM_COMPLETED_WITHOUT_ACCOUNTS', { requestId, count }),
  );
}
