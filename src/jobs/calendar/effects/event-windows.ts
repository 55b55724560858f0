import type { RemoteEvent, RemotePage, TimeWindow } from '../../../integrations/contract/calendar-system.ts';
import type { CalendarRunContext } from '../kit/run-context.ts';

const DAY_MS = 86_400_000;

interface Moments {
  readonly startsAt: string;
  readonly endsAt: string;
}

/** The events of a calendar around these moments: each is listed once, however many windows it touches. */
export async function eventsAround(
  context: CalendarRunContext,
  calendar: string,
  moments: readonly Moments[],
): Promise<RemoteEvent[]> {
  const found = new Map<string, RemoteEvent>();
  for (const window of windowsOver(moments, context.wps.limits.windowDays))
    for (const event of await listWindow(context, calendar, window)) found.set(event.id, event);
  return [...found.values()];
}

/** The fewest windows of at most `days` days that cover all of these. */
export function windowsOver(moments: readonly Moments[], days: number): TimeWindow[] {
  const spans = moments
    .map(({ startsAt, endsAt }) => ({ from: Date.parse(startsAt), to: Date.parse(endsAt) }))
    .sort((a, b) => a.from - b.from);
  const windows: { from: number; to: number }[] = [];
  for (const { from, to } of spans) {
    const last = windows.at(-1);
    if (last !== undefined && to - last.from < days * DAY_MS) last.to = Math.max(last.to, to);
    else windows.push({ from, to });
  }
  return windows.map(({ from, to }) => ({ from: rfc3339(from), to: rfc3339(to) }));
}

async function listWindow(
  context: CalendarRunContext,
  calendar: string,
  window: TimeWindow,
): Promise<RemoteEvent[]> {
  const { access, wps } = context;
  const all: RemoteEvent[] = [];
  let page: string | null = null;
  do {
    const at: string | null = page;
    const { items, next }: RemotePage<RemoteEvent> = await access.call('event-list', (call) =>
      wps.listEvents(calendar, window, at, call),
    );
    all.push(...items);
    page = next;
  } while (page !== null);
  return all;
}

/** In the school's zone, whole seconds. */
function rfc3339(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+08:00');
}
