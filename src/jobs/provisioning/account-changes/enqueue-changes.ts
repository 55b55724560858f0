import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Sql } from '../../../entities/tables.ts';
import { enqueue } from '../../kit/job.ts';
import type { JobContext } from '../../kit/job-context.ts';
import { changeAccountJob } from './change-account-job.ts';
import { ACCOUNTS_STEP } from './disable-leavers-job.ts';

/** Sends jobs for a run's PENDING records about accounts; records that have a live job get no second one. */
export function sendChanges(context: JobContext, runId: string): Promise<void> {
  return send(context, sql<SqlBool>`i.run_id = ${runId}::bigint`);
}

/** As `sendChanges`, for these records. */
export function sendChangesOf(context: JobContext, items: readonly string[]): Promise<void> {
  return send(context, sql<SqlBool>`i.id = any(${[...items]}::bigint[])`);
}

async function send(context: JobContext, which: RawBuilder<SqlBool>): Promise<void> {
  const { rows } = await sql<{ item: string; round: number; system: string }>`
    select i.id as item, r.round, a.system from run_item i
    join sync_run r on r.id = i.run_id join account a on i.subject_kind = 'ACCOUNT' and a.id = i.subject_id
    where ${which} and i.outcome = 'PENDING' order by i.id`.execute(context.tx);
  for (const [system, ofSystem] of Map.groupBy(rows, (row) => row.system)) {
    const entries = ofSystem.map(({ item, round }) => ({
      payload: { item, round, counted: 0, throttledSinceMs: null },
    }));
    await enqueue(context, changeAccountJob(system), entries);
  }
}

/** Makes failed records about accounts PENDING again; the run's job sends them. */
export async function reopenFailedAccounts(tx: Sql, run: { readonly id: string }): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update run_item set outcome = 'PENDING', settled_at = null
    where run_id = ${run.id}::bigint and outcome = 'FAILED' and subject_kind = 'ACCOUNT' returning id`.execute(
    tx,
  );
  if (rows.length > 0)
    await sql`
      update run_step set status = 'PENDING', finished_at = null
      where run_id = ${run.id}::bigint and key = ${ACCOUNTS_STEP}`.execute(tx);
  return rows.length;
}
