import { sql } from 'kysely';
import type { EventContent } from '../../../domain/calendar/event-content.ts';
import { carriesMarker } from '../../../domain/calendar/external-id.ts';
import type { RemoteEvent } from '../../../integrations/contract/calendar-system.ts';
import { type CalendarRunContext, chunksOf, eachOf } from '../kit/run-context.ts';
import { effectItem } from '../planning/plan-items.ts';
import { eventsAround } from './event-windows.ts';
import { isRefused, isUncertain, itemFailure } from './item-failure.ts';
import { recordOrUndo } from './late-creates.ts';
import { readWantedEvents, type WantedEvent } from './wanted-events.ts';

interface Matched {
  readonly event: WantedEvent;
  readonly remote: RemoteEvent;
}

/** Lost answers of one batch that are looked up and sent again; more are for a person. */
const TRIES = 4;
/** Calendars whose creates are noted in one transaction, so that a crash leaves few to look up. */
const NOTED_TOGETHER = 32;

/**
 * Creates the missing events, in batches per calendar. Events that were sent before and not confirmed are looked up
 * first: the description of an event of ours names its block.
 */
export async function createEvents(context: CalendarRunContext): Promise<void> {
  const byCalendar = [...Map.groupBy(await readWantedEvents(context, 'create'), ({ calendar }) => calendar)];
  for (const part of chunksOf(byCalendar, NOTED_TOGETHER)) {
    await noteSent(
      context,
      part.flatMap(([, events]) => events),
    );
    await eachOf(part, context.access.width, async ([calendar, events]) => {
      const left = await adoptSent(
        context,
        calendar,
        events.filter(({ sent }) => sent),
      );
      const wanted = [...left, ...events.filter(({ sent }) => !sent)];
      for (const batch of chunksOf(wanted, context.wps.limits.eventsPerCall))
        await createBatch(context, calendar, batch);
    });
  }
}

async function createBatch(
  context: CalendarRunContext,
  calendar: string,
  batch: readonly WantedEvent[],
): Promise<void> {
  const { access, wps } = context;
  let left = batch;
  for (let attempt = 1; attempt <= TRIES && left.length > 0; attempt += 1) {
    const sending = left;
    try {
      const contents = sending.map(({ content }) => content);
      const created = await access.call('event-create', (call) => wps.createEvents(calendar, contents, call));
      left = await settleMatching(context, sending, created, { alike: isAnswerTo, madeIn: calendar });
    } catch (error) {
      if (isRefused(error)) return await splitRefused(context, calendar, sending, error);
      if (!isUncertain(error)) throw error;
    }
    // An event that the answer did not confirm may exist all the same.
    if (left.length > 0) left = await adoptSent(context, calendar, left);
  }
  await failEvents(context, left, { code: 'EVENT_UNCONFIRMED', parameters: { system: wps.system } });
}

/** The refusal of a batch names no event: the batch is halved until each refused event is alone. */
async function splitRefused(
  context: CalendarRunContext,
  calendar: string,
  batch: readonly WantedEvent[],
  error: unknown,
): Promise<void> {
  const failure = itemFailure(error);
  // A calendar that is gone refuses everything.
  if (batch.length <= 1 || failure.code === 'MISSING_REMOTE') return failEvents(context, batch, failure);
  const middle = Math.ceil(batch.length / 2);
  await createBatch(context, calendar, batch.slice(0, middle));
  await createBatch(context, calendar, batch.slice(middle));
}

/** Looks for events of ours around these blocks; found ones are adopted, the rest is returned. */
async function adoptSent(
  context: CalendarRunContext,
  calendar: string,
  events: readonly WantedEvent[],
): Promise<readonly WantedEvent[]> {
  if (events.length === 0) return [];
  const around = await eventsAround(
    context,
    calendar,
    events.map(({ content }) => content),
  );
  return settleMatching(context, events, around, { alike: () => false, madeIn: null });
}

/**
 * Matches by content, never by position: by the marker in the description, else by `alike`, where that leaves no
 * choice. Records what was found; returns those that were not.
 */
async function settleMatching(
  context: CalendarRunContext,
  wanted: readonly WantedEvent[],
  found: readonly RemoteEvent[],
  how: {
    readonly alike: (candidate: RemoteEvent, event: WantedEvent) => boolean;
    /** The calendar in which this worker has just made them; null: they were there. */
    readonly madeIn: string | null;
  },
): Promise<readonly WantedEvent[]> {
  const free = new Set(found);
  const matched: Matched[] = [];
  const left: WantedEvent[] = [];
  for (const event of wanted) {
    const remote =
      [...free].find(({ description }) => carriesMarker(description, event.externalId)) ??
      onlyOne([...free].filter((candidate) => how.alike(candidate, event)));
    if (remote === undefined) {
      left.push(event);
      continue;
    }
    free.delete(remote);
    matched.push({ event, remote });
  }
  if (matched.length === 0) return left;
  const { madeIn } = how;
  const record = () => recordMatched(context, matched);
  if (madeIn === null) await record();
  else
    await recordOrUndo(
      context,
      matched.map(({ event, remote }) => ({ row: event.id, remoteId: remote.id })),
      {
        record,
        table: 'lesson_block',
        undo: (id) =>
          context.access.call('event-delete', (call) => context.wps.deleteEvent(madeIn, id, call)),
      },
    );
  return left;
}

