import { sql } from 'kysely';
import { outsideTransaction } from '../../../entities/transaction.ts';
import type { NewRunItem } from '../../runs/run-record.ts';
import type { CalendarRunContext } from '../kit/run-context.ts';
import { findUnknown } from '../planning/look-up-users.ts';
import { effectItem, missingItem } from '../planning/plan-items.ts';
import type { RunMemory } from '../planning/stage.ts';

const outcomes = { CREATE: 'WOULD_INSERT', UPDATE: 'WOULD_UPDATE', DELETE: 'WOULD_DELETE' } as const;
const counted = { CREATE: 'created', UPDATE: 'updated', DELETE: 'deleted' } as const;

interface Calendar {
  readonly title: string | null;
  readonly exists: boolean;
}

/**
 * Records the effects that a run would have, under the keys that real ones would get; changes nothing here or there.
 */
export async function tellPlan(context: CalendarRunContext, memory: RunMemory): Promise<void> {
  const { recorder } = context;
  const calendars = await readCalendars(context);
  const items: NewRunItem[] = [];
  for (const { offering, title, blocks, removed } of memory.plans?.plans.values() ?? []) {
    const before = calendars.get(offering);
    const action = calendarAction(title, before);
    if (action !== null) {
      recorder.summary.calendars[counted[action]] += 1;
      items.push(
        effectItem('calendar', offering, outcomes[action], { title, before: before?.title ?? null }),
      );
    }
    for (const { action: eventAction, externalId, content } of blocks) {
      if (eventAction === 'NOOP') continue;
      recorder.summary.events[counted[eventAction]] += 1;
      items.push(effectItem('event', externalId, outcomes[eventAction], { ...content, offering }));
    }
    for (const { externalId, remote } of removed) {
      if (!remote) continue;
      recorder.summary.events.deleted += 1;
      items.push(effectItem('event', externalId, outcomes.DELETE, { offering }));
    }
  }
  items.push(...(await memberItems(context, memory)));
  await recorder.transaction((tx) => recorder.storeItems(tx, items));
  await countUnchanged(context);
}

function calendarAction(title: string | null, before: Calendar | undefined): 'CREATE' | 'UPDATE' | null {
  if (title === null) return null;
  if (before === undefined || !before.exists) return 'CREATE';
  return before.title === title ? null : 'UPDATE';
}

async function memberItems(context: CalendarRunContext, memory: RunMemory): Promise<NewRunItem[]> {
  const { recorder } = context;
  const planned = [...memory.members.plans].flatMap(([offering, members]) =>
    members.map((member) => ({ offering, ...member })),
  );
  const added = new Set(planned.filter(({ action }) => action === 'CREATE').map(({ userNo }) => userNo));
  const unknown = await findUnknown(context, [...added].toSorted());
  return planned.flatMap(({ offering, userNo, action, desiredRole }) => {
    if (action === 'NOOP') return [];
    if (action === 'CREATE' && unknown.has(userNo)) {
      recorder.summary.members.missing += 1;
      return [missingItem(offering, userNo)];
    }
    recorder.summary.members[counted[action]] += 1;
    return [effectItem('member', `${offering}:${userNo}`, outcomes[action], { role: desiredRole })];
  });
}

async function readCalendars(context: CalendarRunContext): Promise<Map<string, Calendar>> {
  const { rows } = await sql<Calendar & { readonly offering: string }>`
    select offering, title, wps_calendar_id is not null as exists from course_calendar
    where term_id = ${context.term.id}::bigint`.execute(outsideTransaction(context.em.fork()));
  return new Map(rows.map((row) => [row.offering, row]));
}

/** Counts the rows that would stay as they are. */
async function countUnchanged(context: CalendarRunContext): Promise<void> {
  const { recorder, term } = context;
  const { rows } = await sql<Record<'calendars' | 'events' | 'members', number>>`
    select
      (select count(*)::int from course_calendar where term_id = t.id and wps_calendar_id is not null) as calendars,
      (select count(*)::int from lesson_block where term_id = t.id and wps_event_id is not null) as events,
      (select count(*)::int from calendar_member m join course_calendar c on c.id = m.calendar_id
        where c.term_id = t.id and m.actual_role is not null) as members
    from term t where t.id = ${term.id}::bigint`.execute(outsideTransaction(context.em.fork()));
  for (const subject of ['calendars', 'events', 'members'] as const) {
    const { updated, deleted } = recorder.summary[subject];
    recorder.summary[subject].unchanged = Math.max(0, (rows[0]?.[subject] ?? 0) - updated - deleted);
  }
  await recorder.record({});
}
