import { sql } from 'kysely';
import { outsideTransaction } from '../../../entities/transaction.ts';
import type { RemoteCalendar } from '../../../integrations/contract/calendar-system.ts';
import { type CalendarRunContext, chunksOf, eachOf } from '../kit/run-context.ts';
import { effectItem } from '../planning/plan-items.ts';
import { isUncertain, itemFailure } from './item-failure.ts';
import { recordOrUndo } from './late-creates.ts';
import {
  findLost,
  inTurn,
  noteExisting,
  readWanted,
  unmappedCalendars,
  type Wanted,
} from './lost-calendars.ts';

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
  await inTurn(context, async () => {
    const unmapped = await unmappedCalendars(context);
    await noteExisting(context, unmapped);
    const left = await adopt(context, findLost(wanted, unmapped));
    for (const part of chunksOf(left, NOTED_TOGETHER)) await createPart(context, part);
  });
}

async function createPart(context: CalendarRunContext, part: readonly Wanted[]): Promise<void> {
  await noteSent(context, part);
  const lost: string[] = [];
  await eachOf(part, context.access.width, async (calendar) => {
    if ((await createOne(context, calendar)) === 'lost') lost.push(calendar.id);
  });
  if (lost.length === 0) return;
  // Now that no other create is on its way, which could be taken for one of these.
  for (const calendar of await readWanted(context))
    if (lost.includes(calendar.id)) await createLost(context, calendar);
}

/** Sends one create; `lost`: it is unknown whether it took effect. */
async function createOne(context: CalendarRunContext, calendar: Wanted): Promise<'settled' | 'lost'> {
  const { access, wps } = context;
  try {
    const created = await access.call('calendar-create', (call) => wps.createCalendar(calendar.title, call));
    await recordOrUndo(context, [{ row: calendar.id, remoteId: created.id }], {
      record: () => settle(context, calendar, created),
      table: 'course_calendar',
      undo: (id) => access.call('calendar-delete', (call) => wps.deleteCalendar(id, call)),
    });
    return 'settled';
  } catch (error) {
    if (isUncertain(error)) return 'lost';
    await fail(context, calendar, itemFailure(error));
    return 'settled';
  }
}

/** Looks before it sends again. */
async function createLost(context: CalendarRunContext, calendar: Wanted): Promise<void> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const left = await adopt(context, findLost([calendar], await unmappedCalendars(context)));
    if (left.length === 0 || (await createOne(context, calendar)) === 'settled') return;
  }
  await fail(context, calendar, { code: 'ANSWER_LOST', parameters: { system: context.wps.system } });
}

/** Takes what was found for ours; returns the calendars still to be created. */
async function adopt(
  context: CalendarRunContext,
  { found, left }: ReturnType<typeof findLost>,
): Promise<readonly Wanted[]> {
  for (const [calendar, remote] of found) await settle(context, calendar, remote);
  return left;
}

/** Notes that creates are about to be sent, and with which title. */
async function noteSent(context: CalendarRunContext, calendars: readonly Wanted[]): Promise<void> {
  const first = calendars.filter(({ sentAt }) => sentAt === null);
  if (first.length === 0) return;
  await context.recorder.transaction(async (tx) => {
    await sql`
      update course_calendar set sent_at = clock_timestamp(), sent_title = desired_title
      where id = any(${first.map(({ id }) => id)}::bigint[]) and sent_at is null`.execute(tx);
  });
}

async function settle(context: CalendarRunContext, calendar: Wanted, remote: RemoteCalendar): Promise<void> {
  const { id, offering, title } = calendar;
  const row = { id, state: 'ACTIVE', wpsCalendarId: remote.id, title, error: null } as const;
  await context.recorder.record({
    calendars: [row],
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
    calendars: [row],
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
        calendars: [row],
        items: [{ ...effectItem('calendar', offering, 'FAILED', { title }), error: failure }],
        counts: [{ subject: 'calendars', name: 'failed' }],
        done: 1,
        failed: 1,
      });
    }
    const row = { id, state: 'ACTIVE', wpsCalendarId: remote, title, error: null } as const;
    return recorder.record({
      calendars: [row],
      items: [effectItem('calendar', offering, 'UPDATED', { title, before })],
      counts: [{ subject: 'calendars', name: 'updated' }],
      done: 1,
    });
  });
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
