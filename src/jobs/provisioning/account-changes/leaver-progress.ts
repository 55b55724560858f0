import { sql } from 'kysely';
import type { RunItemOutcome } from '../../../domain/runs/run-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { finishRun, type OpenRun, openRun, recordProgress } from '../../runs/run-record.ts';
import { ACCOUNTS_STEP } from './disable-leavers-job.ts';

type Counts = Readonly<Partial<Record<RunItemOutcome, number>>>;

/** The summary of a run of leavers: counts of its records. */
export async function leaverCounts(tx: Sql, run: OpenRun) {
  const { rows } = await sql<{ outcome: RunItemOutcome; count: number }>`
    select outcome, count(*)::int as count from run_item where run_id = ${run.id}::bigint group by outcome`.execute(
    tx,
  );
  const counts: Counts = Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
  const of = (outcome: RunItemOutcome) => counts[outcome] ?? 0;
  return {
    pending: of('PENDING'),
    disabled: of('DISABLED'),
    wouldDisable: of('WOULD_DISABLE'),
    byHand: of('BY_HAND'),
    failed: of('FAILED'),
    skipped: of('SKIPPED'),
    tasksCreated: of('TASK_CREATED'),
    wouldEnable: of('WOULD_ENABLE'),
  };
}

/** Counts a run of leavers again after some of its accounts were settled, and ends it with the last one. */
export async function advanceLeavers(tx: Sql, id: string): Promise<void> {
  const run = await openRun(tx, id, ACCOUNTS_STEP);
  if (run === null) return;
  const counts = await leaverCounts(tx, run);
  const done = counts.disabled + counts.failed + counts.skipped;
  await recordProgress(tx, run, {
    done,
    total: done + counts.pending,
    failed: counts.failed,
    checkpoint: {},
    summary: counts,
  });
  if (counts.pending > 0) return;
  await finishRun(tx, run, { status: counts.failed > 0 ? 'COMPLETED_WITH_ERRORS' : 'COMPLETED' });
}
