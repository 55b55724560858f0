import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ErrorParameters, Locale } from '../../domain/errors/error-entry.ts';
import { progressOf } from '../../domain/runs/run-states.ts';
import { stepName } from '../../domain/runs/step-names.ts';
import { byPageSize, localeArgument, pageArguments } from '../building/arguments.ts';
import { builder } from '../building/builder.ts';
import { addNode } from '../building/node.ts';
import type { RequestScope } from '../context/context.ts';
import { errorText } from '../context/words.ts';
import { PAGE_MAX, parsePage } from '../reading/connection.ts';
import { encodeGlobalId } from '../reading/global-id.ts';
import { childPages } from '../reading/listing.ts';
import { canBeStored, containsPattern } from '../reading/text-filter.ts';
import {
  RunItemOutcomeEnum,
  RunKindEnum,
  RunModeEnum,
  RunStatusEnum,
  RunTriggerEnum,
  StepStatusEnum,
} from './enums.ts';
import { runById } from './loaders.ts';
import { type RunItemRow, type RunStepRow, SyncRun, selectRunItems } from './rows.ts';

const itemsOfRun = childPages<RunItemRow>({
  list: 'runItems',
  select: selectRunItems,
  key: 'i.id',
  keyColumn: 'id',
  order: 'asc',
  keyOf: (item) => item.id,
  parent: 'i.run_id',
  parentColumn: 'run_id',
  parentOf: (item) => item.run_id,
});

SyncRun.implement({
  description: 'One execution of a sync.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Unique over all types; for `node`.',
      resolve: (run) => encodeGlobalId('SyncRun', run.id),
    }),
    runId: t.exposeString('run_id', { description: 'Public id, `run_…`.' }),
    kind: t.field({ type: RunKindEnum, description: 'What it does.', resolve: (run) => run.kind }),
    mode: t.field({ type: RunModeEnum, description: 'Whether it writes.', resolve: (run) => run.mode }),
    trigger: t.field({
      type: RunTriggerEnum,
      description: 'What started it.',
      resolve: (run) => run.trigger,
    }),
    status: t.field({ type: RunStatusEnum, description: 'Its state.', resolve: (run) => run.status }),
    progress: t.float({
      nullable: true,
      description: '0 to 100; null while the total is unknown.',
      resolve: (run) => progressOf(run.status, run.steps),
    }),
    steps: t.field({
      type: [RunStep],
      description: 'Its stages, in order.',
      resolve: (run) => [...run.steps],
    }),
    summary: t.field({
      type: 'JSON',
      description:
        'Counts and facts of this kind of run. HR_SYNC: full, since, pages, fetched, inserted, updated, unchanged, skipped, erased (rows of people who were erased here: left out), accountsImported, moved (people of whom an active account is not what HR says now), movesFailed (accounts that could not be updated, also after the run); a dry run: disabled (people). LEAVERS: people, recentPeople, activePeople, limit; by record: pending, disabled, wouldDisable, byHand, failed, skipped, tasksCreated, wouldEnable. ACCOUNT_VERIFICATION: checked, confirmed, missing, differing, orphan, absent, adopted, failed, the same bySystem, notSearchable; as RUN: tasksCreated, forgotten, corrected, byHand, skipped, repairsFailed. TASK_CREATION: people, tasks (an object: how many by system), requestItems; of a dry run and while it waits for a person, what it would plan. TASK_PROCESSING: selected, completed, retry (also those whose lost answer is looked up), failed, givenBack (unrun), waiting (tasks that wait for something, of this run or not). Waiting for a person: confirmation {count, limit}.',
      resolve: (run) => run.summary,
    }),
    error: t.string({
      nullable: true,
      description: 'Why it failed; null when it did not.',
      args: localeArgument,
      resolve: (run, { locale }, scope) => textOf(scope, run, locale),
    }),
    createdBy: t.exposeString('created_by', {
      nullable: true,
      description: 'Who started it; null for schedules and events.',
    }),
    confirmationRequestedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it began to wait for a person; null when it never had to.',
      resolve: (run) => run.confirmation_requested_at,
    }),
    confirmedBy: t.exposeString('confirmed_by', {
      nullable: true,
      description: 'Who confirmed it; null: it needed no confirmation, or has none yet.',
    }),
    confirmedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was let go on.',
      resolve: (run) => run.confirmed_at,
    }),
    rejectedBy: t.exposeString('rejected_by', { nullable: true, description: 'Who refused it.' }),
    rejectedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was refused.',
      resolve: (run) => run.rejected_at,
    }),
    rejectionReason: t.exposeString('rejection_reason', {
      nullable: true,
      description: 'Why, in the words of who refused it.',
    }),
    startedAt: t.field({
      type: 'DateTime',
      description: 'When it began.',
      resolve: (run) => run.started_at,
    }),
    finishedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null while it goes on.',
      resolve: (run) => run.finished_at,
    }),
    items: t.field({
      type: RunItemConnection,
      description:
        'Records with something to report: to be done, done, refused, incomplete, or their outcome in a dry run. Of records of a source at most 10,000 are kept; of an import from the first system all.',
      args: {
        ...pageArguments,
        outcome: t.arg({ type: [RunItemOutcomeEnum], description: 'With one of these outcomes.' }),
        search: t.arg.string({ description: 'Whose key contains this text, without regard to case.' }),
      },
      complexity: byPageSize,
      resolve: (run, { outcome, search, ...args }, scope) =>
        itemsOfRun(scope, run.id, {
          page: parsePage(args, { list: 'runItems', max: PAGE_MAX }),
          conditions: [
            ...(outcome == null ? [] : [sql<SqlBool>`i.outcome = any(${[...outcome]}::text[])`]),
            ...(search == null ? [] : [keyContains(search)]),
          ],
          filterKey: JSON.stringify([outcome ?? null, search ?? null]),
        }),
    }),
  }),
});

