import { sql } from 'kysely';
import type { Sql } from '../../../entities/tables.ts';

/** Rows of one sweep; the next goes on. */
const LIMIT = 10_000;

/**
 * Removes the notes of failed tasks that are open again or that a newer task of the same person and system has replaced.
 * Locks the tasks, so that none fails again meanwhile; those that somebody is changing are left for the next sweep.
 */
export async function forgetHealedFailures(tx: Sql): Promise<void> {
  await sql`
    with healed as (
      select t.id from standing_failure f join account_task t on t.id = f.task_id
      where t.status <> 'FAILED' or exists (
        select 1 from account_task n where n.person_id = t.person_id and n.system = t.system and n.id > t.id)
      order by t.id limit ${LIMIT} for no key update of t skip locked
    )
    delete from standing_failure f using healed where f.task_id = healed.id`.execute(tx);
}
