import { sql } from 'kysely';
import type { CalendarRole } from '../../../domain/calendar/states.ts';
import { outsideTransaction } from '../../../entities/transaction.ts';
import { itemFailure } from '../effects/item-failure.ts';
import { listMembers } from '../effects/list-members.ts';
import { addMembers, addOwners, changeRoles } from '../effects/members.ts';
import { clearLeftovers } from '../kit/clear-leftovers.ts';
import { notifyFinished } from '../kit/notify.ts';
import { type CalendarRunContext, eachOf } from '../kit/run-context.ts';
import { findUnknown } from '../planning/look-up-users.ts';
import { effectItem, missingItem } from '../planning/plan-items.ts';
import type { RunStages } from '../planning/stage.ts';

interface Membership {
  readonly id: string;
  readonly calendar: string;
  readonly offering: string;
  readonly desiredRole: CalendarRole;
}

/** Looks at WPS, not at our records: in which of their calendars the person really is. */
async function look(context: CalendarRunContext): Promise<void> {
  const { em, recorder, access, run, term } = context;
  const userNo = run.options.userNo ?? '';
  const { rows } = await sql<Membership>`
    select m.id, c.wps_calendar_id as calendar, c.offering, m.desired_role as "desiredRole"
    from calendar_member m join course_calendar c on c.id = m.calendar_id
    where c.term_id = ${term.id}::bigint and m.user_no = ${userNo} and m.desired_role is not null
      and c.wps_calendar_id is not null order by c.id`.execute(outsideTransaction(em.fork()));
  const isUnknown = rows.length > 0 && (await findUnknown(context, [userNo])).has(userNo);
  recorder.addTotal(rows.length);
  await eachOf(rows, access.width, (membership) => lookAt(context, membership, { userNo, isUnknown }));
}

async function lookAt(
  context: CalendarRunContext,
  { id, calendar, offering, desiredRole }: Membership,
  person: { readonly userNo: string; readonly isUnknown: boolean },
): Promise<void> {
  const { recorder, run } = context;
  const { userNo, isUnknown } = person;
  const key = `${offering}:${userNo}`;
  let there: Awaited<ReturnType<typeof listMembers>>[number] | undefined;
  try {
    there = (await listMembers(context, calendar)).find((member) => member.userNo === userNo);
  } catch (error) {
    const failure = itemFailure(error);
    recorder.summary.members.failed += 1;
    return recorder.record({
      items: [{ ...effectItem('member', key, 'FAILED'), error: failure }],
      done: 1,
      failed: 1,
    });
  }
  if (there?.role === desiredRole) {
    recorder.summary.members.unchanged += 1;
    return recorder.record({ statements: statementFor(context, id, there, 'ACTIVE'), done: 1 });
  }
  if (there === undefined && isUnknown) {
    recorder.summary.members.missing += 1;
    return recorder.record({
      statements: statementFor(context, id, there, 'USER_MISSING'),
      items: [missingItem(offering, userNo)],
      done: 1,
    });
  }
  const plans = run.mode === 'DRY_RUN';
  if (plans) recorder.summary.members[there === undefined ? 'created' : 'updated'] += 1;
  const outcome = there === undefined ? 'WOULD_INSERT' : 'WOULD_UPDATE';
  return recorder.record({
    statements: statementFor(context, id, there, 'PENDING'),
    items: plans ? [effectItem('member', key, outcome, { role: desiredRole })] : [],
    done: 1,
  });
}

/** Writes the observed state to our record, except in a dry run. */
function statementFor(
  { run }: CalendarRunContext,
  id: string,
  there: { readonly role: CalendarRole | null; readonly permissionId: string } | undefined,
  state: 'ACTIVE' | 'PENDING' | 'USER_MISSING',
) {
  if (run.mode === 'DRY_RUN') return [];
  const role = there === undefined ? null : (there.role ?? 'READER');
  return [
    sql`
      update calendar_member set actual_role = ${role}, permission_id = ${there?.permissionId ?? null}, state = ${state},
        updated_at = clock_timestamp()
      where id = ${id}::bigint`,
  ];
}

async function restore(context: CalendarRunContext): Promise<void> {
  if (context.run.mode === 'DRY_RUN') return;
  await addOwners(context);
  await changeRoles(context);
  await addMembers(context);
}

/** Makes sure that one person is a member of all calendars that they should be in. */
export const restoreStages: RunStages = {
  planned: 'acts',
  plan: [
    { key: 'prepare.term', work: clearLeftovers },
    { key: 'look', work: look },
  ],
  act: [
    { key: 'restore', work: restore },
    { key: 'finish.report', work: async (context) => context.recorder.advance(1) },
    { key: 'finish.notify', work: notifyFinished },
  ],
};