addNode('SyncRun', { rule: ['operate'], loader: runById });
const RunStep = builder.objectRef<RunStepRow>('RunStep').implement({
  description: 'A stage of a run; stages form a tree by parentKey.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Unique within the run.' }),
    parentKey: t.exposeString('parent_key', { nullable: true, description: 'The stage it is a part of.' }),
    name: t.string({
      description: 'What it does.',
      resolve: (step, _args, scope) => stepName(step.key, scope.locale),
    }),
    status: t.field({ type: StepStatusEnum, description: 'Its state.', resolve: (step) => step.status }),
    done: t.exposeInt('done', { description: 'How much is done: pages or items.' }),
    total: t.exposeInt('total', { nullable: true, description: 'Of how much; null while unknown.' }),
    failed: t.exposeInt('failed', { description: 'Records that were not taken whole.' }),
    error: t.string({
      nullable: true,
      description: 'Why it failed; null when it did not.',
      args: localeArgument,
      resolve: (step, { locale }, scope) => textOf(scope, step, locale),
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it began.',
      resolve: (step) => step.started_at,
    }),
    finishedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ended.',
      resolve: (step) => step.finished_at,
    }),
  }),
});

const RunItem = builder.objectRef<RunItemRow>('RunItem').implement({
  description: 'Outcome of one record of a run.',
  fields: (t) => ({
    key: t.exposeString('item_key', { description: 'What identifies the record at its source.' }),
    outcome: t.field({
      type: RunItemOutcomeEnum,
      description: 'Its outcome.',
      resolve: (item) => item.outcome,
    }),
    errorCode: t.exposeString('error_code', { nullable: true, description: 'Stable; for programs.' }),
    message: t.string({
      nullable: true,
      description: 'What is wrong with it and what to do; null when nothing is.',
      args: localeArgument,
      resolve: (item, { locale }, scope) => textOf(scope, item, locale),
    }),
    details: t.field({
      type: 'JSON',
      description: 'Numbers and dates that identify it; with WOULD_UPDATE `fields`, what would change.',
      resolve: (item) => item.payload,
    }),
  }),
});

const RunItemConnection = builder.connectionObject(
  { type: RunItem, name: 'RunItemConnection', description: 'A page of records of a run.' },
  { name: 'RunItemEdge', description: 'A record and its cursor.' },
);

function textOf(
  scope: RequestScope,
  row: { readonly error_code: string | null; readonly error_parameters: ErrorParameters | null },
  locale: Locale | null | undefined,
): string | null {
  if (row.error_code === null) return null;
  return errorText(scope, { code: row.error_code, parameters: row.error_parameters ?? {} }, locale);
}

function keyContains(text: string): RawBuilder<SqlBool> {
  return canBeStored(text)
    ? sql<SqlBool>`i.item_key ilike ${containsPattern(text.trim())}`
    : sql<SqlBool>`false`;
}
