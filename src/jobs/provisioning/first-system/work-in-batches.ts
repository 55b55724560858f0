import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { JobInterrupted } from '../../kit/interruption.ts';
import { type OpenRun, openRun, takeUpRun } from '../../runs/run-record.ts';
import type { ImportJobContext } from './import-job-context.ts';

/**
 * Works a step of a run off, a transaction per batch, until a batch finds nothing (false), the run is no longer open
 * or the process stops. A batch that was committed is not done again.
 * @throws JobInterrupted when the process stops.
 */
export async function workInBatches(
  { em, stopping }: ImportJobContext,
  { id, step }: { readonly id: string; readonly step: string },
  batch: (tx: Sql, run: OpenRun) => Promise<boolean>,
): Promise<void> {
  const run = await inTransaction(em, (tx) => takeUpRun(tx, id, step));
  for (let going = run !== null; going; ) {
    if (stopping.aborted) throw new JobInterrupted('the process stops');
    going = await inTransaction(em, async (tx) => {
      const open = await openRun(tx, id, step);
      return open !== null && (await batch(tx, open));
    });
  }
}
