import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { isPersonErased } from '../../../entities/people/erased-person.ts';
import { endedWithout } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';

/** Items that never got a person (refused by name, cancelled before intake) or a task, except those of erased people. */
const unplannedItem = sql<SqlBool>`i.status ${endedWithout}
  and not exists (select 1 from request_item_task l where l.item_id = i.id)
  and not ${isPersonErased(sql.ref('i.person_id'))}`;

/** Sends unplanned items, those among them that `which` names, through intake again. */
export async function reopenUnplanned(
  tx: Sql,
  id: string,
  which: RawBuilder<SqlBool> = sql`true`,
): Promise<number> {
  const { rows } = await sql`
    update request_item i set status = case when i.person_id is null then 'PENDING' else 'SYNCED' end,
      settled_count = 0, error_code = null, error_parameters = null, updated_at = clock_timestamp()
    where i.request_id = ${id}::bigint and ${unplannedItem} and ${which}
    returning i.id`.execute(tx);
  return rows.length;
}

/** Whether a request has unplanned items. */
export async function hasUnplanned(tx: Sql, id: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select 1 from request_item i where i.request_id = ${id}::bigint and ${unplannedItem}) as found`.execute(
    tx,
  );
  return rows[0]?.found ?? false;
}
