import { sql } from 'kysely';
import { externalIdsIn } from '../../../domain/calendar/external-id.ts';
import { outsideTransaction } from '../../../entities/transaction.ts';
import { itemFailure } from '../effects/item-failure.ts';
import { listMembers } from '../effects/list-members.ts';
import { type CalendarRunContext, eachOf } from '../kit/run-context.ts';
import { effectItem } from '../planning/plan-items.ts';

/** Accepts the observed state as our record, so that the ordinary calls bring it in line. */
export async function takeAsFound({ recorder, run, term }: CalendarRunContext): Promise<void> {
  const found = (kind: string, subject: string) => sql`
    f.term_id = ${term.id}::bigint and f.kind = ${kind} and f.subject = ${subject} and f.repaired_at is null
      and f.closed_at is null and f.details->>'run' = ${run.runId}`;
  await recorder.transaction(async (tx) => {
    const statements = [
      sql`
        with gone as (
          update course_calendar c set wps_calendar_id = null, title = null, state = 'PENDING', sent_at = null,
            sent_title = null
          from calendar_finding f where ${found('MISSING_REMOTE', 'CALENDAR')} and c.id = f.calendar_id returning c.id
        ), events as (
          update lesson_block b set wps_event_id = null, pushed_hash = null, sent_at = null,
            event_state = case when b.removed_at is null then 'PENDING' else 'DELETED' end
          from gone where b.calendar_id = gone.id returning 1)
        update calendar_member m set actual_role = null, permission_id = null,
          state = case when m.desired_role is null then 'REMOVED' else 'PENDING' end
        from gone where m.calendar_id = gone.id`,
      sql`
        update course_calendar c set title = f.details->>'there' from calendar_finding f
        where ${found('DRIFT', 'CALENDAR')} and c.id = f.calendar_id`,
      sql`
        update lesson_block b set wps_event_id = null, pushed_hash = null, sent_at = null, event_state = 'PENDING'
        from calendar_finding f where ${found('MISSING_REMOTE', 'EVENT')} and b.id = (f.details->>'row')::bigint`,
      sql`
        update lesson_block b set pushed_hash = '', event_state = 'STALE'
        from calendar_finding f where ${found('DRIFT', 'EVENT')} and b.id = (f.details->>'row')::bigint`,
      sql`
        update calendar_member m set actual_role = null, permission_id = null,
          state = case when m.desired_role is null then 'REMOVED' else 'PENDING' end
        from calendar_finding f where ${found('MISSING_REMOTE', 'MEMBER')} and m.id = (f.details->>'row')::bigint`,
      sql`
        update calendar_member m set actual_role = coalesce(f.details->>'there', 'READER'), permission_id = f.remote_id,
          owner_refused = false, state = 'PENDING'
        from calendar_finding f where ${found('DRIFT', 'MEMBER')} and m.id = (f.details->>'row')::bigint`,
    ];
    for (const statement of statements) await statement.execute(tx);
  });
}

interface Orphan {
  readonly id: string;
  readonly subject: 'CALENDAR' | 'EVENT' | 'MEMBER';
  readonly key: string;
  readonly remoteId: string;
  /** WPS's id of the calendar it is in. */
  readonly calendar: string | null;
}

/** Deletes objects that we made and no longer need: doubles, and people who were removed before. */
export async function deleteOrphans(context: CalendarRunContext): Promise<void> {
  const { em, run, term, access } = context;
  const { rows } = await sql<Orphan>`
    select f.id, f.subject, f.finding_key as key, f.remote_id as "remoteId", c.wps_calendar_id as calendar
    from calendar_finding f left join course_calendar c on c.id = f.calendar_id
    where f.term_id = ${term.id}::bigint and f.kind = 'ORPHAN_REMOTE' and f.repaired_at is null and f.closed_at is null
      and f.details->>'run' = ${run.runId} and f.remote_id is not null order by f.id`.execute(
    outsideTransaction(em.fork()),
  );
  await eachOf(rows, access.width, (orphan) => deleteOrphan(context, orphan));
}

async function deleteOrphan(context: CalendarRunContext, orphan: Orphan): Promise<void> {
  const { recorder } = context;
  const { subject, key } = orphan;
  const counts = { CALENDAR: 'calendars', EVENT: 'events', MEMBER: 'members' } as const;
  try {
    if (!(await removeRemote(context, orphan))) {
      const kept = sql`
        update calendar_finding set details = details || '{"kept": true}' where id = ${orphan.id}::bigint`;
      return await recorder.record({ statements: [kept] });
    }
  } catch (error) {
    const failure = itemFailure(error);
    return await recorder.record({
      items: [{ key, outcome: 'FAILED', error: failure, payload: {} }],
      counts: [{ subject: counts[subject], name: 'failed' }],
      failed: 1,
    });
  }
  const item = { ...effectItem('calendar', '', 'DELETED', { remoteId: orphan.remoteId }), key };
  await recorder.record({ items: [item], counts: [{ subject: counts[subject], name: 'deleted' }] });
}

/** False when it holds foreign objects, and stays. */
async function removeRemote(context: CalendarRunContext, orphan: Orphan): Promise<boolean> {
  const { access, wps } = context;
  const { subject, remoteId, calendar } = orphan;
  if (subject === 'CALENDAR') {
    if (!(await isOursAlone(context, remoteId))) return false;
    await access.call('calendar-delete', (call) => wps.deleteCalendar(remoteId, call));
    return true;
  }
  if (calendar === null) return false;
  if (subject === 'EVENT')
    await access.call('event-delete', (call) => wps.deleteEvent(calendar, remoteId, call));
  else await access.call('member-delete', (call) => wps.deleteMember(calendar, remoteId, call));
  return true;
}

/** True for a calendar that may be deleted: no member but its owner, and no foreign event. */
async function isOursAlone(context: CalendarRunContext, calendar: string): Promise<boolean> {
  const { access, wps, em, term } = context;
  const members = await listMembers(context, calendar);
  if (members.some(({ role }) => role !== 'OWNER')) return false;
  const { rows } = await sql<{ from: string; to: string }>`
    select to_char(min(starts_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as from,
      to_char(min(starts_at) at time zone 'UTC' + interval '30 days', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as to
    from lesson_block where term_id = ${term.id}::bigint`.execute(outsideTransaction(em.fork()));
  const [window] = rows;
  if (window === undefined || window.from === null) return false;
  const page = await access.call('event-list', (call) => wps.listEvents(calendar, window, null, call));
  return page.items.every(({ description }) => externalIdsIn(description).length > 0);
}
