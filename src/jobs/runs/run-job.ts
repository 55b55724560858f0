import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Sql } from '../../entities/tables.ts';
import { defineJob, enqueue, type JobDefinition } from '../kit/job.ts';

const payload = z.object({
  /** Primary key of the run; absent: the schedule asks for one. */
  run: z.string().optional(),
  round: z.int().optional(),
  /** Sent by a cancellation: all it does is to see the wish. */
  cancels: z.boolean().optional(),
});
export type RunJobPayload = z.output<typeof payload>;

/**
 * Declares the job that does the runs of a kind. There is at most one per run and round: a run that goes on by hand
 * begins a round, so its job is never taken for that of the round before, which may not have been settled yet.
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
 * Sends the job of a run; dropped as a double when it is queued or under way. Also right for a run that was joined:
 * should its job have been lost, this brings it back. One that waits for a person has none.
 */
export async function enqueueRun(
  context: { readonly tx: Sql; readonly boss: PgBoss },
  job: JobDefinition<RunJobPayload>,
  run: { readonly id: string; readonly round: number; readonly status: string },
): Promise<void> {
  if (run.status === 'RUNNING') await enqueue(context, job, [{ payload: { run: run.id, round: run.round } }]);
}

/**
 * Sends a job that ends a cancelled run at once: its own may be through and wait for jobs that it sent. Never dropped
 * as a double of that one, which may be past the point where it would have seen the wish.
 */
export function enqueueCancellation(
  context: { readonly tx: Sql; readonly boss: PgBoss },
  job: JobDefinition<RunJobPayload>,
  run: { readonly id: string; readonly round: number },
): Promise<void> {
  return enqueue(context, job, [{ payload: { run: run.id, round: run.round, cancels: true } }]);
}
