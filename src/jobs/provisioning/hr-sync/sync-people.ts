import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import type { HrRowProblem } from '../../../domain/provisioning/hr/hr-person.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction, outsideTransaction, rowsOf } from '../../../entities/transaction.ts';
import type { HrPage, HrSource } from '../../../integrations/contract/hr-source.ts';
import { analyzeGrownTables } from '../../kit/analyze-grown-tables.ts';
import { JobInterrupted } from '../../kit/interruption.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import { erasedNumbers } from '../../people/erased-numbers.ts';
import type { RunJobPayload } from '../../runs/run-job.ts';
import {
  addToSummary,
  finishRun,
  lockingRun,
  type NewRunItem,
  type OpenRun,
  openLocked,
  openRun,
  recordProgress,
  storeRunItems,
  takeUpRun,
} from '../../runs/run-record.ts';
import { sendChanges } from '../account-changes/enqueue-changes.ts';
import { failedMovesOf, recordMoves, type ShowingSystem } from '../account-changes/movers.ts';
import { followSyncWithLeavers } from '../account-changes/start-disable-leavers.ts';
import { followWithTasks } from '../task-runs/start-create-tasks.ts';
import { dryRunHrPage, planStoredLeavers } from './dry-run-hr-page.ts';
import { type DeliveredPage, HrPageFailed, HrPageReader, HrPagesContradict } from './hr-page-reader.ts';
import { PEOPLE_STEP, readSource, startSyncPeople } from './start-sync-people.ts';
import { comparePage, differing, type HashedPage, hashPage, storeHrPeople } from './store-hr-people.ts';

export interface SyncPeopleContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  readonly systems: readonly string[];
  /** Systems whose connector can disable. */
  readonly disablable: readonly string[];
  /** The fields that connected systems show of people. */
  readonly showing: readonly ShowingSystem[];
  readonly source: HrSource;
  readonly displayTimeZone: string;
  /** Aborts when the process stops: the run is given back and goes on elsewhere. */
  readonly stopping: AbortSignal;
  readonly retryDelaysSeconds: readonly number[];
}

/** A full sync with less than this percentage of the last one is taken for a broken source (provisioning.md §6). */
const SHORT_PERCENT = 70;

const optionsSchema = z.object({ full: z.boolean(), since: z.string().nullable() });
const checkpointSchema = z.object({ page: z.int(), totalPages: z.int(), last: z.boolean().default(false) });
const summarySchema = z.object({
  fetched: z.int().default(0),
  inserted: z.int().default(0),
  updated: z.int().default(0),
  unchanged: z.int().default(0),
  skipped: z.int().default(0),
  erased: z.int().default(0),
  accountsImported: z.int().default(0),
  moved: z.int().default(0),
  movesFailed: z.int().default(0),
});
type Counts = Omit<z.output<typeof summarySchema>, 'movesFailed'>;

/**
 * Syncs people from HR, page by page. A page, its counts and the checkpoint are one transaction, so after a crash
 * another worker goes on at the next page, and a frozen one finds a checkpoint that is not its own. The watermark
 * moves only when every page is stored. Safe to run twice: unchanged rows are not written.
 */
export async function syncPeople(payload: RunJobPayload, context: SyncPeopleContext): Promise<void> {
  const { run: id } = payload;
  if (id === undefined) {
    if (!context.settings.get('hr_sync_enabled')) return;
    const input = { mode: 'RUN', forceFullSync: false, trigger: 'SCHEDULED_TASK' } as const;
    await startSyncPeople({ ...context, principal: null }, input);
    return;
  }
  const run = await inTransaction(context.em, (tx) => takeUpRun(tx, id, PEOPLE_STEP));
  if (run === null) return;
  const begun = checkpointOf(run);
  const reader = new HrPageReader({
    source: context.source,
    since: optionsSchema.parse(run.options).since,
    first: begun.page + 1,
    totalPages: begun.totalPages,
    rows: summarySchema.parse(run.summary).fetched,
    pagesPerSecond: () => context.settings.get('hieds_pages_per_second'),
    retryDelaysSeconds: context.retryDelaysSeconds,
  });
  const stop = () => reader.close();
  context.stopping.addEventListener('abort', stop, { once: true });
  try {
    await pull(reader, run, context);
  } catch (error) {
    if (context.stopping.aborted) throw new JobInterrupted('the process stops');
    const told = errorOf(error);
    if (told === null) throw error;
    await fail(context, run.id, told);
  } finally {
    context.stopping.removeEventListener('abort', stop);
    reader.close();
  }
}

