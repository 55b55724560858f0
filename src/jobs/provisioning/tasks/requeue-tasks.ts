import { sql } from 'kysely';
import { isPersonErased } from '../../../entities/people/erased-person.ts';
import { endedWithout, openTask } from '../../../entities/provisioning/task-states.ts';
import { bringForward } from '../../kit/job.ts';
import type { JobContext } from '../../kit/job-context.ts';
import { freshAllowance } from './counted-attempts.ts';
import { releaseWaiting } from './release-waiting.ts';
import { enqueueReadyTasks, type ReadyTask, runTaskJob } from './task-jobs.ts';

interface RequeuedRow extends ReadyTask {
  readonly status: string;
  readonly person_id: string;
}

/**
 * Opens tasks again: PENDING where their dependencies are met, else WAITING, with a fresh allowance of attempts
 * (counted so far + 1 + retries). Skips tasks for whose account another task is open, and those of erased people.
 * Enqueues the tasks that can run; the caller holds the locks and re-derives items afterwards. Returns the ids of the
 * opened tasks.
 */
export async function requeueTasks(
  context: JobContext,
  options: { readonly taskIds: readonly string[]; readonly maxRetries: number },
): Promise<string[]> {
  const { tx } = context;
  const { rows } = await sql<RequeuedRow>`
    update account_task t set
      status = 'WAITING', next_attempt_at = null, error_code = null, error_parameters = null, completed_at = null,
      updated_at = clock_timestamp(),
      max_attempts = ${freshAllowance(options.maxRetries)}
    where t.id in (
        select distinct on (f.person_id, f.system) f.id from account_task f
        where f.id = any(${[...options.taskIds]}::bigint[]) and f.status ${endedWithout}
        order by f.person_id, f.system, f.id desc)
      and not exists (
        select 1 from account_task o where o.person_id = t.person_id and o.system = t.system
          and o.status ${openTask})
      and not ${isPersonErased(sql.ref('t.person_id'))}
    returning t.id, t.system, t.origin_system as "originSystem", t.priority, t.status, t.person_id`.execute(
    tx,
  );
  const released = await releaseWaiting(tx, [...new Set(rows.map((row) => row.person_id))]);
  await enqueueReadyTasks(context, released);
  // A task that was cancelled while it waited for its next attempt still has the delayed job.
  for (const [system, ofSystem] of Map.groupBy(released, (task) => task.system)) {
    const payloads = ofSystem.map((task) => ({ task: task.id }));
    await bringForward(tx, runTaskJob(system), payloads);
  }
  return rows.map((row) => row.id);
}
