import type { RunMode } from '../../domain/runs/run-states.ts';
import { inTransaction, outsideTransaction } from '../../entities/transaction.ts';
import { enqueue } from '../kit/job.ts';
import type { OperationContext } from '../kit/operation.ts';
import { countDueRows, type DueCount } from './count-due-rows.ts';
import { retentionOf } from './purge.ts';
import { purgeJob } from './purge-job.ts';
import type { RetentionRule } from './retention-rule.ts';

/** Counts what is due now; with RUN, also sends the job that removes it, unless one is live. */
export async function requestPurge(
  context: OperationContext & { readonly retention: readonly RetentionRule[] },
  mode: RunMode,
): Promise<readonly DueCount[]> {
  const days = retentionOf(context.settings);
  const counts = await countDueRows(outsideTransaction(context.em.fork()), {
    days,
    rules: context.retention,
  });
  if (mode === 'RUN')
    await inTransaction(context.em, (tx) => enqueue({ tx, boss: context.boss }, purgeJob, [{ payload: {} }]));
  return counts;
}
