import { sql } from 'kysely';
import { inTransaction, outsideTransaction } from '../../entities/transaction.ts';
import type { ChangeFeed } from '../kit/change-feed.ts';
import { enqueue } from '../kit/job.ts';
import type { OperationContext } from '../kit/operation.ts';
import { checkSystemJob } from './check-system-job.ts';

/** Longer than a check may take, shorter than an operation may. */
const ANSWER_WITHIN_MS = 8_000;
/** Polling, because a notification may be lost while a person waits. */
const LOOK_EVERY_MS = 1_000;

/**
 * Lets a worker check a system and waits for the result: this process may have neither its address nor its
 * credentials. Joins a check that is under way. False when no worker answered in time.
 */
export async function askForCheck(
  context: OperationContext & { readonly feed: Pick<ChangeFeed, 'subscribe'> },
  system: string,
  answerWithinMs = ANSWER_WITHIN_MS,
): Promise<boolean> {
  let wake = Promise.withResolvers<void>();
  const unsubscribe = context.feed.subscribe({
    onChange: (change) => {
      if ('system' in change && change.system === system) wake.resolve();
    },
    onReconnect: () => wake.resolve(),
  });
  try {
    const askedAt = await inTransaction(context.em, async (tx) => {
      await enqueue({ tx, boss: context.boss }, checkSystemJob, [{ payload: { system } }]);
      const { rows } = await sql<{ now: string }>`select clock_timestamp()::text as now`.execute(tx);
      return rows[0]?.now ?? '';
    });
    const deadlineMs = performance.now() + answerWithinMs;
    for (;;) {
      const { rows } = await sql<{ done: boolean }>`
        select checked_at >= ${askedAt}::timestamptz as done from system_check where system = ${system}`.execute(
        outsideTransaction(context.em.fork()),
      );
      if (rows[0]?.done === true) return true;
      const leftMs = deadlineMs - performance.now();
      if (leftMs <= 0) return false;
      const timer = setTimeout(wake.resolve, Math.min(LOOK_EVERY_MS, leftMs));
      await wake.promise;
      clearTimeout(timer);
      wake = Promise.withResolvers<void>();
    }
  } finally {
    unsubscribe();
  }
}
