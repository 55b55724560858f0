import type { CalendarSystem, CalendarSystemDependencies, RemoteEvent } from '../contract/calendar-system.ts';
import { healthOf } from '../contract/health.ts';
import { answers, type EventAnswer } from './answers.ts';
import { calendarPath, goneIsDone, pageQuery, SMALL_PAGE } from './calls.ts';
import { createWpsClient, WPS_SYSTEM, type WpsClient, type WpsConfig } from './client.ts';
import { eventBody, updateBody } from './event-body.ts';
import { memberCalls } from './members.ts';

/** Limits of WPS v7, by the documents and clients that state them (upstream-apis.md §5.3 to §5.5, calendar-facts.md §5). */
const LIMITS = {
  /** `permissions/batch_create`: at most 100. */
  membersPerCall: 100,
  /** `events/batch_create`: at most 100. */
  eventsPerCall: 100,
  /** `by_ex_user_ids`: at most 100 (§9). */
  usersPerCall: 100,
  /** `GET events`: a range of at most 31 days. */
  windowDays: 31,
} as const;
/** Events come in pages of at most 100. */
const EVENT_PAGE = '100';
const MESSAGE_RECEIVERS_TYPE = 'user';

/** WPS open platform v7 as a calendar service. */
export function connectWps(config: WpsConfig, dependencies: CalendarSystemDependencies): CalendarSystem {
  const client = createWpsClient(config, dependencies);
  return {
    system: WPS_SYSTEM,
    limits: LIMITS,
    ...calendarCalls(client),
    ...memberCalls(client),
    ...eventCalls(client),
    ...userCalls(client),
    // A signed read, so that token, signature and rights are all tried.
    checkHealth: (call) =>
      healthOf(async () => {
        await client.renewToken(call.signal);
        await calendarCalls(client).listCalendars(null, call);
      }),
    tokenRemainingMs: () => client.tokenRemainingMs(),
    forgetRefusal: () => client.forgetRefusal(),
    close: () => client.close(),
  };
}

function calendarCalls(
  client: WpsClient,
): Pick<CalendarSystem, 'createCalendar' | 'renameCalendar' | 'deleteCalendar' | 'listCalendars'> {
  return {
    async createCalendar(title, call) {
      const { id, summary } = await client.send(
        {
          operation: 'calendar-create',
          method: 'POST',
          path: '/v7/calendars/create',
          pathTemplate: '/v7/calendars/create',
          body: { summary: title },
          idempotent: false,
          schema: answers.calendar,
        },
        call,
      );
      return { id, title: summary ?? title };
    },
    async renameCalendar(calendarId, title, call) {
      await client.send(
        {
          operation: 'calendar-update',
          method: 'POST',
          path: `${calendarPath(calendarId)}/update`,
          pathTemplate: '/v7/calendars/{calendar_id}/update',
          body: { summary: title },
          idempotent: true,
          schema: answers.nothing,
        },
        call,
      );
    },
    async deleteCalendar(calendarId, call) {
      await goneIsDone(() =>
        client.send(
          {
            operation: 'calendar-delete',
            method: 'POST',
            path: `${calendarPath(calendarId)}/delete`,
            pathTemplate: '/v7/calendars/{calendar_id}/delete',
            idempotent: true,
            schema: answers.nothing,
          },
          call,
        ),
      );
    },
    async listCalendars(page, call) {
      const { items, nextPageToken } = await client.send(
        {
          operation: 'calendar-list',
          method: 'GET',
          path: '/v7/calendars',
          pathTemplate: '/v7/calendars',
          query: pageQuery(SMALL_PAGE, page),
          idempotent: true,
          schema: answers.calendars,
        },
        call,
      );
      return { items: items.map(({ id, summary }) => ({ id, title: summary ?? '' })), next: nextPageToken };
    },
  };
}

function eventCalls(
  client: WpsClient,
): Pick<CalendarSystem, 'createEvents' | 'updateEvent' | 'deleteEvent' | 'listEvents'> {
  return {
    async createEvents(calendarId, events, call) {
      const { items } = await client.send(
        {
          operation: 'event-create',
          method: 'POST',
          path: `${calendarPath(calendarId)}/events/batch_create`,
          pathTemplate: '/v7/calendars/{calendar_id}/events/batch_create',
          body: { events: events.map(eventBody) },
          idempotent: false,
          schema: answers.events,
        },
        call,
      );
      return items.map(eventOf);
    },
    async updateEvent(calendarId, eventId, content, call) {
      await client.send(
        {
          operation: 'event-update',
          method: 'POST',
          path: `${eventPath(calendarId, eventId)}/update`,
          pathTemplate: '/v7/calendars/{calendar_id}/events/{event_id}/update',
          body: updateBody(content),
          idempotent: true,
          schema: answers.nothing,
        },
        call,
      );
    },
    async deleteEvent(calendarId, eventId, call) {
      await goneIsDone(() =>
        client.send(
          {
            operation: 'event-delete',
            method: 'POST',
            path: `${eventPath(calendarId, eventId)}/delete`,
            pathTemplate: '/v7/calendars/{calendar_id}/events/{event_id}/delete',
            idempotent: true,
            schema: answers.nothing,
          },
          call,
        ),
      );
    },
    async listEvents(calendarId, { from, to }, page, call) {
      const { items, nextPageToken } = await client.send(
        {
          operation: 'event-list',
          method: 'GET',
          path: `${calendarPath(calendarId)}/events`,
          pathTemplate: '/v7/calendars/{calendar_id}/events',
          query: { start_time: from, end_time: to, ...pageQuery(EVENT_PAGE, page) },
          idempotent: true,
          externalIds: true,
          schema: answers.events,
        },
        call,
      );
      const there = items.filter(({ status }) => status !== 'cancelled');
      return { items: there.map(eventOf), next: nextPageToken };
    },
  };
}

function userCalls(client: WpsClient): Pick<CalendarSystem, 'findUsers' | 'sendMessage'> {
  return {
    async findUsers(userNos, call) {
      const { items } = await client.send(
        {
          operation: 'user-find',
          method: 'POST',
          path: '/v7/users/by_ex_user_ids',
          pathTemplate: '/v7/users/by_ex_user_ids',
          body: { ex_user_ids: userNos, status: ['active', 'notactive', 'disabled'] },
          idempotent: true,
          schema: answers.users,
        },
        call,
      );
      return new Set(items.map((user) => user.ex_user_id));
    },
    async sendMessage(userNos, text, call) {
      const receivers = userNos.map((id) => ({ type: MESSAGE_RECEIVERS_TYPE, id }));
      await client.send(
        {
          operation: 'message',
          method: 'POST',
          path: '/v7/messages/batch_create',
          pathTemplate: '/v7/messages/batch_create',
          body: { type: 'text', receivers, content: { text: { content: text, type: 'plain' } } },
          idempotent: false,
          externalIds: true,
          schema: answers.nothing,
        },
        call,
      );
    },
  };
}

function eventPath(calendarId: string, eventId: string): string {
  return `${calendarPath(calendarId)}/events/${encodeURIComponent(eventId)}`;
}

function eventOf(event: EventAnswer): RemoteEvent {
  return {
    id: event.id,
    summary: event.summary ?? '',
    description: event.description ?? '',
    startsAtMs: momentMs(event.start_time?.datetime),
    endsAtMs: momentMs(event.end_time?.datetime),
    location: event.locations?.[0]?.name ?? null,
  };
}

function momentMs(text: string | undefined): number | null {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? null : ms;
}
