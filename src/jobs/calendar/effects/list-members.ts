import type { RemoteMember, RemotePage } from '../../../integrations/contract/calendar-system.ts';
import type { CalendarRunContext } from '../kit/run-context.ts';

/** All permissions of a calendar. */
export async function listMembers(context: CalendarRunContext, calendar: string): Promise<RemoteMember[]> {
  const { access, wps } = context;
  const all: RemoteMember[] = [];
  let page: string | null = null;
  do {
    const at: string | null = page;
    const { items, next }: RemotePage<RemoteMember> = await access.call('member-list', (call) =>
      wps.listMembers(calendar, at, call),
    );
    all.push(...items);
    page = next;
  } while (page !== null);
  return all;
}
