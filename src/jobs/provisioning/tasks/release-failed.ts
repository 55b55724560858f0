import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { accountOfTask } from '../../../entities/provisioning/task-states.ts';
import type { JobContext } from '../../kit/job-context.ts';
import { lockAffected, rederive } from './derive-states.ts';
import { requeueTasks } from './requeue-tasks.ts';

/** Tasks per call; the next sweep finds the rest. */
const LIMIT = 10_000;

/**
 * Opens the newest task of each account that FAILED and meets `condition` (on the task `t` and its person `p`), after
 * the cause was removed. A task that fails again for the same reason sends nothing. Returns how many were opened.
 */
export async function releaseFailed(
  context: JobContext,
  options: { readonly condition: RawBuilder<SqlBool>; readonly maxRetries: number },
): Promise<number> {
  const { tx } = context;
  const { rows } = await sql<{ id: string; person_id: string }>`
    select t.id, t.person_id from account_task t join person p on p.id = t.person_id
    where t.status = 'FAILED' and ${options.condition}
      and not exists (select 1 from account_task newer
        where newer.person_id = t.person_id and newer.system = t.system and newer.id > t.id)
      and not exists (${accountOfTask})
    order by t.id limit ${LIMIT}`.execute(tx);
  if (rows.length === 0) return 0;
  const personIds = rows.map((row) => row.person_id);
  await lockAffected(tx, personIds);
  const { maxRetries } = options;
  const opened = await requeueTasks(context, { taskIds: rows.map((row) => row.id), maxRetries });
  await rederive(tx, { personIds });
  return opened.length;
}
