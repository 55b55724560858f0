import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Sql } from '../../entities/tables.ts';
import type { OperationContext } from './operation.ts';
import { lockAffected, rederive } from './rederive.ts';
import { requeueTasks } from './requeue-tasks.ts';

/**
 * Removing the cause heals: opens the newest task of each account that FAILED and meets `condition`, which may speak
 * of the task `t` and its person `p`. A task that fails again for the same reason has sent nothing. Returns how many
 * were opened.
 */
export async function releaseFailed(
  tx: Sql,
  context: OperationContext,
  condition: RawBuilder<SqlBool>,
): Promise<number> {
  const { rows } = await sql<{ id: string; person_id: string }>`
    select t.id, t.person_id from account_task t join person p on p.id = t.person_id
    where t.status = 'FAILED' and ${condition}
      and not exists (select 1 from account_task newer
        where newer.person_id = t.person_id and newer.system = t.system and newer.id > t.id)
      and not exists (select 1 from account a
        where a.person_id = t.person_id and a.system = t.system and a.state = 'ACTIVE')`.execute(tx);
  if (rows.length === 0) return 0;
  const personIds = rows.map((row) => row.person_id);
  await lockAffected(tx, personIds);
  const maxRetries = context.settings.get('account_creation_max_retries');
  const opened = await requeueTasks(
    { tx, boss: context.boss },
    { taskIds: rows.map((row) => row.id), maxRetries },
  );
  await rederive(tx, { personIds });
  return opened.length;
}
