import { sql } from 'kysely';
import { outsideTransaction } from '../../../entities/transaction.ts';
import type { CalendarRunContext } from '../kit/run-context.ts';

/** A calendar that WPS should have. */
export interface TermCalendar {
  readonly id: string;
  readonly offering: string;
  readonly remoteId: string;
  readonly title: string | null;
  /** First and last moment of its blocks; null when it has none. */
  readonly startsAt: string | null;
  readonly endsAt: string | null;
}

/** The calendars of the term that are at WPS, as far as we recorded. */
export async function termCalendars({ em, term }: CalendarRunContext): Promise<TermCalendar[]> {
  const { rows } = await sql<TermCalendar>`
    select c.id, c.offering, c.wps_calendar_id as "remoteId", c.title,
      to_char(min(b.starts_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startsAt",
      to_char(max(b.ends_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "endsAt"
    from course_calendar c left join lesson_block b on b.calendar_id = c.id and b.removed_at is null
    where c.term_id = ${term.id}::bigint and c.wps_calendar_id is not null
    group by c.id order by c.id`.execute(outsideTransaction(em.fork()));
  return rows;
}

const DAY_MS = 86_400_000;

/** Moments over which a calendar's events are listed: all days from its first block to its last. */
export function daysOf({ startsAt, endsAt }: TermCalendar, windowDays: number) {
  if (startsAt === null || endsAt === null) return [];
  const moments: { startsAt: string; endsAt: string }[] = [];
  const step = (windowDays - 1) * DAY_MS;
  for (let from = Date.parse(startsAt) - DAY_MS; from <= Date.parse(endsAt); from += step) {
    const to = Math.min(from + step, Date.parse(endsAt) + DAY_MS);
    moments.push({ startsAt: new Date(from).toISOString(), endsAt: new Date(to).toISOString() });
  }
  return moments;
}