/**
 * Commits a page without waiting for the disk: its rows and its checkpoint are lost together, and the page is read
 * again. Anything that builds on it (a job it sent, the end of the run) commits later in Postgres's log, and waits
 * for the disk with all that precedes it.
 */
const commitAhead = sql`set local synchronous_commit = off`;

/** A page that is ready to be stored. */
interface ReadyPage extends DeliveredPage {
  readonly hashed: HashedPage;
}

/** While a page is stored, the next one is read and hashed. */
async function pull(reader: HrPageReader, run: OpenRun, context: SyncPeopleContext): Promise<void> {
  const begun = checkpointOf(run);
  let coming = begun.last ? null : nextPage(reader);
  while (coming !== null) {
    context.stopping.throwIfAborted();
    const ready: ReadyPage = await coming;
    coming = ready.last ? null : nextPage(reader);
    const stored = await inTransaction(context.em, (tx) => storePage(tx, { ...ready, context, id: run.id }));
    if (!stored) return;
  }
  await analyzeGrownTables(outsideTransaction(context.em.fork()));
  await inTransaction(context.em, (tx) => complete(tx, context, run.id));
}

function nextPage(reader: HrPageReader): Promise<ReadyPage> {
  const read = async () => {
    const delivered = await reader.next();
    return { ...delivered, hashed: await hashPage(delivered.page.people) };
  };
  const coming = read();
  // It may fail before `pull` waits for it, or after `pull` has ended.
  coming.catch(() => {});
  return coming;
}

/** False when the run has ended, or another worker goes on with it. */
async function storePage(
  tx: Sql,
  work: ReadyPage & { readonly context: SyncPeopleContext; readonly id: string },
): Promise<boolean> {
  const { context, number, page, hashed, last } = work;
  const [, locked, rows] = await Promise.all([
    rowsOf(tx, commitAhead),
    rowsOf(tx, lockingRun(work.id, PEOPLE_STEP)),
    rowsOf(tx, differing(hashed)),
  ]);
  const run = await openLocked(tx, locked, PEOPLE_STEP);
  if (run === null) return false;
  const { page: stored } = checkpointOf(run);
  if (stored < number - 1)
    throw new JobInterrupted('pages were lost with Postgres: the run goes on where they begin');
  if (stored > number - 1) return false;
  const { full, since } = optionsSchema.parse(run.options);
  if (number === 1 && full) {
    // The earliest check: no people, or too few even if every page were full.
    const count = page.rowCount === 0 ? 0 : atMost(page, context.source.pageSize);
    const error = count === null ? null : await findShortfall(tx, count);
    if (error !== null) {
      await finishRun(tx, run, { status: 'FAILED', error });
      return false;
    }
  }
  const updates = context.settings.get('mover_update_enabled');
  const showing = context.showing.map((system) => ({ ...system, canUpdate: system.canUpdate && updates }));
  const compared = comparePage(hashed, rows);
  const outcome =
    run.mode === 'RUN'
      ? await storeHrPeople({ tx, boss: context.boss, systems: context.systems, showing }, compared)
      : await dryRunHrPage(tx, { ...context, run, page: compared });
  const problems = [...(await withoutErased(tx, page.problems)), ...outcome.problems];
  const refusedRows = page.rowCount - page.people.length;
  const before = summarySchema.parse(run.summary);
  const counts: Counts = {
    fetched: before.fetched + page.rowCount,
    inserted: before.inserted + outcome.inserted,
    updated: before.updated + outcome.updated,
    unchanged: before.unchanged + outcome.unchanged,
    skipped: before.skipped + refusedRows + outcome.skipped,
    erased: before.erased + outcome.erased,
    accountsImported: before.accountsImported + outcome.accountsImported,
    moved: before.moved + new Set(outcome.moves.map((move) => move.employeeNumber)).size,
  };
  await storeRunItems(tx, run, problems.map(itemOf));
  await recordMoves({ tx, boss: context.boss }, run, { moves: outcome.moves, systems: showing });
  await recordProgress(tx, run, {
    done: number,
    total: Math.max(page.totalPages ?? 0, number),
    failed: run.step.failed + new Set(problems.map((problem) => problem.key)).size,
    checkpoint: { page: number, totalPages: page.totalPages ?? 0, last },
    summary: { full, since, pages: number, ...counts },
  });
  return true;
}

