import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ItemStatus } from '../../../domain/provisioning/states/states.ts';
import type { IntakeHeader, IntakeItem } from './intake-item.ts';
import type { KnownPerson } from './store-people.ts';

/** The first items of a request, by position, that have these states. */
export interface IntakeChunk {
  readonly requestId: string;
  readonly statuses: readonly ItemStatus[];
  readonly limit: number;
}

export function headerOf(requestId: string): RawBuilder<IntakeHeader> {
  return sql<IntakeHeader>`
    select id, origin_system, business_key, account_type, employee_type, system_list, priority, status,
      cancelled_at is not null as cancelled
    from account_request where id = ${requestId}::bigint`;
}

export function itemsOf(chunk: IntakeChunk): RawBuilder<IntakeItem> {
  return sql<IntakeItem>`
    select id, employee_number, employee_name, department_code, phone_number, partner_company, country, person_id
    ${fromChunk(chunk)}`;
}

/** Reads the people these items may be about and locks them, in the order of `lockAffected`. */
export function knownPeople(chunk: IntakeChunk): RawBuilder<KnownPerson> {
  return sql<KnownPerson>`
    select id, lower(employee_number) as key, full_name, english_name, person_pinyin_name
    from person where ${isOfChunk(chunk)} order by id for no key update`;
}

/** Locks the request, and all requests with items of these people, as `lockAffected` does. */
export function lockRequestsOf(chunk: IntakeChunk): RawBuilder<unknown> {
  return sql`
    select id from account_request where id = any(array(
      select ${chunk.requestId}::bigint union all
      select i.request_id from request_item i where i.status <> 'COMPLETED'
        and i.person_id = any(array(select id from person where ${isOfChunk(chunk)}))))
    order by id for no key update`;
}

function isOfChunk(chunk: IntakeChunk): RawBuilder<SqlBool> {
  return sql`lower(employee_number) = any(array(select lower(employee_number) ${fromChunk(chunk)}))`;
}

function fromChunk({ requestId, statuses, limit }: IntakeChunk): RawBuilder<unknown> {
  // Not `limit`: these are a request's next items, and one plan suits every request (statement-names.ts).
  return sql`from request_item where request_id = ${requestId}::bigint and status = any(${[...statuses]}::text[])
    order by position fetch first (${limit}::int) rows only`;
}
