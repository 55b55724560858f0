import type { TaskFilter, TaskStatus } from '../../api/generated/graphql.ts';
import { dayBounds } from '../../parts/days.ts';
import { oneOf, several } from '../../parts/fields.tsx';
import type { Search } from '../../parts/go.tsx';
import { systems } from '../../text/systems.ts';

export const taskStatuses = [
  'PENDING',
  'WAITING',
  'PROCESSING',
  'RETRY',
  'UNCERTAIN',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
] as const satisfies readonly TaskStatus[];

/** The filter that an address holds. */
export function taskFilterOf(search: Search, zone: string): TaskFilter {
  const system = several(search['system'], systems);
  const status = several(search['status'], taskStatuses);
  const fixBy = several(search['fixBy'], ['CALLER', 'OPERATOR', 'UPSTREAM_OWNER', 'NOBODY'] as const);
  const waitingFor = oneOf(search['waitingFor'], systems);
  const from = dayBounds(search['from'], zone)?.from;
  const to = dayBounds(search['to'], zone)?.to;
  return {
    ...(system && { system: [...system] }),
    ...(status && { status: [...status] }),
    ...(waitingFor && { waitingFor }),
    ...(fixBy && { fixBy: [...fixBy] }),
    ...(search['origin'] && { originSystem: search['origin'] }),
    ...(search['number'] && { employeeNumber: search['number'] }),
    ...(search['requestId'] && { requestId: search['requestId'] }),
    ...(search['errorCode'] && { errorCode: search['errorCode'].split(',') }),
    ...(from && { updatedAfter: from }),
    ...(to && { updatedBefore: to }),
  };
}
