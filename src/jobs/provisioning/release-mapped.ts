import { sql } from 'kysely';
import type { JobContext } from './job-context.ts';
import { lockAffected, rederive } from './rederive.ts';
import { requeueTasks } from './requeue-tasks.ts';

/** Tasks in one go: what is left is found by the next sweep. */
const LIMIT = 10_000;

/**
 * Removing the cause heals: FAILED → PENDING for the newest task of each account that failed for want of a department
 * mapping, or of an OU in it, and would not now. `codes` null: whichever department. Returns how many were opened.
 */
export async function releaseMapped(
  context: JobContext,
  options: { readonly codes: readonly string[] | null; readonly maxRetries: number },
): Promise<number> {
  const { tx } = context;
  const { codes, maxRetries } = options;
  const { rows } = await sql<{ id: string; person_id: string }>`
    select t.id, t.person_id from account_task t join person p on p.id = t.person_id
    join lateral (
      select m.ou from jsonb_array_elements(p.departments) with ordinality as place(value, position)
      join department_mapping m on m.idata_department_code = place.value->>'department_code'
      order by place.position limit 1) d on true
    where t.status = 'FAILED'
      and (t.error_code = 'DEPARTMENT_UNMAPPED' or (t.error_code = 'DEPARTMENT_OU_MISSING' and btrim(d.ou) <> ''))
      and (${codes === null} or exists (select 1 from jsonb_array_elements(p.departments) place
        where place->>'department_code' = any(${codes === null ? [] : [...codes]}::text[])))
      and not exists (select 1 from account_task newer
        where newer.person_id = t.person_id and newer.system = t.system and newer.id > t.id)
      and not exists (select 1 from account a
        where a.person_id = t.person_id and a.system = t.system and a.state = 'ACTIVE')
    order by t.id limit ${LIMIT}`.execute(tx);
  if (rows.length === 0) return 0;
  const personIds = rows.map((row) => row.person_id);
  await lockAffected(tx, personIds);
  const opened = await requeueTasks(context, { taskIds: rows.map((row) => row.id), maxRetries });
  await rederive(tx, { personIds });
  return opened.length;
}
