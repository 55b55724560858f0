import { sql } from 'kysely';
import { countedOutcomes } from '../../../domain/provisioning/states/states.ts';

/** True for a row `a` of task_attempt that counts against `max_attempts`; trials of an open circuit do not. */
export const isCounted = sql<boolean>`(a.outcome = any(${[...countedOutcomes]}::text[]) and not (
  coalesce((a.execution_context->>'trial')::boolean, false) and a.outcome in ('RETRYABLE', 'UNCERTAIN')))`;

/** How many attempts a retry by hand allows the task of row `t`: those counted so far, one more, and the retries. */
export function freshAllowance(maxRetries: number) {
  return sql<number>`(1 + ${maxRetries}::int + (select count(*) from task_attempt a where a.task_id = t.id and ${isCounted}))`;
}
