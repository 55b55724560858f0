import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { enqueue } from '../../kit/job.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import type { RunJobPayload } from '../../runs/run-job.ts';
import { takeUpRun } from '../../runs/run-record.ts';
import { finishIfDone } from './finish-run.ts';
import { syncInstanceJob } from './jobs.ts';
import { startScheduledSync } from './start-sync.ts';

export interface SyncDatabasesContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  readonly displayTimeZone: string;
}

/**
 * Sends a job for each instance that the run still has to do; the last of them ends it. Safe to run twice: an instance
 * that has its job gets no second. Without a run it is the schedule, which also logs what expired since yesterday.
 */
export async function syncDatabases(payload: RunJobPayload, context: SyncDatabasesContext): Promise<void> {
  const { run: id } = payload;
  await inTransaction(context.em, async (tx) => {
    if (id === undefined) {
      if (context.settings.get('database_sync_enabled'))
        await startScheduledSync(tx, { ...context, principal: null });
      return;
    }
    const run = await takeUpRun(tx, id, 'connect');
    if (run === null) return;
    if (run.confirmed) await confirmAll(tx, id);
    await enqueueInstances(tx, context.boss, id);
    await finishIfDone(tx, id);
  });
}

/** Sends the jobs of all items that are to be done. */
export async function enqueueInstances(tx: Sql, boss: PgBoss, run: string): Promise<void> {
  const { rows } = await sql<{ id: string; round: number }>`
    select id::text, coalesce((payload->>'round')::int, 1) as round from run_item
    where run_id = ${run}::bigint and outcome = 'PENDING' order by id`.execute(tx);
  await enqueue(
    { tx, boss },
    syncInstanceJob,
    rows.map(({ id, round }) => ({ payload: { item: id, round } })),
  );
}

async function confirmAll(tx: Sql, run: string): Promise<void> {
  await sql`
    update run_item set outcome = 'PENDING', payload = payload || jsonb_build_object('confirmed', true,
      'round', coalesce((payload->>'round')::int, 1) + 1)
    where run_id = ${run}::bigint and outcome = 'AWAITING_CONFIRMATION'`.execute(tx);
}

/** Takes the failed instances of a run again. */
export async function reopenFailedInstances(tx: Sql, run: { readonly id: string }): Promise<number> {
  const { rows } = await sql`
    update run_item set outcome = 'PENDING', error_code = null, error_parameters = null, settled_at = null,
      payload = jsonb_build_object('round', coalesce((payload->>'round')::int, 1) + 1)
    where run_id = ${run.id}::bigint and outcome = 'FAILED' returning id`.execute(tx);
  return rows.length;
}
