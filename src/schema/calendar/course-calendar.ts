import { type SqlBool, sql } from 'kysely';
import { explainOpenWork, type OpenWork } from '../../domain/calendar/explain.ts';
import { byPageSize, localeArgument, pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { addNode } from '../building/node.ts';
import { errorText, wordsFor } from '../context/words.ts';
import { needs } from '../permissions/rules.ts';
import { emptyConnection, PAGE_MAX, parsePage } from '../reading/connection.ts';
import { encodeGlobalId } from '../reading/global-id.ts';
import { type Condition, childPages, type Listing, readListing } from '../reading/listing.ts';
import { oneByKey, sqlOf } from '../reading/loaders.ts';
import { canBeStored, containsPattern } from '../reading/text-filter.ts';
import { errorField } from './calendar-error.ts';
import { CalendarEventConnection } from './calendar-event.ts';
import { CalendarMemberConnection, memberConditions } from './calendar-member.ts';
import { DateScalar } from './date.ts';
import {
  CalendarEventStateEnum,
  CalendarMemberStateEnum,
  CourseCalendarStateEnum,
  TimetableUserTypeEnum,
} from './enums.ts';
import {
  type CalendarMemberRow,
  CourseCalendar,
  type CourseCalendarRow,
  calendarById,
  type LessonBlockRow,
  selectBlocks,
  selectCalendars,
  selectMembers,
  Term,
  termByCode,
  termById,
} from './rows.ts';

const eventsOfCalendar = childPages<LessonBlockRow>({
  list: 'calendarEvents',
  select: selectBlocks,
  key: 'b.id',
  keyColumn: 'id',
  order: 'asc',
  keyOf: ({ id }) => id,
  parent: 'b.calendar_id',
  parentColumn: 'calendar_id',
  parentOf: (row) => row.calendar_id,
});

const membersOfCalendar = childPages<CalendarMemberRow>({
  list: 'calendarMembers',
  select: selectMembers,
  key: 'm.id',
  keyColumn: 'id',
  order: 'asc',
  keyOf: ({ id }) => id,
  parent: 'm.calendar_id',
  parentColumn: 'calendar_id',
  parentOf: (row) => row.calendar_id,
});

const openWork = oneByKey<OpenWork>(async (scope, ids) => {
  const { rows } = await sql<OpenWork & { readonly id: string }>`
    select c.id, c.state in ('PENDING', 'FAILED') and c.wps_calendar_id is null as "pendingCalendar",
      c.wps_calendar_id is not null and c.title is distinct from c.desired_title as "titleDiffers",
      (select count(*)::int from lesson_block b where b.calendar_id = c.id and b.event_state in ('PENDING', 'STALE')) as "pendingEvents",
      (select count(*)::int from lesson_block b where b.calendar_id = c.id and b.event_state = 'FAILED') as "failedEvents",
      (select count(*)::int from calendar_member m where m.calendar_id = c.id and m.state in ('PENDING', 'REMOVING')) as "pendingMembers",
      (select count(*)::int from calendar_member m where m.calendar_id = c.id and m.state = 'USER_MISSING') as "missingMembers",
      (select count(*)::int from calendar_member m where m.calendar_id = c.id and m.state = 'FAILED') as "failedMembers"
    from course_calendar c where c.id = any(${[...ids]}::bigint[]) and c.state <> 'DELETED'`.execute(
    sqlOf(scope),
  );
  return new Map(rows.map((row) => [row.id, row]));
});

CourseCalendar.implement({
  description: 'One course offering of one term and its calendar at WPS.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: ({ id }) => encodeGlobalId('CourseCalendar', id),
    }),
    term: t.field({
      type: Term,
      description: 'The term it is of.',
      resolve: async (calendar, _args, scope) => {
        const term = await termById(scope).load(calendar.term_id);
        if (term === null) throw new Error(`Term ${calendar.term_id} of a calendar is missing.`);
        return term;
      },
    }),
    offering: t.exposeString('offering', { description: 'Course offering number (kkh).' }),
    title: t.exposeString('title', {
      nullable: true,
      description: 'What the calendar is called at WPS now; null while there is none.',
    }),
    desiredTitle: t.exposeString('desired_title', { description: 'What it should be called.' }),
    wpsCalendarId: t.exposeString('wps_calendar_id', { nullable: true, description: 'Its id at WPS.' }),
    state: t.field({
      type: CourseCalendarStateEnum,
      description: 'Its state.',
      resolve: ({ state }) => state,
    }),
    error: t.field(errorField('What WPS said last; null when nothing is wrong.')),
    explanation: t.string({
      nullable: true,
      description: 'Why it is not as it should be, and what would help; null when it is.',
      args: localeArgument,
      resolve: async (calendar, { locale }, scope) => {
        const open = await openWork(scope).load(calendar.id);
        if (open === null) return null;
        const { error_code: code, error_parameters: parameters } = calendar;
        const error = code === null ? null : errorText(scope, { code, parameters: parameters ?? {} }, locale);
        const text = explainOpenWork(open, error, locale ?? scope.locale);
        return text === null ? null : wordsFor(scope, text, { locale });
      },
    }),
    events: t.field({
      type: CalendarEventConnection,
      description: 'Its events, in the order in which they were planned.',
      args: {
        ...pageArguments,
        state: t.arg({ type: [CalendarEventStateEnum], description: 'In one of these states.' }),
        from: t.arg({ type: DateScalar, description: 'On this day or later.' }),
        to: t.arg({ type: DateScalar, description: 'On this day or earlier.' }),
      },
      complexity: byPageSize,
      resolve: ({ id }, { state, from, to, ...args }, scope) => {
        const conditions: Condition[] = [];
        if (state != null) conditions.push(sql`b.event_state = any(${[...state]}::text[])`);
        if (from != null) conditions.push(sql`b.date >= ${from}::date`);
        if (to != null) conditions.push(sql`b.date <= ${to}::date`);
        return eventsOfCalendar(scope, id, {
          page: parsePage(args, { list: 'calendarEvents', max: PAGE_MAX }),
          conditions,
          filterKey: JSON.stringify([state, from, to]),
        });
      },
    }),
    members: t.field({
      type: CalendarMemberConnection,
      description: 'Its members, former ones too.',
      args: {
        ...pageArguments,
        state: t.arg({ type: [CalendarMemberStateEnum], description: 'In one of these states.' }),
        userType: t.arg({ type: TimetableUserTypeEnum, description: 'Students, or teachers.' }),
        search: t.arg.string({ description: 'With this text in number or name.' }),
      },
      complexity: byPageSize,
      resolve: ({ id }, { state, userType, search, ...args }, scope) =>
        membersOfCalendar(scope, id, {
          page: parsePage(args, { list: 'calendarMembers', max: PAGE_MAX }),
          conditions: memberConditions({ state, userType, search }),
          filterKey: JSON.stringify([state, userType, search]),
        }),
    }),
    createdAt: t.expose('created_at', { type: 'DateTime', description: 'When it was planned first.' }),
    updatedAt: t.expose('updated_at', { type: 'DateTime', description: 'When it last changed.' }),
  }),
});

