import { sql } from 'kysely';
import { byPageSize, pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { needs } from '../permissions/rules.ts';
import { emptyConnection, PAGE_MAX, parsePage } from '../reading/connection.ts';
import { type Listing, readListing } from '../reading/listing.ts';
import { canBeStored } from '../reading/text-filter.ts';
import { DateScalar } from './date.ts';
import { ConflictKindEnum } from './enums.ts';
import {
  blockById,
  CalendarConflict,
  type CalendarConflictRow,
  LessonBlock,
  selectConflicts,
  termByCode,
} from './rows.ts';

CalendarConflict.implement({
  description: 'One teacher, room or student in two places at once, as the last sync found it.',
  fields: (t) => ({
    kind: t.field({ type: ConflictKindEnum, description: 'Who or what.', resolve: ({ kind }) => kind }),
    subject: t.exposeString('subject', {
      description: "Staff number, room, or student's number; of several students the two offerings.",
    }),
    date: t.field({ type: DateScalar, description: 'The day.', resolve: ({ day }) => day }),
    startsAt: t.expose('starts_at', { type: 'DateTime', description: 'From when on.' }),
    endsAt: t.expose('ends_at', { type: 'DateTime', description: 'Until when.' }),
    blocks: t.field({
      type: [LessonBlock],
      description: 'The blocks that overlap.',
      resolve: async (conflict, _args, scope) => {
        const blocks = await Promise.all(conflict.block_ids.map((id) => blockById(scope).load(id)));
        return blocks.filter((block) => block !== null);
      },
    }),
    students: t.exposeInt('students', { nullable: true, description: 'Of STUDENT: how many.' }),
  }),
});

const CalendarConflictConnection = builder.connectionObject(
  { type: CalendarConflict, name: 'CalendarConflictConnection', description: 'A page of conflicts.' },
  { name: 'CalendarConflictEdge', description: 'A conflict and its cursor.' },
);

const listing: Listing<CalendarConflictRow> = {
  list: 'calendarConflicts',
  select: selectConflicts,
  key: 'f.id',
  keyColumn: 'id',
  order: 'asc',
  keyOf: ({ id }) => id,
};

builder.queryField('calendarConflicts', (t) =>
  t.field({
    ...needs('calendars:read', 'operate'),
    type: CalendarConflictConnection,
    description: 'What is in two places at once in a term, by time. It stops no sync.',
    args: {
      ...pageArguments,
      term: t.arg.string({ required: true, description: 'As the source writes it: 2024-2025-2.' }),
      kind: t.arg({ type: [ConflictKindEnum], description: 'Of one of these kinds.' }),
    },
    complexity: byPageSize,
    resolve: async (_root, { term: code, kind, ...args }, scope) => {
      const page = parsePage(args, { list: listing.list, max: PAGE_MAX });
      const term = canBeStored(code) ? await termByCode(scope).load(code) : null;
      if (term === null) return emptyConnection<CalendarConflictRow>();
      const conditions = [sql<boolean>`f.term_id = ${term.id}::bigint`];
      if (kind != null) conditions.push(sql`f.kind = any(${[...kind]}::text[])`);
      return readListing(scope, listing, { page, conditions });
    },
  }),
);
