import { type SqlBool, sql } from 'kysely';
import { attendanceLink } from '../../domain/calendar/event-content.ts';
import type { LessonTeacher as TeacherShape } from '../../domain/calendar/read-lesson.ts';
import { maskName } from '../../domain/text/mask.ts';
import { byPageSize, pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { addNode } from '../building/node.ts';
import { needs, personal } from '../permissions/rules.ts';
import { emptyConnection, PAGE_MAX, parsePage } from '../reading/connection.ts';
import { encodeGlobalId } from '../reading/global-id.ts';
import { type Condition, type Listing, readListing } from '../reading/listing.ts';
import { oneByKey, sqlOf } from '../reading/loaders.ts';
import { canBeStored, containsPattern } from '../reading/text-filter.ts';
import { DateScalar } from './date.ts';
import { CalendarEventStateEnum, HalfDayEnum } from './enums.ts';
import {
  blockById,
  CalendarEvent,
  LessonBlock,
  type LessonBlockRow,
  selectBlocks,
  Term,
  termByCode,
  termById,
} from './rows.ts';

const LessonTeacher = builder.objectRef<TeacherShape>('LessonTeacher').implement({
  description: 'A teacher, as a lesson names them.',
  fields: (t) => ({
    userNo: t.exposeString('userNo', { description: 'Staff number.' }),
    name: t.string({
      nullable: true,
      description: 'As the timetable has it.',
      ...personal((teacher: TeacherShape) => teacher.name, maskName),
    }),
  }),
});

interface AttendanceRow {
  readonly external_id: string;
  readonly attendance_start_offset: number;
  readonly attendance_end_offset: number;
  readonly late_threshold: number;
  readonly auto_absent_after: number;
}

const attendanceOf = oneByKey<AttendanceRow>(async (scope, ids) => {
  const { rows } = await sql<AttendanceRow>`
    select * from attendance_course where external_id = any(${[...ids]}::text[]) and deleted_at is null`.execute(
    sqlOf(scope),
  );
  return new Map(rows.map((row) => [row.external_id, row]));
});

const LessonAttendance = builder.objectRef<AttendanceRow>('LessonAttendance').implement({
  description: 'What the attendance application needs of a check-in lesson.',
  fields: (t) => ({
    externalId: t.exposeString('external_id', { description: 'Key of its row there.' }),
    link: t.string({
      nullable: true,
      description: 'Where attendance is taken; null without ATTENDANCE_URL.',
      resolve: (row, _args, scope) => attendanceLink(row.external_id, scope.services.attendanceUrl ?? null),
    }),
    startOffsetMinutes: t.exposeInt('attendance_start_offset', {
      description: 'When checking in begins, from the start of the lesson; negative: before it.',
    }),
    endOffsetMinutes: t.exposeInt('attendance_end_offset', { description: 'When it ends, from the start.' }),
    lateThresholdMinutes: t.exposeInt('late_threshold', { description: 'Later than this is late.' }),
    autoAbsentAfterMinutes: t.exposeInt('auto_absent_after', { description: 'After this: absent.' }),
  }),
});

LessonBlock.implement({
  description: 'Consecutive periods of one offering on one day: what becomes one event.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: ({ id }) => encodeGlobalId('LessonBlock', id),
    }),
    term: t.field({
      type: Term,
      description: 'Its term.',
      resolve: async (block, _args, scope) => {
        const term = await termById(scope).load(block.term_id);
        if (term === null) throw new Error(`Term ${block.term_id} of a block is missing.`);
        return term;
      },
    }),
    offering: t.exposeString('offering', { description: 'Course offering number (kkh).' }),
    courseName: t.exposeString('course_name', { description: 'Name of the course, by its first period.' }),
    teachingWeek: t.exposeInt('week', { nullable: true, description: 'Teaching week; null: not told.' }),
    weekday: t.exposeInt('weekday', { description: '1 Monday to 7 Sunday.' }),
    date: t.field({ type: DateScalar, description: 'The day.', resolve: (block) => block.day }),
    halfDay: t.field({
      type: HalfDayEnum,
      description: 'The half of the day.',
      resolve: (block) => block.half_day,
    }),
    periods: t.intList({ description: 'Its periods, in order.', resolve: ({ periods }) => [...periods] }),
    startsAt: t.expose('starts_at', { type: 'DateTime', description: 'Start of the first period.' }),
    endsAt: t.expose('ends_at', { type: 'DateTime', description: 'End of the last.' }),
    building: t.string({
      nullable: true,
      description: 'Building of the first period.',
      resolve: ({ building }) => (building === '' ? null : building),
    }),
    rooms: t.stringList({
      description: 'One per period, in order; empty where none is told.',
      resolve: ({ rooms }) => [...rooms],
    }),
    teachers: t.field({
      type: [LessonTeacher],
      description: 'Its teachers, in order.',
      resolve: ({ teachers }) => [...teachers],
    }),
    checkIn: t.exposeBoolean('check_in', { description: 'Attendance is taken.' }),
    externalId: t.exposeString('external_id', {
      description: "Stable over changes of room and teacher; also in the event's description.",
    }),
    event: t.field({
      type: CalendarEvent,
      nullable: true,
      description: 'Its event at WPS.',
      resolve: (block) => block,
    }),
    attendance: t.field({
      type: LessonAttendance,
      nullable: true,
      description: 'Of check-in lessons: what the attendance application needs.',
      resolve: (block, _args, scope) => attendanceOf(scope).load(block.external_id),
    }),
  }),
});