addNode('CourseCalendar', { rule: ['calendars:read', 'operate'], loader: calendarById });

const CourseCalendarConnection = builder.connectionObject(
  { type: CourseCalendar, name: 'CourseCalendarConnection', description: 'A page of calendars.' },
  { name: 'CourseCalendarEdge', description: 'A calendar and its cursor.' },
);

const listing: Listing<CourseCalendarRow> = {
  list: 'courseCalendars',
  select: selectCalendars,
  key: 'c.id',
  keyColumn: 'id',
  order: 'asc',
  keyOf: ({ id }) => id,
};

const filterInput = builder.inputType('CourseCalendarFilter', {
  description: 'All given conditions must hold.',
  fields: (t) => ({
    search: t.string({ description: 'With this text in offering or title.' }),
    state: t.field({ type: [CourseCalendarStateEnum], description: 'In one of these states.' }),
    userNo: t.string({ description: 'Of which this person is, or should be, a member.' }),
  }),
});

builder.queryFields((t) => ({
  courseCalendars: t.field({
    ...needs('calendars:read', 'operate'),
    type: CourseCalendarConnection,
    description: 'Calendars of a term.',
    args: {
      ...pageArguments,
      term: t.arg.string({ required: true, description: 'As the source writes it: 2024-2025-2.' }),
      filter: t.arg({ type: filterInput, description: 'Narrows the list.' }),
    },
    complexity: byPageSize,
    resolve: async (_root, { term: code, filter, ...args }, scope) => {
      const page = parsePage(args, { list: listing.list, max: PAGE_MAX });
      const term = canBeStored(code) ? await termByCode(scope).load(code) : null;
      if (term === null) return emptyConnection<CourseCalendarRow>();
      return readListing(scope, listing, { page, conditions: conditionsOf(term.id, filter ?? {}) });
    },
  }),
  courseCalendar: t.field({
    ...needs('calendars:read', 'operate'),
    type: CourseCalendar,
    nullable: true,
    description: 'The calendar of one offering; null when it has none.',
    args: {
      term: t.arg.string({ required: true, description: 'As the source writes it: 2024-2025-2.' }),
      offering: t.arg.string({ required: true, description: 'Course offering number (kkh).' }),
    },
    resolve: async (_root, { term: code, offering }, scope) => {
      if (!canBeStored(code) || !canBeStored(offering)) return null;
      const { rows } = await sql<CourseCalendarRow>`
        ${selectCalendars} join term t on t.id = c.term_id
        where t.code = ${code} and c.offering = ${offering}`.execute(sqlOf(scope));
      return rows[0] ?? null;
    },
  }),
}));

function conditionsOf(
  term: string,
  filter: {
    readonly search?: string | null | undefined;
    readonly state?: readonly string[] | null | undefined;
    readonly userNo?: string | null | undefined;
  },
): Condition[] {
  const { search, state, userNo } = filter;
  const conditions: Condition[] = [sql`c.term_id = ${term}::bigint`];
  if (search != null) {
    const pattern = containsPattern(search);
    conditions.push(
      canBeStored(search)
        ? sql`(c.offering ilike ${pattern} or c.title ilike ${pattern} or c.desired_title ilike ${pattern})`
        : sql<SqlBool>`false`,
    );
  }
  if (state != null) conditions.push(sql`c.state = any(${[...state]}::text[])`);
  if (userNo != null)
    conditions.push(
      canBeStored(userNo)
        ? sql`exists (select 1 from calendar_member m where m.calendar_id = c.id and m.user_no = ${userNo} and m.state <> 'REMOVED')`
        : sql<SqlBool>`false`,
    );
  return conditions;
}
