import { sql } from 'kysely';
import { byPageSize, pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { needs } from '../permissions/rules.ts';
import { PAGE_MAX, parsePage } from '../reading/connection.ts';
import { type Condition, type Listing, readListing } from '../reading/listing.ts';
import { sqlOf } from '../reading/loaders.ts';
import { canBeStored } from '../reading/text-filter.ts';
import { RunKindEnum, RunModeEnum, RunStatusEnum, RunTriggerEnum } from './enums.ts';
import { findRun } from './loaders.ts';
import { SyncRun, type SyncRunRow, selectRuns } from './rows.ts';

const RunConnection = builder.connectionObject(
  { type: SyncRun, name: 'SyncRunConnection', description: 'A page of runs.' },
  { name: 'SyncRunEdge', description: 'A run and its cursor.' },
);

const runListing: Listing<SyncRunRow> = {
  list: 'runs',
  select: selectRuns,
  key: 'r.id',
  keyColumn: 'id',
  order: 'desc',
  keyOf: (run) => run.id,
};

const runFilter = builder.inputType('RunFilter', {
  description: 'All given conditions must hold. Absent: no condition; an empty list matches nothing.',
  fields: (t) => ({
    kind: t.field({ type: [RunKindEnum], description: 'Of one of these kinds.' }),
    status: t.field({ type: [RunStatusEnum], description: 'In one of these states.' }),
    mode: t.field({ type: RunModeEnum, description: 'Real runs or dry runs.' }),
    trigger: t.field({ type: [RunTriggerEnum], description: 'Started in one of these ways.' }),
    scope: t.string({ description: 'About this term, or instance.' }),
    createdBy: t.string({ description: 'Started by this principal, exactly as `createdBy` shows it.' }),
    startedAfter: t.field({ type: 'DateTime', description: 'Begun after this moment.' }),
    startedBefore: t.field({ type: 'DateTime', description: 'Begun before this moment.' }),
  }),
});

builder.queryFields((t) => ({
  run: t.field({
    ...needs('operate'),
    type: SyncRun,
    nullable: true,
    description: 'One run; null when unknown.',
    args: { runId: t.arg.string({ required: true, description: 'Public id, `run_…`.' }) },
    resolve: (_root, { runId }, scope) => (canBeStored(runId) ? findRun(sqlOf(scope), runId) : null),
  }),
  runs: t.field({
    ...needs('operate'),
    type: RunConnection,
    description: 'Runs, newest first.',
    args: { ...pageArguments, filter: t.arg({ type: runFilter, description: 'Narrows the list.' }) },
    complexity: byPageSize,
    resolve: (_root, { filter, ...args }, scope) => {
      const page = parsePage(args, { list: runListing.list, max: PAGE_MAX });
      return readListing(scope, runListing, { page, conditions: runConditions(filter ?? {}) });
    },
  }),
}));

function runConditions(filter: {
  readonly kind?: readonly string[] | null | undefined;
  readonly status?: readonly string[] | null | undefined;
  readonly mode?: string | null | undefined;
  readonly trigger?: readonly string[] | null | undefined;
  readonly scope?: string | null | undefined;
  readonly createdBy?: string | null | undefined;
  readonly startedAfter?: string | null | undefined;
  readonly startedBefore?: string | null | undefined;
}): Condition[] {
  const { kind, status, mode, trigger, scope, createdBy, startedAfter, startedBefore } = filter;
  const conditions: Condition[] = [];
  if (kind != null) conditions.push(sql`r.kind = any(${[...kind]}::text[])`);
  if (status != null) conditions.push(sql`r.status = any(${[...status]}::text[])`);
  if (mode != null) conditions.push(sql`r.mode = ${mode}`);
  if (trigger != null) conditions.push(sql`r.trigger = any(${[...trigger]}::text[])`);
  if (scope != null) conditions.push(canBeStored(scope) ? sql`r.scope = ${scope}` : sql`false`);
  if (createdBy != null)
    conditions.push(canBeStored(createdBy) ? sql`r.created_by = ${createdBy}` : sql`false`);
  if (startedAfter != null) conditions.push(sql`r.started_at > ${startedAfter}::timestamptz`);
  if (startedBefore != null) conditions.push(sql`r.started_at < ${startedBefore}::timestamptz`);
  return conditions;
}
