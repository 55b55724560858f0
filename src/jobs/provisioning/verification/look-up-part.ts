import { sql } from 'kysely';
import type { RunMode } from '../../../domain/runs/run-states.ts';
import { retryDelaySeconds } from '../../../domain/systems/retry-policy.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction, outsideTransaction } from '../../../entities/transaction.ts';
import { completeJobs, enqueue, type TakenJob } from '../../kit/job.ts';
import { completeStep, openRun, recordProgress, storeRunItems } from '../../runs/run-record.ts';
import type { HealthSignal } from '../../systems/system-health.ts';
import { isPassing, type LookUp, lookUpAccount, signalOfLookUp } from '../accounts/look-up-account.ts';
import type { LookUpContext } from '../accounts/look-up-context.ts';
import { lookUpJob, type PartPayload } from '../accounts/look-up-job.ts';
import { retryPolicyOf } from '../calls/settle-policy.ts';
import { lockAffected } from '../tasks/derive-states.ts';
import { advanceVerification } from './advance-verification.ts';
import { type Finding, type LookUpSubject, readSubjects } from './look-up-subjects.ts';
import { settleFindings } from './settle-findings.ts';
import {
  addCounts,
  checkpointSchema,
  optionsSchema,
  PARTS,
  type SystemCheckpoint,
  type VerificationOptions,
} from './verification-run.ts';

/** Look-ups per job: about a second's worth, so that a cancelled run stops soon and a crash repeats little. */
const BATCH = 10;
/** After this many passing failures an account is recorded as FAILED and skipped. */
const TRIES = 5;
/** Longest wait before a retry: a look-up that waits holds up all that follow. */
const LOOK_AGAIN_SECONDS_MAX = 15;

interface PartOfRun {
  readonly options: VerificationOptions;
  readonly mode: RunMode;
  readonly checkpoint: SystemCheckpoint;
}

interface Work {
  readonly job: TakenJob;
  readonly payload: PartPayload;
  /** The job is the trial of an open circuit: it makes one call only. */
  readonly trial: boolean;
}

/**
 * Looks up the next accounts of a part, then records findings, checkpoint and the job that goes on from there, in one
 * transaction. Safe to run twice: it only reads, and a checkpoint that has moved is not moved again. Returns the
 * health signals of the look-ups.
 */
export async function lookUpPart(work: Work, context: LookUpContext): Promise<HealthSignal[]> {
  const { em, boss, connector } = context;
  const { run, part } = work.payload;
  const db = outsideTransaction(em.fork());
  const begun = await readPart(db, run, connector.system);
  if (begun === null || begun.checkpoint.through.includes(part)) {
    await inTransaction(em, (tx) => completeJobs({ tx, boss }, [work.job]));
    return [];
  }
  const limit = work.trial ? 1 : BATCH;
  const after = begun.checkpoint.after[part] ?? '0';
  const subjects = await readSubjects(
    db,
    { ...begun.options, system: connector.system },
    { part, after, limit },
  );
  const looked = await lookUpAll(subjects, work, context);
  await inTransaction(em, (tx) =>
    record(
      tx,
      { ...work, ...looked, begun, after, last: subjects.length < limit && looked.pause === null },
      context,
    ),
  );
  return looked.signals;
}

async function readPart(db: Sql, run: string, system: string): Promise<PartOfRun | null> {
  const { rows } = await sql<{ options: unknown; mode: RunMode; checkpoint: unknown }>`
    select r.options, r.mode, s.checkpoint from sync_run r join run_step s on s.run_id = r.id and s.key = ${system}
    where r.id = ${run}::bigint and r.status = 'RUNNING' and s.status = 'RUNNING'
      and r.cancel_requested_at is null`.execute(db);
  const [row] = rows;
  if (row === undefined) return null;
  return {
    mode: row.mode,
    options: optionsSchema.parse(row.options),
    checkpoint: checkpointSchema.parse(row.checkpoint),
  };
}

interface Looked {
  readonly findings: readonly Finding[];
  readonly signals: HealthSignal[];
  /** Why it stopped before the last subject: the next one failed for a passing reason. */
  readonly pause: { readonly failures: number; readonly delaySeconds: number } | null;
}

async function lookUpAll(
  subjects: readonly LookUpSubject[],
  work: Work,
  context: LookUpContext,
): Promise<Looked> {
  const { connector, logger, settings } = context;
  const findings: Finding[] = [];
  const signals: HealthSignal[] = [];
  for (const [index, subject] of subjects.entries()) {
    const { employeeNumber, identifier } = subject;
    const holder = { employeeNumber, ...(identifier !== null && { identifier }) };
    const call = context.callFor(index === 0);
    const lookUp = await lookUpAccount(holder, { connector, logger, call });
    signals.push(signalOfLookUp(lookUp));
    if (isPassing(lookUp)) {
      const failures = (index === 0 ? work.payload.failures : 0) + countsAsFailure(lookUp);
      if (failures < TRIES) {
        const delay = retryDelaySeconds(retryPolicyOf(settings), Math.max(1, failures), Math.random());
        const pause = { failures, delaySeconds: Math.min(delay, LOOK_AGAIN_SECONDS_MAX) };
        return { findings, signals, pause };
      }
    }
    findings.push({ subject, lookUp });
  }
  return { findings, signals, pause: null };
}

/** Throttling and refused credentials do not count: they are not the account's fault. */
function countsAsFailure({ end }: Extract<LookUp, { kind: 'failed' }>): number {
  return end.failure === 'throttled' || end.failure === 'credentials' ? 0 : 1;
}

async function record(
  tx: Sql,
  work: Work & Looked & { readonly begun: PartOfRun; readonly after: string; readonly last: boolean },
  context: LookUpContext,
): Promise<void> {
  const { job, payload, findings, pause, begun, last } = work;
  const { system } = context.connector;
  const jobs = { tx, boss: context.boss };
  // The run before the people (docs/architecture.md, "Lock order").
  const run = await openRun(tx, payload.run, system);
  if (begun.options.task !== 'verify' && begun.mode === 'RUN')
    await lockAffected(
      tx,
      findings.map(({ subject }) => subject.person),
    );
  await completeJobs(jobs, [job]);
  const now = checkpointSchema.safeParse(run?.step.checkpoint).data;
  if (run === null || now === undefined || (now.after[payload.part] ?? '0') !== work.after) return;
  const settled = await settleFindings(jobs, { findings, system, task: begun.options.task, mode: run.mode });
  await storeRunItems(tx, run, settled.items);
  const summary = addCounts(run.summary, system, settled.counts);
  const key = findings.at(-1)?.subject.key ?? work.after;
  const checkpoint: SystemCheckpoint = {
    total: Math.max(now.total, now.done + findings.length),
    done: now.done + findings.length,
    after: { ...now.after, [payload.part]: key },
    through: last ? [...now.through, payload.part] : now.through,
  };
  const failed = run.step.failed + settled.counts.failed;
  await recordProgress(tx, run, {
    done: checkpoint.done,
    total: checkpoint.total,
    failed,
    checkpoint,
    summary,
  });
  if (!last) {
    const next = { ...payload, failures: pause?.failures ?? 0 };
    await enqueue(jobs, lookUpJob(system), [{ payload: next, delaySeconds: pause?.delaySeconds ?? 0 }]);
  }
  if (checkpoint.through.length < PARTS) return;
  await completeStep(tx, run);
  await advanceVerification(jobs, { run: run.id, step: system, settings: context.settings });
}
