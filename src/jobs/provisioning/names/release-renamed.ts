import { sql } from 'kysely';
import type { JobContext } from '../../kit/job-context.ts';
import { releaseFailed } from '../tasks/release-failed.ts';

/**
 * Queues again what was held for a name of people who were changed since: HR may have corrected it. Returns how many were
 * opened.
 */
export function releaseRenamed(
  context: JobContext,
  options: { readonly maxRetries: number },
): Promise<number> {
  const condition = sql<boolean>`t.error_code = 'NAME_DOUBTFUL' and p.updated_at > t.updated_at`;
  return releaseFailed(context, { condition, maxRetries: options.maxRetries });
}
