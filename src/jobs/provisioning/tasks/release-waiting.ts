import { type RawBuilder, sql } from 'kysely';
import { anyKey } from '../../../entities/keys.ts';
import { missingDependencies } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { ReadyTask } from './task-jobs.ts';

/** A task whose dependencies are met now. */
export interface ReleasedTask extends ReadyTask {
  readonly person_id: string;
}

/**
 * Makes waiting tasks of these people PENDING where every dependency has an ACTIVE account now; the caller enqueues
 * them in the same transaction. The caller holds the locks of the people.
 */
export async function releaseWaiting(
  tx: Sql,
  personIds: readonly string[],
): Promise<readonly ReleasedTask[]> {
  if (personIds.length === 0) return [];
  const { rows } = await released(personIds).execute(tx);
  return rows;
}

/** The statement of `releaseWaiting`. */
export function released(personIds: readonly string[]): RawBuilder<ReleasedTask> {
  return sql<ReleasedTask>`
    update account_task t set status = 'PENDING', updated_at = clock_timestamp()
    where t.person_id = ${anyKey(personIds)} and t.status = 'WAITING'
      and not exists (${missingDependencies})
    returning t.id, t.system, t.origin_system as "originSystem", t.priority, t.person_id`;
}
