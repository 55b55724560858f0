import { sql } from 'kysely';
import { missingLimit } from '../../../domain/provisioning/hr/judge-account.ts';
import type { StepStatus } from '../../../domain/runs/run-states.ts';
import type { JobContext } from '../../kit/job-context.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import { enqueueRun } from '../../runs/run-job.ts';
import { awaitConfirmation, finishRun, openRun } from '../../runs/run-record.ts';
import { advanceClaims } from '../claims/advance-claims.ts';
import { countsSchema, optionsSchema, repairAccountsJob } from './verification-run.ts';

/**
 * Advances a run when the look-ups of all its systems are complete: ends it if there is nothing to repair, asks a
 * person if suspiciously many accounts are missing, else sends the repair.
 */
export async function advanceVerification(
  jobs: JobContext,
  about: { readonly run: string; readonly step: string; readonly settings: LiveSettings },
): Promise<void> {
  const { tx } = jobs;
  const run = await openRun(tx, about.run, about.step);
  if (run === null) return;
  const { task, systems } = optionsSchema.parse(run.options);
  const { rows } = await sql<{ key: string; status: StepStatus }>`
    select key, status from run_step where run_id = ${run.id}::bigint`.execute(tx);
  const through = new Set(rows.filter(({ status }) => isThrough(status)).map(({ key }) => key));
  if (!systems.every((system) => through.has(system))) return;
  if (task === 'claims') return await advanceClaims(tx, run);
  const counts = countsSchema.parse(run.summary);
  const status = counts.failed > 0 ? 'COMPLETED_WITH_ERRORS' : 'COMPLETED';
  const repairs = task === 'verify' && run.mode === 'RUN' && counts.missing + counts.differing > 0;
  if (!repairs) return finishRun(tx, run, { status });
  const limit = missingLimit({
    thresholdCount: about.settings.get('verification_threshold_count'),
    thresholdPercent: about.settings.get('verification_threshold_percent'),
    checked: counts.checked,
  });
  if (counts.missing > limit && !run.confirmed)
    return awaitConfirmation(tx, run, { count: counts.missing, limit });
  const { rows: rounds } = await sql<{ id: string; round: number; status: string }>`
    select id, round, status from sync_run where id = ${run.id}::bigint`.execute(tx);
  for (const round of rounds) await enqueueRun(jobs, repairAccountsJob, round);
}

function isThrough(status: StepStatus): boolean {
  return status === 'COMPLETED' || status === 'SKIPPED';
}
