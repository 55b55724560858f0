import { sql } from 'kysely';
import type { JobContext } from '../../kit/job-context.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import { reserveNames } from '../names/reserve-names.ts';
import { lockAffected, rederive } from '../tasks/derive-states.ts';
import { releaseWaiting } from '../tasks/release-waiting.ts';
import { enqueueReadyTasks, type ReadyTask } from '../tasks/task-jobs.ts';

/** Tasks per transaction: it holds the lock of the names, for which intake waits. */
const CHUNK = 1_500;

/**
 * Completes tasks that were planned by one statement: names for their people, jobs for those that can run, re-derived
 * items. It takes the locks that the statement did without, so it sees a dependency that was met since. Returns how
 * many it took and the last one; null when none is left.
 */
export async function finishPlanning(
  context: JobContext & { readonly settings: LiveSettings; readonly defaultEmailDomain: string | null },
  planned: { readonly runId: string; readonly after: string },
): Promise<{ readonly count: number; readonly last: string | null }> {
  const { tx } = context;
  const { rows } = await sql<{ id: string; person_id: string }>`
    select id, person_id from account_task
    where id > ${planned.after}::bigint and run_id = ${planned.runId}::bigint
    order by id limit ${CHUNK}`.execute(tx);
  const last = rows.at(-1)?.id ?? null;
  if (last === null) return { count: 0, last };
  const personIds = [...new Set(rows.map((row) => row.person_id))];
  await lockAffected(tx, personIds);
  await reserveNames(tx, personIds, context);
  const released = await releaseWaiting(tx, personIds);
  const { rows: ready } = await sql<ReadyTask>`
    select id, system, origin_system as "originSystem", priority from account_task
    where id = any(${rows.map((row) => row.id)}::bigint[]) and status = 'PENDING' order by id`.execute(tx);
  await enqueueReadyTasks(context, distinct([...released, ...ready]));
  await rederive(tx, { personIds });
  return { count: rows.length, last };
}

function distinct(tasks: readonly ReadyTask[]): ReadyTask[] {
  return [...new Map(tasks.map((task) => [task.id, task])).values()];
}
