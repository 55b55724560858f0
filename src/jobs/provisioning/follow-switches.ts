import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { Sql } from '../../entities/tables.ts';
import { inTransaction } from '../../entities/transaction.ts';
import { enqueue } from '../kit/job.ts';
import type { LiveSettings } from '../kit/live-settings.ts';
import { startSyncPeople } from './hr-sync/start-sync-people.ts';
import { sweepJob } from './sweep.ts';
import { followWithTasks } from './task-runs/start-create-tasks.ts';

export interface FollowContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  readonly displayTimeZone: string;
  /** Whether this worker reaches HR. */
  readonly hr: boolean;
}

/** Turning one of these on moves requests and tasks that waited for it. */
const SWEPT = new Set([
  'account_creation_enabled',
  'request_task_creation_enabled',
  'task_processing_enabled',
]);
/** Turning one of these on, with the other on, plans tasks for people of HR. */
const PLANNING = ['account_creation_enabled', 'task_auto_creation_enabled'] as const;

/**
 * What a change of Settings sets in motion (provisioning.md §7): what waited for a switch moves at once. Every replica hears of a change; runs are begun by the first.
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

/** Looks at once for everything that is ready and that no job holds. */
export function sweepNow({ em, boss }: Pick<FollowContext, 'em' | 'boss'>): Promise<void> {
  return inTransaction(em, (tx) => enqueue({ tx, boss }, sweepJob, [{ payload: {} }]));
}

/** True for the first replica that follows the newest change of a switch. */
async function isFirstToFollow(tx: Sql, key: string): Promise<boolean> {
  const { rows } = await sql`
    insert into switch_follow_up (key, change_id)
    select ${key}, max(id) from setting_change where key = ${key} having max(id) is not null
    on conflict (key) do update set change_id = excluded.change_id
      where switch_follow_up.change_id < excluded.change_id
    returning key`.execute(tx);
  return rows.length > 0;
}
