import { sql } from 'kysely';
import { explainOpenWork } from '../../domain/calendar/explain.ts';
import type { TimetableUserType } from '../../domain/calendar/states.ts';
import { maskName } from '../../domain/text/mask.ts';
import { byPageSize, localeArgument, pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { wordsFor } from '../context/words.ts';
import { needs, personal } from '../permissions/rules.ts';
import { PAGE_MAX, parsePage } from '../reading/connection.ts';
import { readListing } from '../reading/listing.ts';
import { sqlOf } from '../reading/loaders.ts';
import { canBeStored } from '../reading/text-filter.ts';
import { DateScalar } from './date.ts';
import { TimetableUserTypeEnum } from './enums.ts';
import { blockConditions, blockListing, LessonBlockConnection } from './lesson-block.ts';
import { CalendarMember, type CalendarMemberRow, selectMembers, termByCode } from './rows.ts';

interface TimetableOfShape {
  readonly term: string;
  readonly userNo: string;
  readonly name: string | null;
  readonly userType: TimetableUserType;
  readonly members: readonly CalendarMemberRow[];
}

const TimetableOf = builder.objectRef<TimetableOfShape>('TimetableOf').implement({
  description: 'Everything one person should see in one term, with what is missing and why.',
  fields: (t) => ({
    userNo: t.exposeString('userNo', { description: 'Student or staff number.' }),
    name: t.string({
      nullable: true,
      description: 'As the timetable has it.',
      ...personal((person: TimetableOfShape) => person.name, maskName),
    }),
    userType: t.field({
      type: TimetableUserTypeEnum,
      description: 'Student or teacher.',
      resolve: ({ userType }) => userType,
    }),
    calendars: t.field({
      type: [CalendarMember],
      description: 'Their calendars, those they have left too.',
      resolve: ({ members }) => [...members],
    }),
    blocks: t.field({
      type: LessonBlockConnection,
      description: 'Their lessons.',
      args: {
        ...pageArguments,
        from: t.arg({ type: DateScalar, description: 'On this day or later.' }),
        to: t.arg({ type: DateScalar, description: 'On this day or earlier.' }),
      },
      complexity: byPageSize,
      resolve: ({ term, userNo }, { from, to, ...args }, scope) =>
        readListing(scope, blockListing, {
          page: parsePage(args, { list: blockListing.list, max: PAGE_MAX }),
          conditions: blockConditions(term, { userNo, from, to }),
        }),
    }),
    explanation: t.string({
      nullable: true,
      description: 'What they do not see and why, and what would help; null when nothing is missing.',
      args: localeArgument,
      resolve: ({ members }, { locale }, scope) => {
        const count = (...states: readonly string[]) =>
          members.filter(({ state }) => states.includes(state)).length;
        const work = {
          pendingCalendar: false,
          titleDiffers: false,
          pendingEvents: 0,
          failedEvents: 0,
          pendingMembers: count('PENDING', 'REMOVING'),
          missingMembers: Math.min(1, count('USER_MISSING')),
          failedMembers: count('FAILED'),
        };
        const text = explainOpenWork(work, null, locale ?? scope.locale);
        return text === null ? null : wordsFor(scope, text, { locale });
      },
    }),
  }),
});

builder.queryField('timetableOf', (t) =>
  t.field({
    ...needs('calendars:read', 'operate'),
    type: TimetableOf,
    nullable: true,
    description: 'What one person should see in one term; null when the timetable does not know them.',
    args: {
      term: t.arg.string({ required: true, description: 'As the source writes it: 2024-2025-2.' }),
      userNo: t.arg.string({ required: true, description: 'Student or staff number.' }),
    },
    resolve: async (_root, { term: code, userNo }, scope) => {
      if (!canBeStored(code) || !canBeStored(userNo)) return null;
      const term = await termByCode(scope).load(code);
      if (term === null) return null;
      const { rows: members } = await sql<CalendarMemberRow>`
        ${selectMembers} join course_calendar c on c.id = m.calendar_id
        where c.term_id = ${term.id}::bigint and m.user_no = ${userNo} order by m.id limit 1000`.execute(
        sqlOf(scope),
      );
      const { rows: people } = await sql<{ user_type: TimetableUserType; name: string | null }>`
        select user_type, name from timetable_person where user_no = ${userNo} order by user_type`.execute(
        sqlOf(scope),
      );
      const userType = members[0]?.user_type ?? people[0]?.user_type;
      if (userType === undefined) return null;
      const name = people.find((person) => person.user_type === userType)?.name ?? null;
      return { term: term.id, userNo, name, userType, members };
    },
  }),
);
