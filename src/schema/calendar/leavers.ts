import { sql } from 'kysely';
import { builder } from '../building/builder.ts';
import { addLeaverHolding, LeaverFinding } from '../leavers/leaver-findings.ts';
import { listByKey, sqlOf } from '../reading/loaders.ts';
import { CalendarMember, type CalendarMemberRow, selectMembers } from './rows.ts';

/** A leaver's calendar at the calendar service. */
addLeaverHolding(sql`exists (
  select 1 from calendar_member m where m.user_no = p.employee_number and m.actual_role is not null)`);

interface MemberOfPerson extends CalendarMemberRow {
  readonly person_id: string;
}

const membersByPerson = listByKey<MemberOfPerson>(
  async (scope, people) => {
    const { rows } = await sql<MemberOfPerson>`
      select m.*, q.id::text as person_id from (${selectMembers}) m join person q on q.employee_number = m.user_no
      where q.id = any(${[...people]}::bigint[]) and m.actual_role is not null order by m.id`.execute(
      sqlOf(scope),
    );
    return rows;
  },
  ({ person_id }) => person_id,
);

builder.objectField(LeaverFinding, 'calendars', (t) =>
  t.field({
    type: [CalendarMember],
    description: 'Course calendars that they are still a member of.',
    resolve: async ({ id }, _args, scope) => [...(await membersByPerson(scope).load(id))],
  }),
);
