import type { EventContent } from '../../domain/calendar/event-content.ts';
import type { CalendarRole } from '../../domain/calendar/states.ts';
import type { Logger } from '../../logger.ts';
import type { Upstream, UpstreamCall } from './upstream.ts';

/** A calendar as the service lists it. */
export interface RemoteCalendar {
  readonly id: string;
  readonly title: string;
}

/** A permission: one person in one calendar. `role` null: one that we never give. */
export interface RemoteMember {
  readonly permissionId: string;
  readonly userNo: string;
  readonly role: CalendarRole | null;
}

/** An event as the service tells it. */
export interface RemoteEvent {
  readonly id: string;
  readonly summary: string;
  readonly description: string;
  /** Milliseconds since the epoch; null for whole days. */
  readonly startsAtMs: number | null;
  readonly endsAtMs: number | null;
  readonly location: string | null;
}

/** A part of a list, and where the next begins; null: this was the last. */
export interface RemotePage<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** Moments in RFC 3339. */
export interface TimeWindow {
  readonly from: string;
  readonly to: string;
}

/**
 * Speaks to a system that holds calendars for people. Deletes are *ensure* operations: gone already is done. Every
 * method throws `UpstreamError` and nothing else, except what `signal` aborts with before anything was sent.
 */
export interface CalendarSystem extends Upstream {
  readonly limits: {
    readonly membersPerCall: number;
    readonly eventsPerCall: number;
    readonly usersPerCall: number;
    readonly windowDays: number;
  };
  createCalendar(title: string, call: UpstreamCall): Promise<RemoteCalendar>;
  renameCalendar(calendarId: string, title: string, call: UpstreamCall): Promise<void>;
  deleteCalendar(calendarId: string, call: UpstreamCall): Promise<void>;
  listCalendars(page: string | null, call: UpstreamCall): Promise<RemotePage<RemoteCalendar>>;
  /** Safe to repeat: an existing member is returned with their present role, not the requested one. */
  createMember(
    calendarId: string,
    member: { readonly userNo: string; readonly role: CalendarRole },
    call: UpstreamCall,
  ): Promise<RemoteMember>;
  /** The same for up to `membersPerCall`, who are not owners. The answer may lack some and has its own order. */
  createMembers(
    calendarId: string,
    members: readonly { readonly userNo: string; readonly role: CalendarRole }[],
    call: UpstreamCall,
  ): Promise<readonly RemoteMember[]>;
  listMembers(calendarId: string, page: string | null, call: UpstreamCall): Promise<RemotePage<RemoteMember>>;
  deleteMember(calendarId: string, permissionId: string, call: UpstreamCall): Promise<void>;
  /** Never repeated automatically. The answer may lack some events and has its own order. */
  createEvents(
    calendarId: string,
    events: readonly EventContent[],
    call: UpstreamCall,
  ): Promise<readonly RemoteEvent[]>;
  updateEvent(calendarId: string, eventId: string, content: EventContent, call: UpstreamCall): Promise<void>;
  deleteEvent(calendarId: string, eventId: string, call: UpstreamCall): Promise<void>;
  /** Events that touch the window, which is at most `windowDays` long. */
  listEvents(
    calendarId: string,
    window: TimeWindow,
    page: string | null,
    call: UpstreamCall,
  ): Promise<RemotePage<RemoteEvent>>;
  /** Which of these people the directory knows, at most `usersPerCall`. */
  findUsers(userNos: readonly string[], call: UpstreamCall): Promise<ReadonlySet<string>>;
  sendMessage(userNos: readonly string[], text: string, call: UpstreamCall): Promise<void>;
}

/** Dependencies of a calendar service, from the composition root. */
export interface CalendarSystemDependencies {
  readonly logger: Logger;
  /** Per call. */
  readonly timeoutMs: number;
  readonly maxSockets: number;
}
