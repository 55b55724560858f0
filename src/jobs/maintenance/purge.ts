import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { type RetentionDays, retentionInForce } from '../../domain/maintenance/retention.ts';
import type { Sql } from '../../entities/tables.ts';
import { inTransaction } from '../../entities/transaction.ts';
import type { Logger } from '../../logger.ts';
import { purgeAudit } from '../audit/purge-audit.ts';
import { JobInterrupted } from '../kit/interruption.ts';
import type { LiveSettings } from '../kit/live-settings.ts';
import type { RetentionRule } from './retention-rule.ts';

export interface PurgeContext {
  readonly em: EntityManager;
  readonly settings: LiveSettings;
  readonly logger: Logger;
  /** Of all areas, in this order. */
  readonly rules: readonly RetentionRule[];
  /** Aborts when the process stops; the rest is for the next run. */
  readonly stopping: AbortSignal;
}

/** Rows per transaction: each takes a few hundred milliseconds at most, and locks nothing for longer. */
const BATCH = 2_000;

/** The days in force by the Settings. */
export function retentionOf(settings: LiveSettings): RetentionDays {
  const wanted = {
    requests: settings.get('retention_finished_requests_days'),
    attempts: settings.get('retention_attempts_days'),
    runs: settings.get('retention_runs_days'),
    audit: settings.get('retention_audit_days'),
    notifications: settings.get('retention_notifications_days'),
    databaseAccounts: settings.get('retention_database_accounts_days'),
  };
  return retentionInForce(wanted, settings.get('retention_below_legal_minimum'));
}

/**
 * Removes rows whose retention has ended, in small transactions; reserved names stay for ever. Safe to run twice and
 * to stop anywhere: due rows are found by reading.
 */
export async function purge(context: PurgeContext): Promise<void> {
  const days = retentionOf(context.settings);
  const removed: Record<string, number> = {};
  for (const { table, due, remove, batch = BATCH } of context.rules) {
    const work = (tx: Sql) => remove?.(tx, days) ?? deleteRows(tx, table, due(days));
    // Areas may have rules of their own for a table that all share.
    removed[table] = (removed[table] ?? 0) + (await inBatches(context, batch, work));
  }
  removed['audit_entry'] = await inBatches(context, 1, (tx) => purgeAudit(tx, days.audit));
  if (Object.values(removed).some((count) => count > 0)) context.logger.info({ removed }, 'purged');
}

/** Repeats until a batch is not full. */
async function inBatches(
  { em, stopping }: PurgeContext,
  size: number,
  work: (tx: Sql) => Promise<number>,
): Promise<number> {
  let sum = 0;
  for (let count = size; count >= size; sum += count) {
    if (stopping.aborted) throw new JobInterrupted('the process stops');
    count = await inTransaction(em, work);
  }
  return sum;
}

/** Deletes a batch of due rows; locked ones are left for the next run. */
async function deleteRows(tx: Sql, table: string, due: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql`
    delete from ${sql.table(table)} where id in (
      select id from ${sql.table(table)} where id in (${due} limit ${BATCH}) for update skip locked)
    returning id`.execute(tx);
  return rows.length;
}