function recordMatched(context: CalendarRunContext, matched: readonly Matched[]): Promise<void> {
  return context.recorder.record({
    events: matched.map(({ event, remote }) => {
      const whole = saysAll(remote, event.content);
      // The next step updates an older event of ours whose content differs.
      const pushedHash = whole ? event.hash : '';
      const state = whole ? ('SYNCED' as const) : ('STALE' as const);
      return { id: event.id, state, wpsEventId: remote.id, pushedHash, error: null };
    }),
    items: matched.map(({ event, remote }) =>
      effectItem('event', event.externalId, 'CREATED', { wpsEventId: remote.id }),
    ),
    counts: [{ subject: 'events', name: 'created', by: matched.length }],
    done: matched.length,
  });
}

/**
 * True for an answer to our own create that leaves the description out. In a list such an event could be anyone's.
 */
function isAnswerTo(candidate: RemoteEvent, { content }: WantedEvent): boolean {
  return (
    candidate.description === '' &&
    candidate.summary === content.summary &&
    candidate.startsAtMs === Date.parse(content.startsAt) &&
    candidate.endsAtMs === Date.parse(content.endsAt)
  );
}

function onlyOne<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

function saysAll(remote: RemoteEvent, content: EventContent): boolean {
  return (
    remote.summary === content.summary &&
    (remote.description === '' || remote.description === content.description) &&
    (remote.startsAtMs === null || remote.startsAtMs === Date.parse(content.startsAt)) &&
    (remote.endsAtMs === null || remote.endsAtMs === Date.parse(content.endsAt)) &&
    (remote.location === null || remote.location === content.location)
  );
}

/** Brings events in line in place: they keep their ids and reminders. */
export async function updateEvents(context: CalendarRunContext): Promise<void> {
  const { access, wps, recorder } = context;
  await eachOf(await readWantedEvents(context, 'update'), access.width, async (event) => {
    const { id, calendar, content, hash, remoteId } = event;
    if (remoteId === null) return;
    try {
      await access.call('event-update', (call) => wps.updateEvent(calendar, remoteId, content, call));
    } catch (error) {
      return failEvents(context, [event], itemFailure(error));
    }
    await recorder.record({
      events: [{ id, state: 'SYNCED', wpsEventId: remoteId, pushedHash: hash, error: null }],
      items: [effectItem('event', event.externalId, 'UPDATED', { wpsEventId: remoteId })],
      counts: [{ subject: 'events', name: 'updated' }],
      done: 1,
    });
  });
}

/** Deletes events whose block the timetable has no more; one that is gone already is done. */
export async function deleteEvents(context: CalendarRunContext): Promise<void> {
  const { access, wps } = context;
  await eachOf(await readWantedEvents(context, 'delete'), access.width, async (event) => {
    try {
      for (const remoteId of await remoteIdsOf(context, event))
        await access.call('event-delete', (call) => wps.deleteEvent(event.calendar, remoteId, call));
    } catch (error) {
      return failEvents(context, [event], itemFailure(error));
    }
    await context.recorder.record({
      events: [{ id: event.id, state: 'DELETED', wpsEventId: null, pushedHash: null, error: null }],
      items: [effectItem('event', event.externalId, 'DELETED', { wpsEventId: event.remoteId })],
      counts: [{ subject: 'events', name: 'deleted' }],
      done: 1,
    });
  });
}

/** Ids of the event at WPS; after a lost answer to a create, those found there. */
async function remoteIdsOf(context: CalendarRunContext, event: WantedEvent): Promise<readonly string[]> {
  if (event.remoteId !== null) return [event.remoteId];
  const around = await eventsAround(context, event.calendar, [event.content]);
  return around.filter(({ description }) => carriesMarker(description, event.externalId)).map(({ id }) => id);
}

async function failEvents(
  context: CalendarRunContext,
  events: readonly WantedEvent[],
  error: ReturnType<typeof itemFailure>,
): Promise<void> {
  if (events.length === 0) return;
  await context.recorder.record({
    events: events.map(({ id, remoteId, pushedHash }) => ({
      id,
      state: 'FAILED',
      wpsEventId: remoteId,
      pushedHash,
      error,
    })),
    items: events.map(({ externalId }) => ({ ...effectItem('event', externalId, 'FAILED'), error })),
    counts: [{ subject: 'events', name: 'failed', by: events.length }],
    done: events.length,
    failed: events.length,
  });
}

async function noteSent(context: CalendarRunContext, events: readonly WantedEvent[]): Promise<void> {
  const ids = events.filter(({ sent }) => !sent).map(({ id }) => id);
  if (ids.length === 0) return;
  await context.recorder.transaction(async (tx) => {
    await sql`update lesson_block set sent_at = clock_timestamp() where id = any(${ids}::bigint[])`.execute(
      tx,
    );
  });
}
