import { type RawBuilder, sql } from 'kysely';
import type { StoredError } from '../../domain/errors/error-entry.ts';
import {
  type FinalRunStatus,
  type RunItemOutcome,
  type RunMode,
  type RunStatus,
  stepStatusOf,
} from '../../domain/runs/run-states.ts';
import type { Sql } from '../../entities/tables.ts';
import { rowsOf } from '../../entities/transaction.ts';
import { changeNotice, notifyChange } from '../kit/change-feed.ts';

/** A live run, locked by the transaction that read it. */
export interface OpenRun {
  readonly id: string;
  readonly runId: string;
  readonly mode: RunMode;
  readonly options: unknown;
  readonly summary: unknown;
  /** As Postgres prints it. */
  readonly startedAt: string;
  /** Null: started by a schedule or an event. */
  readonly createdBy: string | null;
  /** True when a person confirmed it: nothing may ask again. */
  readonly confirmed: boolean;
  readonly step: { readonly key: string; readonly failed: number; readonly checkpoint: unknown };
}

/** A run that is taken up this often without progress ends as FAILED. */
const ATTEMPTS_MAX = 10;
/** Items stored per run; the counts go on. An import keeps all: each is a row that a person has to look at. */
const ITEMS_MAX = 10_000;

interface RunRow {
  readonly id: string;
  readonly run_id: string;
  readonly mode: RunMode;
  readonly status: RunStatus;
  readonly options: unknown;
  readonly summary: unknown;
  readonly attempts: number;
  readonly cancelled: boolean;
  readonly confirmed: boolean;
  readonly created_by: string | null;
  readonly started_at: string;
  readonly failed: number;
  readonly checkpoint: unknown;
}

/**
 * Locks a run for one piece of work at one of its steps. Null when it has ended, or ends here because it was
 * cancelled.
 */
export async function openRun(tx: Sql, id: string, stepKey: string): Promise<OpenRun | null> {
  const { rows } = await lockingRun(id, stepKey).execute(tx);
  return openLocked(tx, rows, stepKey);
}

/** The second half of `openRun`, for callers that send `lockingRun` together with other statements. */
export async function openLocked(
  tx: Sql,
  [row]: readonly RunRow[],
  stepKey: string,
): Promise<OpenRun | null> {
  if (row === undefined || row.status !== 'RUNNING') return null;
  const run = shapeOf(row, stepKey);
  if (!row.cancelled) return run;
  await finishRun(tx, run, { status: 'CANCELLED' });
  return null;
}

/** As `openRun`, when a worker takes the run up: counts how often, and fails a run that makes no progress. */
export async function takeUpRun(tx: Sql, id: string, stepKey: string): Promise<OpenRun | null> {
  const run = await openRun(tx, id, stepKey);
  if (run === null) return null;
  const { rows } = await sql<{ attempts: number }>`
    update sync_run set attempts = attempts + 1, updated_at = clock_timestamp() where id = ${id}::bigint
    returning attempts`.execute(tx);
  const attempts = rows[0]?.attempts ?? 0;
  if (attempts > ATTEMPTS_MAX) {
    const parameters = { runId: run.runId, attempts: ATTEMPTS_MAX };
    await finishRun(tx, run, { status: 'FAILED', error: { code: 'RUN_ABANDONED', parameters } });
    return null;
  }
  await sql`
    update run_step set status = 'RUNNING', started_at = coalesce(started_at, clock_timestamp())
    where run_id = ${id}::bigint and key = ${stepKey} and status = 'PENDING'`.execute(tx);
  await notifyChange(tx, { run: run.runId });
  return run;
}

/** The statement of `openRun`: locks the run, and lets others store rows that refer to it meanwhile. */
export function lockingRun(id: string, stepKey: string): RawBuilder<RunRow> {
  return sql<RunRow>`
    select r.id, r.run_id, r.mode, r.status, r.options, r.summary, r.attempts,
      r.cancel_requested_at is not null as cancelled, r.confirmed_at is not null as confirmed,
      r.created_by, r.started_at, s.failed, s.checkpoint
    from sync_run r join run_step s on s.run_id = r.id and s.key = ${stepKey}
    where r.id = ${id}::bigint for no key update`;
}

function shapeOf(row: RunRow, stepKey: string): OpenRun {
  const { id, run_id, mode, options, summary, confirmed, created_by, started_at, failed, checkpoint } = row;
  return {
    id,
    runId: run_id,
    mode,
    options,
    summary,
    confirmed,
    startedAt: started_at,
    createdBy: created_by,
    step: { key: stepKey, failed, checkpoint },
  };
}

