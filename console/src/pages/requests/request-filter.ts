import type { RequestFilter, RequestStatus } from '../../api/generated/graphql.ts';
import { dayBounds } from '../../parts/days.ts';
import { several } from '../../parts/fields.tsx';
import type { Search } from '../../parts/go.tsx';
import { systems } from '../../text/systems.ts';

export const requestStatuses = [
  'PENDING',
  'PROCESSING',
  'COMPLETED',
  'PARTIAL_FAILED',
  'FAILED',
  'CANCELLED',
] as const satisfies readonly RequestStatus[];

/** The filter that an address holds. */
export function requestFilterOf(search: Search, zone: string): RequestFilter {
  const status = several(search['status'], requestStatuses);
  return { ...withoutStatus(search, zone), ...(status && { status: [...status] }) };
}

/** The same for all states, whose counts stand on the tabs. */
export function withoutStatus(search: Search, zone: string): RequestFilter {
  const system = several(search['system'], systems);
  const from = dayBounds(search['from'], zone)?.from;
  const to = dayBounds(search['to'], zone)?.to;
  return {
    ...(system && { system: [...system] }),
    ...(search['origin'] && { originSystem: search['origin'] }),
    ...(search['key'] && { search: search['key'] }),
    ...(search['code'] && { errorCode: search['code'].split(',') }),
    ...(search['number'] && { employeeNumber: search['number'] }),
    ...(search['by'] && { createdBy: search['by'] }),
    ...(from && { createdAfter: from }),
    ...(to && { createdBefore: to }),
  };
}
