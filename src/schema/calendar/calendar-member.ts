import { type SqlBool, sql } from 'kysely';
import { maskName } from '../../domain/text/mask.ts';
import { builder } from '../building/builder.ts';
import { addNode } from '../building/node.ts';
import { personal } from '../permissions/rules.ts';
import { encodeGlobalId } from '../reading/global-id.ts';
import type { Condition } from '../reading/listing.ts';
import { canBeStored, containsPattern } from '../reading/text-filter.ts';
import { errorField } from './calendar-error.ts';
import { CalendarMemberStateEnum, CalendarRoleEnum, TimetableUserTypeEnum } from './enums.ts';
import { CalendarMember, CourseCalendar, calendarById, memberById } from './rows.ts';

CalendarMember.implement({
  description: 'One person in one calendar.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: ({ id }) => encodeGlobalId('CalendarMember', id),
    }),
    calendar: t.field({
      type: CourseCalendar,
      description: 'The calendar.',
      resolve: async (member, _args, scope) => {
        const calendar = await calendarById(scope).load(member.calendar_id);
        if (calendar === null) throw new Error(`Calendar ${member.calendar_id} of a member is missing.`);
        return calendar;
      },
    }),
    userNo: t.exposeString('user_no', { description: 'Student or staff number.' }),
    name: t.string({
      nullable: true,
      description: 'As the timetable has it; null when it names nobody of this number.',
      ...personal('name', maskName),
    }),
    userType: t.field({
      type: TimetableUserTypeEnum,
      description: 'Student or teacher.',
      resolve: (member) => member.user_type,
    }),
    desiredRole: t.field({
      type: CalendarRoleEnum,
      nullable: true,
      description: 'What the timetable wants; null: not a member.',
      resolve: (member) => member.desired_role,
    }),
    actualRole: t.field({
      type: CalendarRoleEnum,
      nullable: true,
      description: 'What WPS confirmed; null: nothing.',
      resolve: (member) => member.actual_role,
    }),
    state: t.field({
      type: CalendarMemberStateEnum,
      description: 'The state.',
      resolve: ({ state }) => state,
    }),
    error: t.field(errorField('What WPS said last; null when nothing is wrong.')),
  }),
});

addNode('CalendarMember', { rule: ['calendars:read', 'operate'], loader: memberById });

export const CalendarMemberConnection = builder.connectionObject(
  { type: CalendarMember, name: 'CalendarMemberConnection', description: 'A page of members.' },
  { name: 'CalendarMemberEdge', description: 'A member and its cursor.' },
);

export function memberConditions(filter: {
  readonly state?: readonly string[] | null | undefined;
  readonly userType?: string | null | undefined;
  readonly search?: string | null | undefined;
}): Condition[] {
  const { state, userType, search } = filter;
  const conditions: Condition[] = [];
  if (state != null) conditions.push(sql`m.state = any(${[...state]}::text[])`);
  if (userType != null) conditions.push(sql`m.user_type = ${userType}`);
  if (search != null) {
    const pattern = containsPattern(search);
    conditions.push(
      canBeStored(search)
        ? sql`(m.user_no ilike ${pattern} or p.name ilike ${pattern})`
        : sql<SqlBool>`false`,
    );
  }
  return conditions;
}
