import { sql } from 'kysely';
import { findingMessage } from '../../domain/calendar/finding-message.ts';
import { byPageSize, localeArgument, pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { addNode } from '../building/node.ts';
import { wordsFor } from '../context/words.ts';
import { needs } from '../permissions/rules.ts';
import { emptyConnection, PAGE_MAX, parsePage } from '../reading/connection.ts';
import { encodeGlobalId } from '../reading/global-id.ts';
import { type Listing, readListing } from '../reading/listing.ts';
import { canBeStored } from '../reading/text-filter.ts';
import { FindingKindEnum, FindingSubjectEnum } from './enums.ts';
import {
  CalendarFinding,
  type CalendarFindingRow,
  CourseCalendar,
  calendarById,
  findingById,
  selectFindings,
  termByCode,
} from './rows.ts';

CalendarFinding.implement({
  description: 'A difference between what we recorded and what WPS has.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: ({ id }) => encodeGlobalId('CalendarFinding', id),
    }),
    kind: t.field({ type: FindingKindEnum, description: 'How it differs.', resolve: ({ kind }) => kind }),
    subject: t.field({ type: FindingSubjectEnum, description: 'What.', resolve: ({ subject }) => subject }),
    calendar: t.field({
      type: CourseCalendar,
      nullable: true,
      description: 'The calendar it is about, where it is one of ours.',
      resolve: ({ calendar_id }, _args, scope) =>
        calendar_id === null ? null : calendarById(scope).load(calendar_id),
    }),
    remoteId: t.exposeString('remote_id', { nullable: true, description: "WPS's id of it." }),
    details: t.field({
      type: 'JSON',
      description: 'What was found.',
      resolve: ({ details: { row: _row, run, ...details } }) => ({ ...details, runId: run }),
    }),
    message: t.string({
      description: 'What it is and what to do.',
      args: localeArgument,
      resolve: (finding, { locale }, scope) =>
        wordsFor(scope, findingMessage(finding, locale ?? scope.locale), { locale }),
    }),
    foundAt: t.expose('found_at', { type: 'DateTime', description: 'When it was found first.' }),
    repairedAt: t.expose('repaired_at', {
      type: 'DateTime',
      nullable: true,
      description: 'When a reconciliation put it right.',
    }),
  }),
});

addNode('CalendarFinding', { rule: ['calendars:read', 'operate'], loader: findingById });

const CalendarFindingConnection = builder.connectionObject(
  { type: CalendarFinding, name: 'CalendarFindingConnection', description: 'A page of findings.' },
  { name: 'CalendarFindingEdge', description: 'A finding and its cursor.' },
);

const listing: Listing<CalendarFindingRow> = {
  list: 'calendarFindings',
  select: selectFindings,
  key: 'f.id',
  keyColumn: 'id',
  order: 'desc',
  keyOf: ({ id }) => id,
};

builder.queryField('calendarFindings', (t) =>
  t.field({
    ...needs('calendars:read', 'operate'),
    type: CalendarFindingConnection,
    description: 'Differences that reconciliations found, newest first.',
    args: {
      ...pageArguments,
      term: t.arg.string({ required: true, description: 'As the source writes it: 2024-2025-2.' }),
      kind: t.arg({ type: [FindingKindEnum], description: 'Of one of these kinds.' }),
      open: t.arg.boolean({ description: 'True: neither repaired nor gone; false: the others.' }),
    },
    complexity: byPageSize,
    resolve: async (_root, { term: code, kind, open, ...args }, scope) => {
      const page = parsePage(args, { list: listing.list, max: PAGE_MAX });
      const term = canBeStored(code) ? await termByCode(scope).load(code) : null;
      if (term === null) return emptyConnection<CalendarFindingRow>();
      const conditions = [sql<boolean>`f.term_id = ${term.id}::bigint`];
      if (kind != null) conditions.push(sql`f.kind = any(${[...kind]}::text[])`);
      if (open != null)
        conditions.push(sql`(f.repaired_at is null and f.closed_at is null) = ${open}::boolean`);
      return readListing(scope, listing, { page, conditions });
    },
  }),
);
