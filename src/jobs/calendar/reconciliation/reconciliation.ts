import { sql } from 'kysely';
import {
  compareEvents,
  compareMembers,
  type Finding,
  type RecordedEvent,
  type RecordedMember,
} from '../../../domain/calendar/reconcile.ts';
import { outsideTransaction } from '../../../entities/transaction.ts';
import { createCalendars, renameCalendars } from '../effects/calendars.ts';
import { eventsAround } from '../effects/event-windows.ts';
import { createEvents, deleteEvents, updateEvents } from '../effects/events.ts';
import { itemFailure } from '../effects/item-failure.ts';
import { listMembers } from '../effects/list-members.ts';
import { isSentTitle, listCalendars } from '../effects/lost-calendars.ts';
import { addMembers, addOwners, changeRoles, removeMembers } from '../effects/members.ts';
import { clearLeftovers } from '../kit/clear-leftovers.ts';
import { notifyFinished } from '../kit/notify.ts';
import { type CalendarRunContext, eachOf } from '../kit/run-context.ts';
import { lookUpUsers } from '../planning/look-up-users.ts';
import type { RunStages } from '../planning/stage.ts';
import { closeUnseen, markRepaired, storeFindings } from './findings.ts';
import { deleteOrphans, takeAsFound } from './repair.ts';
import { daysOf, termCalendars } from './term-calendars.ts';

/** Compares the existence and the titles of calendars. */
async function compareCalendars(context: CalendarRunContext): Promise<void> {
  const { recorder } = context;
  const recorded = await termCalendars(context);
  const present = await listCalendars(context);
  recorder.setTotal(recorded.length);
  const there = new Map(present.map((calendar) => [calendar.id, calendar]));
  const findings = recorded.flatMap(({ id, offering, remoteId, title }): Finding[] => {
    const calendar = there.get(remoteId);
    const about = { subject: 'CALENDAR', key: `calendar:${offering}`, row: id, remoteId } as const;
    if (calendar === undefined) return [{ kind: 'MISSING_REMOTE', ...about, details: { offering, title } }];
    if (calendar.title === title) return [];
    return [{ kind: 'DRIFT', ...about, details: { offering, title, there: calendar.title } }];
  });
  await storeFindings(context, [...findings, ...(await unmapped(context, present))]);
  recorder.advance(recorded.length);
}

/**
 * Calendars that belong to no offering: ours by their title and the time they appeared, or foreign. One that a create
 * may have made whose answer is not known is taken up when calendars are created.
 */
async function unmapped(
  { em, term }: CalendarRunContext,
  present: readonly { readonly id: string; readonly title: string }[],
): Promise<Finding[]> {
  const { rows } = await sql<{ id: string; title: string; ours: boolean }>`
    select r.id, r.title, not exists (select 1 from foreign_calendar f where f.wps_calendar_id = r.id)
      and exists (select 1 from course_calendar c where c.term_id = ${term.id}::bigint
        and r.title in (c.title, c.desired_title)) as ours
    from json_to_recordset(${JSON.stringify(present)}::json) as r(id text, title text)
    where not exists (select 1 from course_calendar c where c.wps_calendar_id = r.id)
      and not ${isSentTitle(sql`r.title`)}`.execute(outsideTransaction(em.fork()));
  return rows.map(({ id, title, ours }) => ({
    kind: ours ? 'ORPHAN_REMOTE' : 'FOREIGN',
    subject: 'CALENDAR',
    key: `calendar:wps:${id}`,
    row: null,
    remoteId: id,
    details: { title },
  }));
}

/** Compares the contents of each calendar, events or members. A calendar that is gone has its own finding. */
async function compareContents(
  context: CalendarRunContext,
  compare: (calendar: Awaited<ReturnType<typeof termCalendars>>[number]) => Promise<Finding[]>,
): Promise<void> {
  const { recorder, access } = context;
  const calendars = await termCalendars(context);
  recorder.setTotal(calendars.length);
  await eachOf(calendars, access.width, async (calendar) => {
    try {
      await storeFindings(context, await compare(calendar), calendar.id);
    } catch (error) {
      if (itemFailure(error).code !== 'MISSING_REMOTE') throw error;
    }
    await recorder.record({ done: 1 });
  });
}

function compareEventsOf(context: CalendarRunContext): Promise<void> {
  const { windowDays } = context.wps.limits;
  return compareContents(context, async (calendar) => {
    const { rows } = await sql<RecordedEvent>`
      select id as row, external_id as "externalId", wps_event_id as "remoteId", content from lesson_block
      where calendar_id = ${calendar.id}::bigint and wps_event_id is not null
        and pushed_hash = content_hash and removed_at is null`.execute(outsideTransaction(context.em.fork()));
    const present = await eventsAround(context, calendar.remoteId, daysOf(calendar, windowDays));
    return compareEvents(calendar.offering, rows, present);
  });
}

function compareMembersOf(context: CalendarRunContext): Promise<void> {
  return compareContents(context, async (calendar) => {
    const { rows } = await sql<RecordedMember>`
      select id as row, user_no as "userNo", actual_role as "actualRole" from calendar_member
      where calendar_id = ${calendar.id}::bigint`.execute(outsideTransaction(context.em.fork()));
    return compareMembers(calendar.offering, rows, await listMembers(context, calendar.remoteId));
  });
}

/** Repairs differences with the calls of every other run; foreign objects stay as they are. */
async function repair(context: CalendarRunContext): Promise<void> {
  await closeUnseen(context);
  if (context.run.mode === 'RUN') {
    await takeAsFound(context);
    await deleteOrphans(context);
    await lookUpUsers(context);
    await createCalendars(context);
    await renameCalendars(context);
    await addOwners(context);
    await removeMembers(context);
    await changeRoles(context);
    await addMembers(context);
    await createEvents(context);
    await updateEvents(context);
    await deleteEvents(context);
    await markRepaired(context);
  }
}

/** Compares a term with WPS; DRY_RUN reports, RUN repairs as well. */
export const reconciliationStages: RunStages = {
  planned: 'acts',
  plan: [
    { key: 'prepare.term', work: clearLeftovers },
    { key: 'compare.calendars', work: compareCalendars },
    { key: 'compare.events', work: compareEventsOf },
    { key: 'compare.members', work: compareMembersOf },
  ],
  act: [
    { key: 'repair', work: repair },
    { key: 'finish.report', work: async (context) => context.recorder.advance(1) },
    { key: 'finish.notify', work: notifyFinished },
  ],
};
