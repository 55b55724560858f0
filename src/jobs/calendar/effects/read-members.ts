import { sql } from 'kysely';
import type { CalendarRole } from '../../../domain/calendar/states.ts';
import { outsideTransaction } from '../../../entities/transaction.ts';
import type { CalendarRunContext } from '../kit/run-context.ts';

/** A member that something is to be done about. */
export interface WantedMember {
  readonly id: string;
  /** WPS's id of the calendar. */
  readonly calendar: string;
  readonly offering: string;
  readonly userNo: string;
  readonly desiredRole: CalendarRole | null;
  readonly actualRole: CalendarRole | null;
  readonly permissionId: string | null;
  readonly ownerRefused: boolean;
}

export type MemberWork = 'owner' | 'add' | 'remove' | 'role';

const conditions = {
  owner: sql`m.desired_role = 'OWNER' and m.actual_role is null and m.state in ('PENDING', 'FAILED')`,
  add: sql`m.desired_role in ('READER', 'WRITER') and m.actual_role is null and m.state in ('PENDING', 'FAILED')`,
  remove: sql`m.desired_role is null and m.state in ('REMOVING', 'FAILED')`,
  role: sql`m.state not in ('ACTIVE', 'REMOVED') and m.desired_role is not null and m.actual_role is not null
    and m.actual_role <> m.desired_role and not (m.desired_role = 'OWNER' and m.actual_role = 'WRITER' and m.owner_refused)`,
} as const;

/** The members in the term's calendars that need this work. */
export async function readMembers(context: CalendarRunContext, work: MemberWork): Promise<WantedMember[]> {
  const { rows } = await sql<WantedMember>`
    select m.id, c.wps_calendar_id as calendar, c.offering, m.user_no as "userNo", m.desired_role as "desiredRole",
      m.actual_role as "actualRole", m.permission_id as "permissionId", m.owner_refused as "ownerRefused"
    from calendar_member m join course_calendar c on c.id = m.calendar_id
    where c.term_id = ${context.term.id}::bigint and c.wps_calendar_id is not null and c.state <> 'DELETED'
      and ${scopeOf(context)} and ${conditions[work]}
    order by m.calendar_id, m.id`.execute(outsideTransaction(context.em.fork()));
  return rows;
}

/** Calendars whose members are held in memory at once. */
const CALENDARS_AT_ONCE = 100;

/**
 * As `readMembers`, grouped by calendar, and a limited number of calendars at a time: a school has very many members.
 */
export async function* membersByCalendar(
  context: CalendarRunContext,
  work: MemberWork,
): AsyncGenerator<readonly (readonly WantedMember[])[]> {
  const db = outsideTransaction(context.em.fork());
  for (let after = '0'; ; ) {
    const { rows } = await sql<WantedMember & { readonly calendarKey: string }>`
      with next as (
        select distinct m.calendar_id from calendar_member m join course_calendar c on c.id = m.calendar_id
        where c.term_id = ${context.term.id}::bigint and c.wps_calendar_id is not null and c.state <> 'DELETED'
          and m.calendar_id > ${after}::bigint and ${scopeOf(context)} and ${conditions[work]}
        order by m.calendar_id limit ${CALENDARS_AT_ONCE})
      select m.id, c.id as "calendarKey", c.wps_calendar_id as calendar, c.offering, m.user_no as "userNo",
        m.desired_role as "desiredRole", m.actual_role as "actualRole", m.permission_id as "permissionId",
        m.owner_refused as "ownerRefused"
      from next n join course_calendar c on c.id = n.calendar_id join calendar_member m on m.calendar_id = c.id
      where ${scopeOf(context)} and ${conditions[work]} order by c.id, m.id`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.calendarKey;
    yield [...Map.groupBy(rows, ({ calendar }) => calendar).values()];
  }
}

/** Counts the members that need this work. */
export async function countMembers(context: CalendarRunContext, work: MemberWork): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from calendar_member m join course_calendar c on c.id = m.calendar_id
    where c.term_id = ${context.term.id}::bigint and c.wps_calendar_id is not null and c.state <> 'DELETED'
      and ${scopeOf(context)} and ${conditions[work]}`.execute(outsideTransaction(context.em.fork()));
  return rows[0]?.count ?? 0;
}

/** A run about people of one kind leaves the others as they are. */
function scopeOf({ run }: CalendarRunContext) {
  const { userType, userNo } = run.options;
  if (userNo !== null) return sql`m.user_no = ${userNo}`;
  return userType === 'ALL' ? sql`true` : sql`m.user_type = ${userType}`;
}
