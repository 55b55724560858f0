import { type RawBuilder, sql } from 'kysely';
import type {
  CalendarEventState,
  CalendarMemberState,
  CalendarRole,
  CourseCalendarState,
} from '../../../domain/calendar/states.ts';
import type { StoredError } from '../../../domain/errors/error-entry.ts';

/** State of a calendar after a call. */
export interface CalendarAfter {
  readonly id: string;
  readonly state: CourseCalendarState;
  readonly wpsCalendarId: string | null;
  readonly title: string | null;
  readonly error: StoredError | null;
}

export function recordCalendars(rows: readonly CalendarAfter[]): RawBuilder<unknown> {
  return sql`
    update course_calendar c set state = r.state, wps_calendar_id = r."wpsCalendarId", title = r.title,
      sent_at = case when r."wpsCalendarId" is null then c.sent_at end,
      sent_title = case when r."wpsCalendarId" is null then c.sent_title end,
      existing_ids = case when r."wpsCalendarId" is null then c.existing_ids else '{}' end,
      error_code = r.error->>'code', error_parameters = r.error->'parameters', updated_at = clock_timestamp()
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(id bigint, state text, "wpsCalendarId" text, title text, error jsonb)
    where c.id = r.id`;
}

/** State of an event after a call. */
export interface EventAfter {
  readonly id: string;
  readonly state: CalendarEventState;
  readonly wpsEventId: string | null;
  readonly pushedHash: string | null;
  readonly error: StoredError | null;
}

export function recordEvents(rows: readonly EventAfter[]): RawBuilder<unknown> {
  return sql`
    update lesson_block b set event_state = r.state, wps_event_id = r."wpsEventId", pushed_hash = r."pushedHash",
      sent_at = case when r."wpsEventId" is null and r.state = 'FAILED' then b.sent_at end,
      synced_at = case when r.state = 'SYNCED' then clock_timestamp() else b.synced_at end,
      error_code = r.error->>'code', error_parameters = r.error->'parameters'
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(id bigint, state text, "wpsEventId" text, "pushedHash" text, error jsonb)
    where b.id = r.id`;
}

/** State of a member after a call. */
export interface MemberAfter {
  readonly id: string;
  readonly state: CalendarMemberState;
  readonly actualRole: CalendarRole | null;
  readonly permissionId: string | null;
  readonly ownerRefused: boolean;
  readonly error: StoredError | null;
}

export function recordMembers(rows: readonly MemberAfter[]): RawBuilder<unknown> {
  return sql`
    update calendar_member m set state = r.state, actual_role = r."actualRole", permission_id = r."permissionId",
      owner_refused = r."ownerRefused", error_code = r.error->>'code', error_parameters = r.error->'parameters',
      updated_at = clock_timestamp()
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(id bigint, state text, "actualRole" text, "permissionId" text, "ownerRefused" boolean, error jsonb)
    where m.id = r.id`;
}