/** Records the progress of a step, in the transaction of the work. */
export async function recordProgress(
  tx: Sql,
  run: OpenRun,
  progress: {
    readonly done: number;
    readonly total: number | null;
    /** Records that failed or were incomplete, since the run began. */
    readonly failed: number;
    readonly checkpoint: Readonly<Record<string, unknown>>;
    /** Merged into the summary; other names stay. */
    readonly summary: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  await Promise.all([
    rowsOf(
      tx,
      sql`
        update run_step set done = ${progress.done}::int, total = ${progress.total}::int,
          failed = ${progress.failed}::int, checkpoint = ${JSON.stringify(progress.checkpoint)}::jsonb,
          started_at = coalesce(started_at, clock_timestamp()),
          status = case when status = 'PENDING' then 'RUNNING' else status end
        where run_id = ${run.id}::bigint and key = ${run.step.key}`,
    ),
    rowsOf(
      tx,
      sql`
        update sync_run set summary = summary || ${JSON.stringify(progress.summary)}::jsonb, attempts = 0,
          updated_at = clock_timestamp()
        where id = ${run.id}::bigint`,
    ),
    rowsOf(tx, changeNotice([{ run: run.runId }])),
  ]);
}

/**
 * Stops a run before its first effect until a person confirms (`confirmRun`) or rejects it (`rejectRun`). The job
 * ends; a confirmation sends another. `summary.confirmation` has the count and the limit; PENDING items say who is
 * concerned.
 */
export async function awaitConfirmation(
  tx: Sql,
  run: OpenRun,
  confirmation: Readonly<Record<string, unknown>>,
): Promise<void> {
  await addToSummary(tx, run, { confirmation });
  await sql`
    update sync_run set status = 'AWAITING_CONFIRMATION', confirmation_requested_at = clock_timestamp(), updated_at = clock_timestamp()
    where id = ${run.id}::bigint and status = 'RUNNING'`.execute(tx);
  await notifyChange(tx, { run: run.runId });
}

/** Merges facts into the summary of a run. */
export async function addToSummary(
  tx: Sql,
  run: Pick<OpenRun, 'id'>,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  await sql`
    update sync_run set summary = summary || ${JSON.stringify(facts)}::jsonb, updated_at = clock_timestamp()
    where id = ${run.id}::bigint`.execute(tx);
}

/** Completes a step of a run that goes on with the next. */
export async function completeStep(tx: Sql, run: OpenRun): Promise<void> {
  await sql`
    update run_step set status = 'COMPLETED', finished_at = clock_timestamp()
    where run_id = ${run.id}::bigint and key = ${run.step.key} and status = 'RUNNING'`.execute(tx);
}

/** Ends a run and its unfinished steps. */
export async function finishRun(
  tx: Sql,
  run: Pick<OpenRun, 'id' | 'runId'>,
  end: { readonly status: FinalRunStatus; readonly error?: StoredError },
): Promise<void> {
  const { status, error } = end;
  const code = error?.code ?? null;
  const parameters = error === undefined ? null : JSON.stringify(error.parameters);
  await sql`
    update run_step set finished_at = clock_timestamp(),
      status = case when status = 'PENDING' and ${status} <> 'COMPLETED' then 'SKIPPED' else ${stepStatusOf(status)} end,
      error_code = case when status = 'RUNNING' then ${code} end,
      error_parameters = case when status = 'RUNNING' then ${parameters}::jsonb end
    where run_id = ${run.id}::bigint and status in ('PENDING', 'RUNNING')`.execute(tx);
  await sql`
    update sync_run set status = ${status}, error_code = ${code}, error_parameters = ${parameters}::jsonb,
      finished_at = clock_timestamp(), updated_at = clock_timestamp()
    where id = ${run.id}::bigint and status in ('RUNNING', 'AWAITING_CONFIRMATION')`.execute(tx);
  await notifyChange(tx, { run: run.runId });
}

/** The outcome of one record, where there is something to report. */
export interface NewRunItem {
  readonly key: string;
  /** The row it is about, where it is about one: a kind of its area's own (`ACCOUNT`) and the primary key. */
  readonly subject?: { readonly kind: string; readonly id: string };
  readonly outcome: RunItemOutcome;
  readonly error: StoredError | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Stores items of records, up to a limit per run; of an import all. */
export async function storeRunItems(
  tx: Sql,
  run: Pick<OpenRun, 'id'>,
  items: readonly NewRunItem[],
): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map(({ key, subject, outcome, error, payload }) => ({
    item_key: key,
    subject_kind: subject?.kind ?? null,
    subject_id: subject?.id ?? null,
    outcome,
    error_code: error?.code ?? null,
    error_parameters: error?.parameters ?? null,
    payload,
  }));
  await sql`
    insert into run_item (run_id, item_key, subject_kind, subject_id, outcome, error_code, error_parameters, payload)
    select ${run.id}::bigint, item_key, subject_kind, subject_id, outcome, error_code, error_parameters, payload
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(item_key text, subject_kind text, subject_id bigint, outcome text, error_code text, error_parameters jsonb, payload jsonb)
    limit case when (select kind from sync_run where id = ${run.id}::bigint) <> 'FIRST_SYSTEM_IMPORT'
      then greatest(0, ${ITEMS_MAX}::int - (select count(*) from run_item where run_id = ${run.id}::bigint)) end`.execute(
    tx,
  );
}
