import { type RawBuilder, sql } from 'kysely';
import type { ItemStatus } from '../../domain/provisioning/states.ts';
import { prepared } from '../../entities/prepared.ts';
import type { IntakeHeader, IntakeItem } from './intake-item.ts';
import type { KnownPerson } from './store-people.ts';

/** The first items of a request, by position, that stand so. */
export interface IntakeChunk {
  readonly requestId: string;
  readonly statuses: readonly ItemStatus[];
  readonly limit: number;
}

export function headerOf(requestId: string): RawBuilder<IntakeHeader> {
  return sql<IntakeHeader>`
    ${prepared('intake-header')}
    select id, origin_system, business_key, account_type, employee_type, system_list, priority, status,
      cancelled_at is not null as cancelled
    from account_request where id = ${requestId}::bigint`;
}

export function itemsOf(chunk: IntakeChunk): RawBuilder<IntakeItem> {
  return sql<IntakeItem>`
    ${prepared('intake-items')}
    select id, employee_number, employee_name, department_code, phone_number, partner_company, country, person_id
    ${fromChunk(chunk)}`;
}

/** The people these items may be about. */
export function knownPeople(chunk: IntakeChunk): RawBuilder<KnownPerson> {
  return sql<KnownPerson>`
    ${prepared('intake-people')}
    select id, lower(employee_number) as key, full_name, english_name, person_pinyin_name
    from person where lower(employee_number) = any(array(select lower(employee_number) ${fromChunk(chunk)}))`;
}

function fromChunk({ requestId, statuses, limit }: IntakeChunk): RawBuilder<unknown> {
  return sql`from request_item where request_id = ${requestId}::bigint and status = any(${[...statuses]}::text[])
    order by position limit ${limit}::int`;
}
