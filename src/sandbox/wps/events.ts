import { z } from 'zod';
import type { PlayedAnswer } from '../playing/played-system.ts';
import { badParameter, done, found, listed, type WpsCall, wpsRefusal } from './answers.ts';
import type { CalendarStore, PlayedCalendar, PlayedEvent } from './store.ts';

const EVENTS_MAX = 100;
const EVENT_PAGE_MAX = 100;
const WINDOW_MAX_MS = 31 * 86_400_000;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

const moment = z.object({ datetime: z.string().regex(RFC_3339) });
const event = z.looseObject({
  summary: z.string().min(1),
  description: z.string().optional(),
  start_time: moment,
  end_time: moment,
  locations: z
    .array(z.object({ name: z.string() }))
    .max(1)
    .optional(),
  reminders: z
    .array(z.object({ minutes: z.int() }))
    .max(10)
    .optional(),
});
const many = z.object({ events: z.array(event).min(1).max(EVENTS_MAX) });

type Name = 'event-create' | 'event-create-many' | 'event-list' | 'event-update' | 'event-delete';

/** Events of a calendar. A batch is answered in an order of its own. */
export function playEvents(store: CalendarStore) {
  return (name: Name, calendar: PlayedCalendar, call: WpsCall): PlayedAnswer => {
    const { request, query, ids } = call;
    switch (name) {
      case 'event-create': {
        const asked = event.safeParse(request.body).data;
        return asked === undefined ? badParameter('event') : done(create(calendar, asked), 'created');
      }
      case 'event-create-many': {
        const asked = many.safeParse(request.body).data?.events;
        if (asked === undefined) return badParameter('events');
        return done({ items: asked.map((one) => create(calendar, one)).reverse() }, 'created');
      }
      case 'event-list':
        return list(calendar, query);
    }
    const known = calendar.events.get(ids[1] ?? '');
    if (known === undefined) return wpsRefusal(404, '404', 'event not found');
    if (name === 'event-delete') {
      store.apply({ what: 'event-gone', calendar: calendar.id, id: known.id });
      return done({}, 'deleted');
    }
    const changes = event.partial().safeParse(request.body).data;
    if (changes === undefined) return badParameter('event');
    const fields = { ...known.fields, ...changes };
    store.apply({ what: 'event', calendar: calendar.id, id: known.id, fields });
    return done(view(calendar, { id: known.id, fields }), 'updated');
  };

  function create(calendar: PlayedCalendar, fields: Record<string, unknown>) {
    const created = { id: store.newId('event'), fields };
    store.apply({ what: 'event', calendar: calendar.id, ...created });
    return view(calendar, created);
  }
}

function list(calendar: PlayedCalendar, query: URLSearchParams): PlayedAnswer {
  const [from, to] = [query.get('start_time') ?? '', query.get('end_time') ?? ''];
  if (!RFC_3339.test(from) || !RFC_3339.test(to)) return badParameter('start_time, end_time');
  const [start, end] = [Date.parse(from), Date.parse(to)];
  if (end < start || end - start > WINDOW_MAX_MS) return badParameter('the range is longer than 31 days');
  const inside = [...calendar.events.values()].filter((one) => {
    const times = event.safeParse(one.fields).data;
    if (times === undefined) return false;
    return Date.parse(times.start_time.datetime) <= end && Date.parse(times.end_time.datetime) >= start;
  });
  const shown = inside.map((one) => view(calendar, one));
  return shown.length === 0
    ? found({ next_page_token: '' })
    : listed(shown, { query, largest: EVENT_PAGE_MAX });
}

function view(calendar: PlayedCalendar, { id, fields }: PlayedEvent): Record<string, unknown> {
  return { ...fields, id, calendar_id: calendar.id, status: 'confirmed' };
}
