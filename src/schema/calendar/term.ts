import { sql } from 'kysely';
import type { CalendarRunKind } from '../../domain/calendar/run-kinds.ts';
import { updateTerm } from '../../jobs/calendar/update-term.ts';
import { builder } from '../building/builder.ts';
import { addMutation, rowAfterwards } from '../building/mutation.ts';
import { addNode } from '../building/node.ts';
import { operationContext } from '../context/operation.ts';
import { needs } from '../permissions/rules.ts';
import { encodeGlobalId } from '../reading/global-id.ts';
import { listByKey, oneByKey, sqlOf } from '../reading/loaders.ts';
import { canBeStored } from '../reading/text-filter.ts';
import { SyncRun, type SyncRunRow, selectRuns } from '../runs/rows.ts';
import {
  BlockPolicyEnum,
  CalendarEventStateEnum,
  CalendarMemberStateEnum,
  CourseCalendarStateEnum,
  TermStatusEnum,
} from './enums.ts';
import { selectTerms, Term, type TermRow, termByCode, termById } from './rows.ts';
import { calendarsOf, eventsOf, membersOf, type StateCount } from './state-counts.ts';

const CalendarStateCount = builder.objectRef<StateCount<'calendars'>>('CalendarStateCount').implement({
  description: 'How many calendars are in a state.',
  fields: (t) => ({
    state: t.field({
      type: CourseCalendarStateEnum,
      description: 'The state.',
      resolve: ({ state }) => state,
    }),
    count: t.exposeInt('count', { description: 'How many.' }),
  }),
});
const EventStateCount = builder.objectRef<StateCount<'events'>>('EventStateCount').implement({
  description: 'How many events are in a state.',
  fields: (t) => ({
    state: t.field({
      type: CalendarEventStateEnum,
      description: 'The state.',
      resolve: ({ state }) => state,
    }),
    count: t.exposeInt('count', { description: 'How many.' }),
  }),
});
const MemberStateCount = builder.objectRef<StateCount<'members'>>('MemberStateCount').implement({
  description: 'How many members are in a state.',
  fields: (t) => ({
    state: t.field({
      type: CalendarMemberStateEnum,
      description: 'The state.',
      resolve: ({ state }) => state,
    }),
    count: t.exposeInt('count', { description: 'How many.' }),
  }),
});

const blockCounts = oneByKey<number>(async (scope, ids) => {
  const { rows } = await sql<{ id: string; count: number }>`
    select term_id as id, count(*)::int as count from lesson_block
    where term_id = any(${[...ids]}::bigint[]) and removed_at is null group by term_id`.execute(sqlOf(scope));
  return new Map(rows.map(({ id, count }) => [id, count]));
});

/** The last run of a kind of each term. */
function lastRun(kind: CalendarRunKind) {
  return oneByKey<SyncRunRow>(async (scope, codes) => {
    const { rows } = await sql<SyncRunRow>`
      ${selectRuns} where r.id in (select max(id) from sync_run
        where kind = ${kind} and mode = 'RUN' and scope = any(${[...codes]}::text[]) group by scope)`.execute(
      sqlOf(scope),
    );
    return new Map(rows.map((run) => [run.scope, run]));
  });
}
const lastFull = lastRun('CALENDAR_FULL');
const lastIncremental = lastRun('CALENDAR_INCREMENTAL');
const liveRuns = listByKey<SyncRunRow>(
  async (scope, codes) => {
    const { rows } = await sql<SyncRunRow>`
      ${selectRuns} where r.scope = any(${[...codes]}::text[]) and r.kind like 'CALENDAR%' and r.mode = 'RUN'
        and r.status in ('RUNNING', 'AWAITING_CONFIRMATION')`.execute(sqlOf(scope));
    return rows;
  },
  ({ scope }) => scope,
);

Term.implement({
  description: 'A term of the timetable, known from the first run that named it.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: ({ id }) => encodeGlobalId('Term', id),
    }),
    code: t.exposeString('code', { description: 'As the source writes it: 2024-2025-2.' }),
    status: t.field({
      type: TermStatusEnum,
      description: 'Whether it is synced.',
      resolve: ({ status }) => status,
    }),
    blockPolicy: t.field({
      type: BlockPolicyEnum,
      description: 'Which periods become one event.',
      resolve: (term) => term.block_policy,
    }),
    lessonCount: t.exposeInt('lesson_count', {
      description: 'Current rows that the last sync read, refused ones included.',
    }),
    blockCount: t.int({
      description: 'Blocks that the timetable has.',
      resolve: async ({ id }, _args, scope) => (await blockCounts(scope).load(id)) ?? 0,
    }),
    calendarCounts: t.field({
      type: [CalendarStateCount],
      description: 'Its calendars by state.',
      resolve: async ({ id }, _args, scope) => [...(await calendarsOf(scope).load(id))],
    }),
    eventCounts: t.field({
      type: [EventStateCount],
      description: 'Its events by state.',
      resolve: async ({ id }, _args, scope) => [...(await eventsOf(scope).load(id))],
    }),
    memberCounts: t.field({
      type: [MemberStateCount],
      description: 'Members of its calendars by state.',
      resolve: async ({ id }, _args, scope) => [...(await membersOf(scope).load(id))],
    }),
    lastFullSync: t.field({
      type: SyncRun,
      nullable: true,
      description: 'The last full sync, whatever came of it.',
      resolve: ({ code }, _args, scope) => lastFull(scope).load(code),
    }),
    lastIncrementalSync: t.field({
      type: SyncRun,
      nullable: true,
      description: 'The last incremental sync, whatever came of it.',
      resolve: ({ code }, _args, scope) => lastIncremental(scope).load(code),
    }),
    liveRun: t.field({
      type: SyncRun,
      nullable: true,
      description: 'The run that is under way, or waits for a person; there is at most one.',
      resolve: async ({ code }, _args, scope) => (await liveRuns(scope).load(code))[0] ?? null,
    }),
  }),
});

addNode('Term', { rule: ['calendars:read', 'operate'], loader: termById });

builder.queryFields((t) => ({
  terms: t.field({
    ...needs('calendars:read', 'operate'),
    type: [Term],
    description: 'Terms that a run has named, newest first.',
    resolve: async (_root, _args, scope) => {
      const { rows } = await sql<TermRow>`${selectTerms} order by t.code desc`.execute(sqlOf(scope));
      return rows;
    },
  }),
  term: t.field({
    ...needs('calendars:read', 'operate'),
    type: Term,
    nullable: true,
    description: 'One term; null when no run has named it.',
    args: { code: t.arg.string({ required: true, description: 'As the source writes it: 2024-2025-2.' }) },
    resolve: (_root, { code }, scope) => (canBeStored(code) ? termByCode(scope).load(code) : null),
  }),
}));

addMutation('updateTerm', {
  rule: needs('operate'),
  description:
    'Opens or closes a term, or changes which periods become one event; the next run brings the calendars in line.',
  about: 'What to change of a term; what is absent stays as it is.',
  input: (t) => ({
    term: t.string({ required: true, description: 'As the source writes it: 2024-2025-2.' }),
    status: t.field({ type: TermStatusEnum, description: 'CLOSED: not synced any more.' }),
    blockPolicy: t.field({ type: BlockPolicyEnum, description: 'Which periods become one event.' }),
  }),
  run: ({ term, status, blockPolicy }, scope) =>
    updateTerm(operationContext(scope), { term, status: status ?? null, blockPolicy: blockPolicy ?? null }),
  payload: (t) => ({
    term: t.field(rowAfterwards(Term, termById, 'The term as it is now; null when there is none.')),
  }),
});
