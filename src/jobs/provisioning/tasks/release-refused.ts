import { type SqlBool, sql } from 'kysely';
import type { JobContext } from '../../kit/job-context.ts';
import { releaseFailed } from './release-failed.ts';

/**
 * Queues again the first few who were refused by what turned out to be the system's fault (`UPSTREAM_REFUSES_ALL`): they
 * wait with the others until its circuit closes. A task that is refused after that stays refused: no such outcome stands
 * beside it.
 */
export function releaseRefused(
  context: JobContext,
  options: { readonly maxRetries: number },
): Promise<number> {
  const condition = sql<SqlBool>`
    t.error_code = 'UPSTREAM_REJECTED' and t.error_parameters ? 'unlisted'
    and exists (select 1 from task_attempt a join account_task other on other.id = a.task_id
      where other.system = t.system and a.error_code = 'UPSTREAM_REFUSES_ALL'
        and a.started_at between t.updated_at - interval '1 minute' and t.updated_at + interval '10 minutes')`;
  return releaseFailed(context, { condition, maxRetries: options.maxRetries });
}
