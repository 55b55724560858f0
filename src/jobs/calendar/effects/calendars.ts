import { sql } from 'kysely';
import { outsideTransaction } from '../../../entities/transaction.ts';
import type { RemoteCalendar, RemotePage } from '../../../integrations/contract/calendar-system.ts';
import { type CalendarRunContext, chunksOf, eachOf } from '../kit/run-context.ts';
import { effectItem } from '../planning/plan-items.ts';
import { isUncertain, itemFailure } from './item-failure.ts';
import { recordCalendars } from './record-effects.ts';

interface Wanted {
  readonly id: string;
  readonly offering: string;
  readonly title: string;
  readonly sentAt: string | null;
}

/** Lost answers of one create that are looked up and sent again; more are for a person. */
const TRIES = 3;
/** Creates noted in one transaction, so that a crash leaves few to look up. */
const NOTED_TOGETHER = 32;

/** How many calendars have to be created or renamed. */
export async function countCalendarWork(context: CalendarRunContext): Promise<number> {
  return (await readWanted(context)).length + (await readRenamed(context)).length;
}

/**
 * Creates the missing calendars. WPS has no key that would make a create safe to repeat, and no place for a marker.
 * All calendars are therefore listed before the first create is sent: after a lost answer, one that is not in that
 * list is ours.
 */
export async function createCalendars(context: CalendarRunContext): Promise<void> {
  const wanted = await readWanted(context);
  if (wanted.length === 0) return;
  const left = await adoptLost(context, wanted);
  for (const part of chunksOf(left, NOTED_TOGETHER)) {
    await noteSent(context, part);
    const lost: Wanted[] = [];
    await eachOf(part, context.access.width, async (calendar) => {
      if ((await createOne(context, calendar)) === 'lost') lost.push(calendar);
    });
    // Now that no other create is on its way, which could be taken for one of these.
    for (const calendar of lost) await createLost(context, calendar);
  }
}

/** Sends one create; `lost`: it is unknown whether it took effect. */
async function createOne(context: CalendarRunContext, calendar: Wanted): Promise<'settled' | 'lost'> {
  const { access, wps } = context;
  try {
    const created = await access.call('calendar-create', (call) => wps.createCalendar(calendar.title, call));
    await settle(context, calendar, created);
    return 'settled';
  } catch (error) {
    if (isUncertain(error)) return 'lost';
    await fail(context, calendar, itemFailure(error));
    return 'settled';
  }
}

/** Looks before it sends again. */
async function createLost(context: CalendarRunContext, calendar: Wanted): Promise<void> {
  const sent = { ...calendar, sentAt: new Date().toISOString() };
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    if ((await adoptLost(context, [sent])).length === 0) return;
    if ((await createOne(context, sent)) === 'settled') return;
  }
  await fail(context, calendar, { code: 'ANSWER_LOST', parameters: { system: context.wps.system } });
}

/**
 * Looks for calendars made by creates whose answer was lost: those with these titles that no offering has and that
 * did not exist before. Remembers the others as foreign, and returns the calendars still to be created.
 */
async function adoptLost(context: CalendarRunContext, wanted: readonly Wanted[]): Promise<Wanted[]> {
  const free = await unmappedCalendars(context);
  const left: Wanted[] = [];
  for (const calendar of wanted) {
    const found = calendar.sentAt === null ? -1 : free.findIndex(({ title }) => title === calendar.title);
    const [adopted] = found === -1 ? [] : free.splice(found, 1);
    if (adopted === undefined) left.push(calendar);
    else await settle(context, calendar, adopted);
  }
  return left;
}

/** Calendars at WPS that are no offering's of any term and that were not seen before a create, oldest first. */
async function unmappedCalendars(context: CalendarRunContext): Promise<RemoteCalendar[]> {
  const listed = await listCalendars(context);
  const { rows } = await sql<{ id: string }>`
    select r.id from unnest(${listed.map(({ id }) => id)}::text[]) as r(id)
    where not exists (select 1 from course_calendar c where c.wps_calendar_id = r.id)
      and not exists (select 1 from foreign_calendar f where f.wps_calendar_id = r.id)`.execute(
    outsideTransaction(context.em.fork()),
  );
  const unmapped = new Set(rows.map(({ id }) => id));
  return listed.filter(({ id }) => unmapped.has(id));
}

/** All calendars that WPS has. */
export async function listCalendars(context: CalendarRunContext): Promise<RemoteCalendar[]> {
  const { access, wps } = context;
  const all: RemoteCalendar[] = [];
  let page: string | null = null;
  do {
    const at: string | null = page;
    const { items, next }: RemotePage<RemoteCalendar> = await access.call('calendar-list', (call) =>
      wps.listCalendars(at, call),
    );
    all.push(...items);
    page = next;
  } while (page !== null);
  return all;
}