/** Leaves out problems of people who were erased here: storing them would name them again. */
async function withoutErased(tx: Sql, problems: readonly HrRowProblem[]): Promise<readonly HrRowProblem[]> {
  const keys = problems.map(({ key }) => key);
  const erased = await erasedNumbers(tx, keys);
  return problems.filter(({ key }) => !erased.has(key));
}

function itemOf({ key, error, skipped, payload }: HrRowProblem): NewRunItem {
  return { key, error, payload, outcome: skipped ? 'SKIPPED' : 'INCOMPLETE' };
}

/**
 * Ends the run after the last page: the watermark becomes the start of this run, so that changes during it are not
 * missed.
 */
async function complete(tx: Sql, context: SyncPeopleContext, id: string): Promise<void> {
  const run = await openRun(tx, id, PEOPLE_STEP);
  if (run === null) return;
  const { full } = optionsSchema.parse(run.options);
  const summary = summarySchema.parse(run.summary);
  const { fetched, inserted, updated } = summary;
  const error = full ? await findShortfall(tx, fetched) : null;
  if (error !== null) {
    await finishRun(tx, run, { status: 'FAILED', error });
    return;
  }
  if (run.mode === 'DRY_RUN') {
    await addToSummary(tx, run, { disabled: await planStoredLeavers(tx, { ...context, run }) });
  } else {
    await sql`
      insert into sync_source as s (kind, watermark, last_full_count)
      values ('HR_SYNC', ${run.startedAt}::timestamptz, ${full ? fetched : null}::int)
      on conflict (kind, scope) do update set watermark = greatest(s.watermark, excluded.watermark),
        last_full_count = case when s.watermark > excluded.watermark then s.last_full_count
          else coalesce(excluded.last_full_count, s.last_full_count) end, updated_at = clock_timestamp()`.execute(
      tx,
    );
  }
  // Sends moves that have no job, or are to be retried: `retryFailedItems` passes here.
  if (run.mode === 'RUN') await sendChanges({ tx, boss: context.boss }, run.id);
  const movesFailed = await countFailedMoves(tx, run);
  if (movesFailed !== summary.movesFailed) await addToSummary(tx, run, { movesFailed });
  const failed = run.step.failed + movesFailed > 0;
  await finishRun(tx, run, { status: failed ? 'COMPLETED_WITH_ERRORS' : 'COMPLETED' });
  if (run.mode === 'DRY_RUN') return;
  await followSyncWithLeavers({ ...context, tx }, context.settings);
  if (inserted + updated > 0) await followWithTasks(tx, context);
}

async function countFailedMoves(tx: Sql, run: OpenRun): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select ${failedMovesOf(sql`${run.id}::bigint`)} as count`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** The error for a full sync that cannot be right: no people, or far fewer than last time. */
async function findShortfall(tx: Sql, count: number): Promise<StoredError | null> {
  if (count === 0) return { code: 'HR_SOURCE_EMPTY', parameters: {} };
  const { last_full_count: expected } = await readSource(tx);
  if (expected === null || count * 100 >= expected * SHORT_PERCENT) return null;
  return { code: 'HR_SOURCE_SHORT', parameters: { count, expected, percent: SHORT_PERCENT } };
}

async function fail(context: SyncPeopleContext, id: string, error: StoredError): Promise<void> {
  await inTransaction(context.em, async (tx) => {
    const run = await openRun(tx, id, PEOPLE_STEP);
    if (run !== null) await finishRun(tx, run, { status: 'FAILED', error });
  });
}

/** The error that ended the reading, of the catalogue; null for a bug. */
function errorOf(error: unknown): StoredError | null {
  if (error instanceof HrPagesContradict) {
    const { count, expected } = error;
    const parameters = expected === null ? { count, variant: 'UNCOUNTED' } : { count, expected };
    return { code: 'HR_COUNTS_CONTRADICT', parameters };
  }
  if (!(error instanceof HrPageFailed)) return null;
  const { page, attempts, cause } = error;
  return { code: 'HR_PAGE_FAILED', parameters: { page, attempts, cause: cause.message } };
}

/** More people than this cannot come, by what the first page says; null when it does not say so much. */
function atMost({ totalPages, totalCount, rowCount }: HrPage, pageSize: number): number | null {
  if (totalCount !== null) return Math.max(totalCount, rowCount);
  // A promise of fewer pages than there are is none.
  return totalPages === null || totalPages === 0 ? null : totalPages * pageSize;
}

function checkpointOf(run: OpenRun): z.output<typeof checkpointSchema> {
  return checkpointSchema.safeParse(run.step.checkpoint).data ?? { page: 0, totalPages: 0, last: false };
}
