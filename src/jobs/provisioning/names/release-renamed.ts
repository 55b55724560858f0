import { sql } from 'kysely';
import type { JobContext } from '../../kit/job-context.ts';
import { releaseFailed } from '../tasks/release-failed.ts';

/**
 * Queues again what was held for a name of people who were changed since: HR may have corrected it; and all that was held
 * before somebody changed what the Settings say of names. Returns how many were opened.
 */
export function releaseRenamed(
  context: JobContext,
  options: { readonly maxRetries: number },
): Promise<number> {
  const condition = sql<boolean>`t.error_code = 'NAME_DOUBTFUL' and t.updated_at < greatest(p.updated_at, (
    select max(s.updated_at) from setting s where s.key in ('doubtful_names', 'name_notes_left_off')))`;
  return releaseFailed(context, { condition, maxRetries: options.maxRetries });
}