/** Notes that creates are about to be sent, and the calendars that existed before. */
async function noteSent(context: CalendarRunContext, calendars: readonly Wanted[]): Promise<void> {
  const first = calendars.filter(({ sentAt }) => sentAt === null);
  if (first.length === 0) return;
  await context.recorder.transaction(async (tx) => {
    await sql`
      update course_calendar set sent_at = clock_timestamp()
      where id = any(${first.map(({ id }) => id)}::bigint[]) and sent_at is null`.execute(tx);
  });
}

/** Remembers foreign calendars, which existed before this run created any. */
export async function noteForeign(context: CalendarRunContext): Promise<void> {
  const wanted = await readWanted(context);
  if (wanted.length === 0) return;
  // A calendar made by a create whose answer was lost is not foreign: sent titles are left to `adoptLost`.
  const sent = new Set(wanted.filter(({ sentAt }) => sentAt !== null).map(({ title }) => title));
  const foreign = (await unmappedCalendars(context)).filter(({ title }) => !sent.has(title));
  await context.recorder.transaction(async (tx) => {
    await sql`
      insert into foreign_calendar (wps_calendar_id) select id from unnest(${foreign.map(({ id }) => id)}::text[]) as r(id)
      on conflict do nothing`.execute(tx);
  });
}

async function settle(context: CalendarRunContext, calendar: Wanted, remote: RemoteCalendar): Promise<void> {
  const { id, offering, title } = calendar;
  const row = { id, state: 'ACTIVE', wpsCalendarId: remote.id, title, error: null } as const;
  await context.recorder.record({
    statements: [recordCalendars([row])],
    items: [effectItem('calendar', offering, 'CREATED', { wpsCalendarId: remote.id, title })],
    counts: [{ subject: 'calendars', name: 'created' }],
    done: 1,
  });
}

async function fail(
  context: CalendarRunContext,
  { id, offering }: Wanted,
  error: ReturnType<typeof itemFailure>,
): Promise<void> {
  const row = { id, state: 'FAILED', wpsCalendarId: null, title: null, error } as const;
  await context.recorder.record({
    statements: [recordCalendars([row])],
    items: [{ ...effectItem('calendar', offering, 'FAILED'), error }],
    counts: [{ subject: 'calendars', name: 'failed' }],
    done: 1,
    failed: 1,
  });
}

/** Gives calendars whose course was renamed their new title. */
export async function renameCalendars(context: CalendarRunContext): Promise<void> {
  const { access, wps, recorder } = context;
  await eachOf(await readRenamed(context), access.width, async (calendar) => {
    const { id, offering, title, remote, before } = calendar;
    try {
      await access.call('calendar-update', (call) => wps.renameCalendar(remote, title, call));
    } catch (error) {
      const failure = itemFailure(error);
      const row = { id, state: 'FAILED', wpsCalendarId: remote, title: before, error: failure } as const;
      return recorder.record({
        statements: [recordCalendars([row])],
        items: [{ ...effectItem('calendar', offering, 'FAILED', { title }), error: failure }],
        counts: [{ subject: 'calendars', name: 'failed' }],
        done: 1,
        failed: 1,
      });
    }
    const row = { id, state: 'ACTIVE', wpsCalendarId: remote, title, error: null } as const;
    return recorder.record({
      statements: [recordCalendars([row])],
      items: [effectItem('calendar', offering, 'UPDATED', { title, before })],
      counts: [{ subject: 'calendars', name: 'updated' }],
      done: 1,
    });
  });
}

async function readWanted(context: CalendarRunContext): Promise<Wanted[]> {
  const { rows } = await sql<Wanted>`
    select id, offering, desired_title as title, sent_at as "sentAt" from course_calendar
    where term_id = ${context.term.id}::bigint and wps_calendar_id is null and state in ('PENDING', 'FAILED')
    order by id`.execute(outsideTransaction(context.em.fork()));
  return rows;
}

async function readRenamed(context: CalendarRunContext) {
  const { rows } = await sql<{
    readonly id: string;
    readonly offering: string;
    readonly title: string;
    readonly before: string | null;
    readonly remote: string;
  }>`
    select id, offering, desired_title as title, title as before, wps_calendar_id as remote from course_calendar
    where term_id = ${context.term.id}::bigint and wps_calendar_id is not null and state <> 'DELETED'
      and title is distinct from desired_title
    order by id`.execute(outsideTransaction(context.em.fork()));
  return rows;
}
