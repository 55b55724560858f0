import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { Sql } from '../../entities/tables.ts';
import { inTransaction } from '../../entities/transaction.ts';
import { enqueue } from '../kit/job.ts';
import type { LiveSettings } from '../kit/live-settings.ts';
import { startSyncPeople } from './hr-sync/start-sync-people.ts';
import { followWithTasks } from './task-runs/start-create-tasks.ts';
import { sweepJob } from './tasks/sweep-job.ts';

export interface FollowContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  readonly displayTimeZone: string;
  /** Whether this worker reaches HR. */
  readonly hr: boolean;
}

/** Switches whose turning on moves requests and tasks that waited, and Settings that may free what was held. */
const SWEPT = new Set([
  'account_creation_enabled',
  'request_task_creation_enabled',
  'task_processing_enabled',
  'doubtful_names',
  'name_notes_left_off',
]);
/** Switches whose turning on, with the other on, plans tasks for people of HR. */
const PLANNING = ['account_creation_enabled', 'task_auto_creation_enabled'] as const;

/**
 * Follows a change of switches (provisioning.md §7): work that waited moves at once. Every replica is notified of a
 * change; the first one starts the runs.
 */
export async function followSwitches(context: FollowContext, changed: readonly string[]): Promise<void> {
  const { em, settings } = context;
  if (changed.some((key) => SWEPT.has(key))) await sweepNow(context);
  for (const key of PLANNING) {
    if (!changed.includes(key) || !settings.get(key)) continue;
    await inTransaction(em, async (tx) => {
      if (await isFirstToFollow(tx, key)) await followWithTasks(tx, context);
    });
  }
  if (!changed.includes('hr_sync_enabled') || !settings.get('hr_sync_enabled') || !context.hr) return;
  if (!(await inTransaction(em, (tx) => isFirstToFollow(tx, 'hr_sync_enabled')))) return;
  const event = { mode: 'RUN', forceFullSync: false, trigger: 'EVENT' } as const;
  await startSyncPeople({ ...context, principal: null }, event);
}

/** Sends a sweep, which finds ready work that no job holds. */
export function sweepNow({ em, boss }: Pick<FollowContext, 'em' | 'boss'>): Promise<void> {
  return inTransaction(em, (tx) => enqueue({ tx, boss }, sweepJob, [{ payload: {} }]));
}

/** True in the first replica that follows the newest change of a switch. */
async function isFirstToFollow(tx: Sql, key: string): Promise<boolean> {
  const { rows } = await sql`
    insert into switch_follow_up (key, change_id)
    select ${key}, max(id) from setting_change where key = ${key} having max(id) is not null
    on conflict (key) do update set change_id = excluded.change_id
      where switch_follow_up.change_id < excluded.change_id
    returning key`.execute(tx);
  return rows.length > 0;
}
