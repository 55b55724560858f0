import { setTimeout as delay } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import { outsideTransaction } from '../../../entities/transaction.ts';
import type { RemoteCalendar, RemotePage } from '../../../integrations/contract/calendar-system.ts';
import type { CalendarRunContext } from '../kit/run-context.ts';

/** A calendar that is to be made. */
export interface Wanted {
  readonly id: string;
  readonly offering: string;
  /** The title of the create that was sent, or the one it should have. */
  readonly title: string;
  /** When its first create was sent; null: none was. */
  readonly sentAt: string | null;
  /** Calendars of this title that were there before: they are not what the create made. */
  readonly existing: readonly string[];
}

/** How soon a run asks again whether no other run makes calendars. */
const TURN_LOOK_MS = 500;

/** A title that a create was sent with whose answer is not known: a calendar of it may be what the create made. */
export const isSentTitle = (title: RawBuilder<unknown>): RawBuilder<boolean> => sql`
  exists (select 1 from course_calendar s where coalesce(s.sent_title, s.desired_title) = ${title}
    and s.sent_at is not null and s.wps_calendar_id is null)`;

/** The calendars of the term that are to be made. */
export async function readWanted({ em, term }: CalendarRunContext): Promise<Wanted[]> {
  const { rows } = await sql<Wanted>`
    select id, offering, coalesce(sent_title, desired_title) as title, sent_at as "sentAt", existing_ids as existing
    from course_calendar
    where term_id = ${term.id}::bigint and wps_calendar_id is null and state in ('PENDING', 'FAILED')
    order by id`.execute(outsideTransaction(em.fork()));
  return rows;
}

/**
 * Works while no other run makes calendars: a calendar whose answer another run still waits for has no mark by which
 * it could be told from one whose answer was lost. A run that ended, in whatever way, has given its turn back.
 */
export async function inTurn<T>(context: CalendarRunContext, work: () => Promise<T>): Promise<T> {
  const { recorder, run, stopping } = context;
  for (let mine = false; !mine; ) {
    await recorder.transaction(async (tx) => {
      const { rows } = await sql`
        insert into calendar_turn as t (run_id) values (${run.id}::bigint)
        on conflict (one) do update set run_id = excluded.run_id
        where t.run_id = excluded.run_id
          or not exists (select 1 from sync_run r where r.id = t.run_id and r.status = 'RUNNING')
        returning 1`.execute(tx);
      mine = rows.length > 0;
    });
    if (!mine) await delay(TURN_LOOK_MS, undefined, { signal: stopping });
  }
  const result = await work();
  await recorder.transaction(async (tx) => {
    await sql`delete from calendar_turn where run_id = ${run.id}::bigint`.execute(tx);
  });
  return result;
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

/** Calendars at WPS that are no offering's of any term and are not known to be foreign, oldest first. */
export async function unmappedCalendars(context: CalendarRunContext): Promise<RemoteCalendar[]> {
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

/**
 * Remembers what is there before the first create is sent. A calendar that a create of any term may have made is not
 * foreign: it is left to that term, and is none of this one's.
 */
export async function noteExisting(
  context: CalendarRunContext,
  unmapped: readonly RemoteCalendar[],
): Promise<void> {
  if (unmapped.length === 0) return;
  const there = sql`json_to_recordset(${JSON.stringify(unmapped)}::json) as r(id text, title text)`;
  await context.recorder.transaction(async (tx) => {
    await sql`
      update course_calendar c set existing_ids = e.ids
      from (select title, array_agg(id) as ids from ${there} group by title) e
      where c.term_id = ${context.term.id}::bigint and c.desired_title = e.title
        and c.wps_calendar_id is null and c.sent_at is null`.execute(tx);
    await sql`
      insert into foreign_calendar (wps_calendar_id) select r.id from ${there}
      where not ${isSentTitle(sql`r.title`)}
      on conflict do nothing`.execute(tx);
  });
}

/**
 * What creates made whose answer was lost: of each title, calendars that no offering has and that were not there
 * before, the oldest first.
 */
export function findLost(
  wanted: readonly Wanted[],
  unmapped: readonly RemoteCalendar[],
): { readonly found: readonly (readonly [Wanted, RemoteCalendar])[]; readonly left: readonly Wanted[] } {
  const free = [...unmapped];
  const found: [Wanted, RemoteCalendar][] = [];
  const left: Wanted[] = [];
  for (const calendar of wanted) {
    const { sentAt, title, existing } = calendar;
    const at =
      sentAt === null ? -1 : free.findIndex((each) => each.title === title && !existing.includes(each.id));
    const [remote] = at === -1 ? [] : free.splice(at, 1);
    if (remote === undefined) left.push(calendar);
    else found.push([calendar, remote]);
  }
  return { found, left };
}
