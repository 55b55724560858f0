import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { enqueue } from '../../kit/job.ts';
import type { JobContext } from '../../kit/job-context.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import type { RunJobPayload } from '../../runs/run-job.ts';
import {
  addToSummary,
  completeStep,
  type OpenRun,
  openRun,
  recordProgress,
  takeUpRun,
} from '../../runs/run-record.ts';
import { lookUpJob } from '../accounts/look-up-job.ts';
import { advanceVerification } from './advance-verification.ts';
import { countSubjects } from './look-up-subjects.ts';
import { checkpointSchema, optionsSchema, PARTS, type VerificationOptions } from './verification-run.ts';

export interface VerifyAccountsContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  /** Systems whose connector can look accounts up. */
  readonly searchable: readonly string[];
}

/**
 * Starts the look-ups of a run, or resumes them: a few jobs per system, each of which sends the next one. Systems
 * that cannot be searched are left out and named. Safe to run twice: a part that has a job gets no second one.
 */
export async function verifyAccounts(payload: RunJobPayload, context: VerifyAccountsContext): Promise<void> {
  const { run: id } = payload;
  if (id === undefined) return;
  await inTransaction(context.em, async (tx) => {
    const jobs = { tx, boss: context.boss };
    const options = await readOptions(tx, id);
    const [first] = options?.systems ?? [];
    if (options === null || first === undefined) return;
    const run = await takeUpRun(tx, id, first);
    if (run === null) return;
    const unsearchable = options.systems.filter((system) => !context.searchable.includes(system));
    if (unsearchable.length > 0) await skipSteps(tx, run, unsearchable);
    for (const system of options.systems) {
      if (unsearchable.includes(system)) continue;
      const step = await openRun(tx, id, system);
      if (step !== null) await begin(jobs, step, options);
    }
    await advanceVerification(jobs, { run: id, step: first, settings: context.settings });
  });
}

async function readOptions(tx: Sql, id: string): Promise<VerificationOptions | null> {
  const { rows } = await sql<{ options: unknown }>`
    select options from sync_run where id = ${id}::bigint`.execute(tx);
  const [row] = rows;
  return row === undefined ? null : optionsSchema.parse(row.options);
}

async function skipSteps(tx: Sql, run: OpenRun, systems: readonly string[]): Promise<void> {
  await sql`
    update run_step set status = 'SKIPPED', finished_at = clock_timestamp()
    where run_id = ${run.id}::bigint and key = any(${[...systems]}::text[])`.execute(tx);
  await addToSummary(tx, run, { notSearchable: systems });
}

async function begin(jobs: JobContext, step: OpenRun, options: VerificationOptions): Promise<void> {
  const { tx } = jobs;
  const system = step.step.key;
  let checkpoint = checkpointSchema.safeParse(step.step.checkpoint).data ?? null;
  if (checkpoint === null) {
    const total = await countSubjects(tx, { ...options, system });
    const nobody = total === 0;
    checkpoint = {
      total,
      done: 0,
      after: {},
      through: nobody ? Array.from({ length: PARTS }, (_, part) => part) : [],
    };
    await recordProgress(tx, step, { done: 0, total, failed: 0, checkpoint, summary: {} });
    if (nobody) await completeStep(tx, step);
  }
  await sql`
    update run_step set status = 'RUNNING', started_at = coalesce(started_at, clock_timestamp())
    where run_id = ${step.id}::bigint and key = ${system} and status = 'PENDING'`.execute(tx);
  const open = Array.from({ length: PARTS }, (_, part) => part).filter(
    (part) => !checkpoint.through.includes(part),
  );
  const entries = open.map((part) => ({ payload: { run: step.id, part, failures: 0 } }));
  await enqueue(jobs, lookUpJob(system), entries);
}
