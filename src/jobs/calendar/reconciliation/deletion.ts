import { sql } from 'kysely';
import { externalIdsIn } from '../../../domain/calendar/external-id.ts';
import { outsideTransaction } from '../../../entities/transaction.ts';
import { eventsAround } from '../effects/event-windows.ts';
import { itemFailure } from '../effects/item-failure.ts';
import { listMembers } from '../effects/list-members.ts';
import { findLost, inTurn, readWanted, unmappedCalendars } from '../effects/lost-calendars.ts';
import { clearLeftovers } from '../kit/clear-leftovers.ts';
import { notifyFinished } from '../kit/notify.ts';
import { type CalendarRunContext, eachOf } from '../kit/run-context.ts';
import { effectItem } from '../planning/plan-items.ts';
import type { RunStages } from '../planning/stage.ts';
import { daysOf, type TermCalendar, termCalendars } from './term-calendars.ts';

/** How many entries of others go with each calendar: those who plan a deletion have to know. */
async function countForeign(context: CalendarRunContext): Promise<void> {
  const { recorder, access, run } = context;
  const lost = await takeUpLost(context);
  const calendars = [...(await termCalendars(context)), ...lost];
  recorder.setTotal(calendars.length);
  let foreign = 0;
  await eachOf(calendars, access.width, async (calendar) => {
    const found = await foreignIn(context, calendar);
    foreign += found.events + found.members;
    if (run.mode === 'DRY_RUN') {
      recorder.summary.calendars.deleted += 1;
      const payload = { title: calendar.title, foreignEvents: found.events, foreignMembers: found.members };
      await recorder.record({
        items: [effectItem('calendar', calendar.offering, 'WOULD_DELETE', payload)],
        done: 1,
      });
    } else await recorder.record({ done: 1 });
  });
  await recorder.transaction(async (tx) => {
    await sql`
      update sync_run set summary = summary || jsonb_build_object('foreign', ${foreign}::int)
      where id = ${run.id}::bigint`.execute(tx);
  });
}

/**
 * Looks for what creates of this term made whose answer was lost, and records it, so that it is deleted with the
 * others. A dry run records nothing; it gets what was found.
 */
async function takeUpLost(context: CalendarRunContext): Promise<TermCalendar[]> {
  const sent = (await readWanted(context)).filter(({ sentAt }) => sentAt !== null);
  if (sent.length === 0) return [];
  const look = async () => findLost(sent, await unmappedCalendars(context)).found;
  if (context.run.mode === 'DRY_RUN') {
    const found = await look();
    return found.map(([{ id, offering }, { id: remoteId, title }]) => {
      return { id, offering, remoteId, title, startsAt: null, endsAt: null };
    });
  }
  await inTurn(context, async () => {
    const rows = (await look()).map(([{ id }, { id: wpsCalendarId, title }]) => {
      return { id, state: 'ACTIVE', wpsCalendarId, title, error: null } as const;
    });
    if (rows.length > 0) await context.recorder.record({ calendars: rows });
  });
  return [];
}

async function foreignIn(
  context: CalendarRunContext,
  calendar: TermCalendar,
): Promise<{ readonly events: number; readonly members: number }> {
  try {
    const events = await eventsAround(
      context,
      calendar.remoteId,
      daysOf(calendar, context.wps.limits.windowDays),
    );
    const { rows } = await sql<{ user_no: string }>`
      select user_no from calendar_member where calendar_id = ${calendar.id}::bigint`.execute(
      outsideTransaction(context.em.fork()),
    );
    const ours = new Set(rows.map((row) => row.user_no));
    const members = await listMembers(context, calendar.remoteId);
    return {
      events: events.filter(({ description }) => externalIdsIn(description).length === 0).length,
      members: members.filter(({ userNo, role }) => !ours.has(userNo) && role !== 'OWNER').length,
    };
  } catch (error) {
    if (itemFailure(error).code !== 'MISSING_REMOTE') throw error;
    return { events: 0, members: 0 };
  }
}

/** Deletes every calendar of the term with all that is in it; one that is gone already is done. */
async function deleteCalendars(context: CalendarRunContext): Promise<void> {
  const { recorder, access, run, wps } = context;
  if (run.mode === 'DRY_RUN') return;
  const calendars = await termCalendars(context);
  recorder.setTotal(calendars.length);
  await eachOf(calendars, access.width, async ({ id, offering, remoteId, title }) => {
    try {
      await access.call('calendar-delete', (call) => wps.deleteCalendar(remoteId, call));
    } catch (error) {
      const failure = itemFailure(error);
      const row = { id, state: 'FAILED', wpsCalendarId: remoteId, title, error: failure } as const;
      return recorder.record({
        calendars: [row],
        items: [{ ...effectItem('calendar', offering, 'FAILED'), error: failure }],
        counts: [{ subject: 'calendars', name: 'failed' }],
        done: 1,
        failed: 1,
      });
    }
    const row = { id, state: 'DELETED', wpsCalendarId: null, title: null, error: null } as const;
    return recorder.record({
      calendars: [row],
      statements: emptied(id),
      items: [effectItem('calendar', offering, 'DELETED', { wpsCalendarId: remoteId })],
      counts: [{ subject: 'calendars', name: 'deleted' }],
      done: 1,
    });
  });
}

/** The calendar's contents are gone with it; a later full run plans its offering anew. */
function emptied(id: string) {
  return [
    sql`
      update lesson_block set event_state = 'DELETED', wps_event_id = null, pushed_hash = null, sent_at = null
      where calendar_id = ${id}::bigint`,
    sql`
      update calendar_member set state = 'REMOVED', actual_role = null, permission_id = null, desired_role = null
      where calendar_id = ${id}::bigint`,
    sql`
      update timetable_offering o set lessons_print = null, enrolments_print = null from course_calendar c
      where c.id = ${id}::bigint and o.term_id = c.term_id and o.offering = c.offering`,
  ];
}

/** Deletes the calendars of a term; a dry run lists them and counts the foreign content in them. */
export const deletionStages: RunStages = {
  planned: 'acts',
  plan: [
    { key: 'prepare.term', work: clearLeftovers },
    { key: 'count', work: countForeign },
  ],
  act: [
    { key: 'delete', work: deleteCalendars },
    { key: 'finish.report', work: async (context) => context.recorder.advance(1) },
    { key: 'finish.notify', work: notifyFinished },
  ],
};
