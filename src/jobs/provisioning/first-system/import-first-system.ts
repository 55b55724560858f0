import { sql } from 'kysely';
import { type FirstSystemRow, isFirstSystemTable } from '../../../domain/provisioning/first-system/tables.ts';
import type { RunMode } from '../../../domain/runs/run-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { enqueueRun } from '../../runs/run-job.ts';
import { addToSummary, completeStep, finishRun, openRun } from '../../runs/run-record.ts';
import { startRun } from '../../runs/start-run.ts';
import { importSummary } from '../claims/import-summary.ts';
import { importBatch, tableSteps } from './import-batch.ts';
import { importFirstSystemJob, MAKE_STEP } from './import-job.ts';
import { startResubmission } from './resubmit-open.ts';

/** One call of the import: it begins, brings rows of a table, or ends them. */
export interface ImportFirstSystemInput {
  readonly mode: RunMode;
  /** Null: begins an import, or continues the one in progress. */
  readonly runId: string | null;
  /** Address of the database, without a password; set by the first call. */
  readonly source: string | null;
  /** Columns that this service does not know; set by the first call. */
  readonly unknownColumns: readonly string[];
  readonly table: string | null;
  /** Rows in order of their key, which follow the one of key `after`. */
  readonly rows: readonly FirstSystemRow[];
  readonly after: string | null;
  /** Whether its completed work is compared with the plan that this service would make. */
  readonly compare: boolean;
  readonly finish: boolean;
  /** Nothing is imported: open and failed tasks of the first system are requested anew. */
  readonly resubmitOpen: boolean;
}

export interface ImportFirstSystemOutcome {
  /** Primary key of the run; null when there is none. */
  readonly id: string | null;
  readonly joined: boolean;
  readonly userErrors: readonly OperationError[];
}

/** Rows of one call: a second's work, and some megabytes. */
export const ROWS_MAX = 2_000;

/**
 * Takes the data of the first system over, a batch per call and transaction. Rows that follow another place than the
 * run's own are left out, so that a caller who was interrupted reads the run and goes on there. After the last rows a
 * job looks up the accounts that are claimed; nothing is made before a person confirms the run.
 */
export async function importFirstSystem(
  context: OperationContext,
  input: ImportFirstSystemInput,
): Promise<ImportFirstSystemOutcome> {
  const { runId, table, rows } = input;
  if (rows.length > ROWS_MAX) {
    const parameters = { field: 'rows', variant: 'LIST', count: rows.length, limit: ROWS_MAX };
    return refused(operationError('TOO_MANY', { path: ['rows'], parameters }));
  }
  if (table !== null && !isFirstSystemTable(table)) {
    const parameters = { kind: 'table', id: table.replaceAll('\0', '').slice(0, 50) };
    return refused(operationError('NOT_FOUND', { path: ['table'], parameters }));
  }
  return await inTransaction(context.em, async (tx) => {
    if (input.resubmitOpen) return { ...(await startResubmission(tx, context, input.mode)), userErrors: [] };
    if (runId === null) return await begin(tx, context, input);
    const id = await findRun(tx, runId);
    if (id === null) return refused(unknownRun(runId));
    const [step = ''] = table === null ? tableSteps : [table];
    const run = await openRun(tx, id, step);
    if (run === null || run.mode !== input.mode) return { ...refused(ended(runId)), id };
    if (table !== null && isFirstSystemTable(table)) {
      const place = importSummary.parse(run.summary).places[table] ?? null;
      const { mode, after, compare } = input;
      if (place === after)
        await importBatch(tx, run, { ...context, table, rows, compare, dry: mode === 'DRY_RUN' });
    }
    if (input.finish) await finish(tx, context, id);
    return { id, joined: false, userErrors: [] };
  });
}

async function begin(
  tx: Sql,
  context: OperationContext,
  { mode, source, unknownColumns }: ImportFirstSystemInput,
): Promise<ImportFirstSystemOutcome> {
  const steps = mode === 'RUN' ? [...tableSteps, ...context.systems, MAKE_STEP] : tableSteps;
  const run = await startRun(tx, {
    kind: 'FIRST_SYSTEM_IMPORT',
    scope: '',
    mode,
    trigger: 'MANUAL_TASK',
    options: { task: 'claims', systems: context.systems, people: null, source },
    createdBy: context.principal,
    displayTimeZone: context.displayTimeZone,
    steps: steps.map((key) => ({ key, parentKey: null })),
  });
  if (!run.joined) await addToSummary(tx, run, importSummary.parse({ source, unknownColumns }));
  return { id: run.id, joined: run.joined, userErrors: [] };
}

async function findRun(tx: Sql, runId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from sync_run where run_id = ${runId} and kind = 'FIRST_SYSTEM_IMPORT' and scope = ''`.execute(
    tx,
  );
  return rows[0]?.id ?? null;
}

/** Everything was read: a dry run ends, any other continues with the look-ups. */
async function finish(tx: Sql, context: OperationContext, id: string): Promise<void> {
  for (const step of tableSteps) {
    const run = await openRun(tx, id, step);
    if (run === null) return;
    await sql`
      update run_step set status = 'RUNNING', started_at = coalesce(started_at, clock_timestamp())
      where run_id = ${id}::bigint and key = ${step} and status = 'PENDING'`.execute(tx);
    await completeStep(tx, run);
  }
  const run = await openRun(tx, id, tableSteps[0] ?? '');
  if (run === null) return;
  if (run.mode === 'DRY_RUN') {
    const noted = Object.keys(importSummary.parse(run.summary).kinds).length > 0;
    await finishRun(tx, run, { status: noted ? 'COMPLETED_WITH_ERRORS' : 'COMPLETED' });
    return;
  }
  const { rows } = await sql<{ id: string; round: number; status: string }>`
    select id, round, status from sync_run where id = ${id}::bigint`.execute(tx);
  for (const round of rows) await enqueueRun({ tx, boss: context.boss }, importFirstSystemJob, round);
}

function unknownRun(runId: string): OperationError {
  const parameters = { kind: 'run', id: runId.replaceAll('\0', '').slice(0, 100) };
  return operationError('NOT_FOUND', { path: ['runId'], parameters });
}

function ended(runId: string): OperationError {
  const parameters = { kind: 'run', id: runId, status: 'ENDED' };
  return operationError('INVALID_STATE', { path: ['runId'], parameters });
}

function refused(error: OperationError): ImportFirstSystemOutcome {
  return { id: null, joined: false, userErrors: [error] };
}
