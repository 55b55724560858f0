import { sql } from 'kysely';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import { mapItem, mapRequest } from '../../../domain/provisioning/first-system/map-rows.ts';
import { rowError } from '../../../domain/provisioning/first-system/read-values.ts';
import { FIRST_SYSTEM } from '../claims/derive-history.ts';
import { type ImportContext, nothingNoted, type ReadRow, tableImport } from './table-import.ts';

type Request = ReadRow<ReturnType<typeof mapRequest>>;
type Item = ReadRow<ReturnType<typeof mapItem>>;

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
