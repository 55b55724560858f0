import { sql } from 'kysely';
import type { EventContent } from '../../../domain/calendar/event-content.ts';
import { outsideTransaction } from '../../../entities/transaction.ts';
import type { CalendarRunContext } from '../kit/run-context.ts';

/** An event about which something is to be done. */
export interface WantedEvent {
  readonly id: string;
  readonly calendar: string;
  readonly externalId: string;
  readonly content: EventContent;
  readonly hash: string;
  readonly remoteId: string | null;
  readonly pushedHash: string | null;
  readonly sent: boolean;
}

export type EventWork = 'create' | 'update' | 'delete';

/** How many events have to be created, updated or deleted. */
export async function countEventWork(context: CalendarRunContext, work: EventWork): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count ${wantedEvents(context, work)}`.execute(
    outsideTransaction(context.em.fork()),
  );
  return rows[0]?.count ?? 0;
}

/** These events as tables and conditions of a statement. */
function wantedEvents(context: CalendarRunContext, work: EventWork) {
  const condition = {
    create: sql`b.removed_at is null and b.wps_event_id is null`,
    update: sql`b.removed_at is null and b.wps_event_id is not null and b.pushed_hash is distinct from b.content_hash`,
    delete: sql`b.removed_at is not null and b.event_state in ('STALE', 'FAILED')`,
  }[work];
  return sql`
    from lesson_block b join course_calendar c on c.id = b.calendar_id
    where b.term_id = ${context.term.id}::bigint and c.wps_calendar_id is not null and c.state <> 'DELETED'
      and b.event_state in ('PENDING', 'STALE', 'FAILED') and ${condition}`;
}

/** The events about which this is to be done, calendar by calendar. */
export async function readWantedEvents(context: CalendarRunContext, work: EventWork): Promise<WantedEvent[]> {
  const { rows } = await sql<WantedEvent>`
    select b.id, c.wps_calendar_id as calendar, b.external_id as "externalId", b.content, b.content_hash as hash,
      b.wps_event_id as "remoteId", b.pushed_hash as "pushedHash", b.sent_at is not null as sent
    ${wantedEvents(context, work)} order by b.calendar_id, b.starts_at`.execute(
    outsideTransaction(context.em.fork()),
  );
  return rows;
}
