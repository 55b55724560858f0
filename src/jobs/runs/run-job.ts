import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Sql } from '../../entities/tables.ts';
import { defineJob, enqueue, type JobDefinition } from '../kit/job.ts';

const payload = z.object({
  /** Primary key of the run; absent: a schedule asks for a new one. */
  run: z.string().optional(),
  round: z.int().optional(),
  /** Sent by a cancellation: the job only ends the run. */
  cancels: z.boolean().optional(),
});
export type RunJobPayload = z.output<typeof payload>;

/**
 * Declares the job of a kind of run. There is at most one per run and round: a resumed run begins a new round, so its
 * job cannot be dropped as a double of the former one, which may not be completed yet.
 */
export function defineRunJob(name: string): JobDefinition<RunJobPayload> {
  return defineJob({
    name,
    payload,
    key: ({ run, round, cancels }) =>
      run === undefined ? 'schedule' : `${run}:${round ?? 1}${cancels === true ? ':cancel' : ''}`,
  });
}

/**
 * Sends the job of a run, unless it has a live one. Also called for a run that was joined: if its job was lost, this
 * replaces it. A run that waits for confirmation has no job.
 */
export async function enqueueRun(
  context: { readonly tx: Sql; readonly boss: PgBoss },
  job: JobDefinition<RunJobPayload>,
  run: { readonly id: string; readonly round: number; readonly status: string },
): Promise<void> {
  if (run.status === 'RUNNING') await enqueue(context, job, [{ payload: { run: run.id, round: run.round } }]);
}

/**
 * Sends a job that ends a cancelled run at once: the run's own job may be done and wait for jobs that it sent. It has
 * a key of its own, because the run's job may be past the point where it sees the cancellation.
 */
export function enqueueCancellation(
  context: { readonly tx: Sql; readonly boss: PgBoss },
  job: JobDefinition<RunJobPayload>,
  run: { readonly id: string; readonly round: number },
): Promise<void> {
  return enqueue(context, job, [{ payload: { run: run.id, round: run.round, cancels: true } }]);
}
