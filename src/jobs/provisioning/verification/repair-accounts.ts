import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { RunItemOutcome } from '../../../domain/runs/run-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { JobInterrupted } from '../../kit/interruption.ts';
import type { JobContext } from '../../kit/job-context.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import type { RunJobPayload } from '../../runs/run-job.ts';
import { finishRun, type OpenRun, openRun, recordProgress, takeUpRun } from '../../runs/run-record.ts';
import { lockWithCompleted } from '../accounts/forget-accounts.ts';
import { readFound, repairFound, skipChanged, storeRepaired } from './repair-found.ts';
import { countsSchema, REPAIR_STEP } from './verification-run.ts';

export interface RepairAccountsContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  /** Aborts when the process stops: the job is given back and goes on elsewhere. */
  readonly stopping: AbortSignal;
}

/** Records per transaction, which locks their people. */
const BATCH = 50;

/**
 * Repairs what a verification found, one batch per transaction: missing accounts are made again where the switches
 * allow it, differing ones take the system's values. Safe to run twice: a repaired record has another outcome, and an
 * account that changed since its look-up is skipped.
 */
export async function repairAccounts(payload: RunJobPayload, context: RepairAccountsContext): Promise<void> {
  const { run: id } = payload;
  if (id === undefined) return;
  const run = await inTransaction(context.em, (tx) => takeUpRun(tx, id, REPAIR_STEP));
  for (let going = run !== null; going; ) {
    if (context.stopping.aborted) throw new JobInterrupted('the process stops');
    going = await inTransaction(context.em, (tx) => repairBatch({ tx, boss: context.boss }, id, context));
  }
}

/** False when nothing is left to do. */
async function repairBatch(jobs: JobContext, id: string, context: RepairAccountsContext): Promise<boolean> {
  const { tx } = jobs;
  const { settings } = context;
  // The run before the people (docs/architecture.md, "Lock order").
  const run = await openRun(tx, id, REPAIR_STEP);
  if (run === null) return false;
  await skipChanged(tx, id);
  const candidates = await readFound(tx, id, { settings, limit: BATCH });
  const people = candidates.map(({ person }) => person);
  await lockWithCompleted(tx, people);
  // As they are now that no other transaction can change them.
  const found = await readFound(tx, id, { settings, limit: BATCH });
  const repaired = await repairFound(
    jobs,
    found.filter(({ person }) => people.includes(person)),
    settings,
  );
  await storeRepaired(tx, repaired);
  const counts = await countOutcomes(tx, run);
  if (await note(tx, run, counts)) return true;
  const failed = countsSchema.parse(run.summary).failed + (counts['FAILED'] ?? 0);
  await finishRun(tx, run, { status: failed > 0 ? 'COMPLETED_WITH_ERRORS' : 'COMPLETED' });
  return false;
}

type OutcomeCounts = Readonly<Partial<Record<RunItemOutcome, number>>>;

/** Counts records about accounts that were missing or differed, by outcome. */
async function countOutcomes(tx: Sql, run: OpenRun): Promise<OutcomeCounts> {
  const { rows } = await sql<{ outcome: RunItemOutcome; count: number }>`
    select outcome, count(*)::int as count from run_item
    where run_id = ${run.id}::bigint and (settled_at is not null or outcome in ('MISSING', 'DIFFERING'))
    group by outcome`.execute(tx);
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}

/** Records the progress; true when there is more. */
async function note(tx: Sql, run: OpenRun, counts: OutcomeCounts): Promise<boolean> {
  const of = (outcome: RunItemOutcome) => counts[outcome] ?? 0;
  const rest = of('MISSING') + of('DIFFERING');
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const repairs = {
    tasksCreated: of('TASK_CREATED'),
    forgotten: of('FORGOTTEN'),
    corrected: of('CORRECTED'),
    byHand: of('BY_HAND'),
    skipped: of('SKIPPED'),
    repairsFailed: of('FAILED'),
  };
  await recordProgress(tx, run, {
    done: total - rest,
    total,
    failed: of('FAILED'),
    checkpoint: {},
    summary: repairs,
  });
  return rest > 0;
}