addNode('LessonBlock', { rule: ['calendars:read', 'operate'], loader: blockById });

export const LessonBlockConnection = builder.connectionObject(
  { type: LessonBlock, name: 'LessonBlockConnection', description: 'A page of blocks.' },
  { name: 'LessonBlockEdge', description: 'A block and its cursor.' },
);

export const blockListing: Listing<LessonBlockRow> = {
  list: 'lessonBlocks',
  select: selectBlocks,
  key: 'b.id',
  keyColumn: 'id',
  order: 'asc',
  keyOf: ({ id }) => id,
};

const filterInput = builder.inputType('LessonBlockFilter', {
  description: 'All given conditions must hold.',
  fields: (t) => ({
    offering: t.string({ description: 'Of this offering.' }),
    from: t.field({ type: DateScalar, description: 'On this day or later.' }),
    to: t.field({ type: DateScalar, description: 'On this day or earlier.' }),
    teacher: t.string({ description: 'Taught by this staff number.' }),
    room: t.string({ description: 'In a room of this name, at least for a period.' }),
    userNo: t.string({ description: 'Which this person should see.' }),
    eventState: t.field({
      type: [CalendarEventStateEnum],
      description: 'With an event in one of these states.',
    }),
  }),
});

builder.queryField('lessonBlocks', (t) =>
  t.field({
    ...needs('calendars:read', 'operate'),
    type: LessonBlockConnection,
    description: 'Blocks of a term that the timetable has.',
    args: {
      ...pageArguments,
      term: t.arg.string({ required: true, description: 'As the source writes it: 2024-2025-2.' }),
      filter: t.arg({ type: filterInput, description: 'Narrows the list.' }),
    },
    complexity: byPageSize,
    resolve: async (_root, { term: code, filter, ...args }, scope) => {
      const page = parsePage(args, { list: blockListing.list, max: PAGE_MAX });
      const term = canBeStored(code) ? await termByCode(scope).load(code) : null;
      if (term === null) return emptyConnection<LessonBlockRow>();
      return readListing(scope, blockListing, { page, conditions: blockConditions(term.id, filter ?? {}) });
    },
  }),
);

/** Conditions on the blocks of a term; a text that no block can contain matches none. */
export function blockConditions(
  term: string,
  filter: {
    readonly offering?: string | null | undefined;
    readonly from?: string | null | undefined;
    readonly to?: string | null | undefined;
    readonly teacher?: string | null | undefined;
    readonly room?: string | null | undefined;
    readonly userNo?: string | null | undefined;
    readonly eventState?: readonly string[] | null | undefined;
  },
): Condition[] {
  const { offering, from, to, teacher, room, userNo, eventState } = filter;
  const conditions: Condition[] = [sql`b.term_id = ${term}::bigint`, sql`b.removed_at is null`];
  if ([offering, teacher, room, userNo].some((text) => text != null && !canBeStored(text)))
    conditions.push(sql<SqlBool>`false`);
  if (offering != null) conditions.push(sql`c.offering = ${offering}`);
  if (from != null) conditions.push(sql`b.date >= ${from}::date`);
  if (to != null) conditions.push(sql`b.date <= ${to}::date`);
  if (teacher != null)
    conditions.push(sql`b.teachers @> jsonb_build_array(jsonb_build_object('userNo', ${teacher}::text))`);
  if (room != null)
    conditions.push(
      sql`exists (select 1 from unnest(b.rooms) r where r = ${room} or r like ${containsPattern(room)} and string_to_array(r, '、') @> array[${room}::text])`,
    );
  if (userNo != null)
    conditions.push(
      sql`exists (select 1 from calendar_member m where m.calendar_id = b.calendar_id and m.user_no = ${userNo} and m.desired_role is not null)`,
    );
  if (eventState != null) conditions.push(sql`b.event_state = any(${[...eventState]}::text[])`);
  return conditions;
}
