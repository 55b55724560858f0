import { type RawBuilder, type SqlBool, sql } from 'kysely';

/** `t.status ${endedTask}`: a task in a final state. As literals, because partial indexes are found by them. */
export const endedTask = sql.raw(`in ('COMPLETED', 'FAILED', 'CANCELLED')`);

/** `t.status ${openTask}`: a task that is not ended. At most one is open for each account. */
export const openTask = sql.raw(`not in ('COMPLETED', 'FAILED', 'CANCELLED')`);

/** `t.status ${endedWithout}`: a task, or an item, that ended without what it was for; a retry opens it again. */
export const endedWithout = sql.raw(`in ('FAILED', 'CANCELLED')`);

/** For `exists (…)`: the ACTIVE account of a person in a system. */
export function activeAccount(person: RawBuilder<unknown>, system: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select 1 from account held
    where held.person_id = ${person} and held.system = ${system} and held.state = 'ACTIVE'`;
}

/** For `exists (…)`: the ACTIVE account that the task of row `t` is for. */
export const accountOfTask = activeAccount(sql.ref('t.person_id'), sql.ref('t.system'));

/** The systems that the task of row `t` depends on and whose account its person does not have. */
export const missingDependencies = sql`select needed from unnest(t.depends_on_systems) as needed
  where not exists (${activeAccount(sql.ref('t.person_id'), sql.ref('needed'))})`;

/** Whether each request that wanted the task is cancelled; false where no request did. */
export function isUnwanted(task: RawBuilder<unknown>): RawBuilder<SqlBool> {
  return sql<SqlBool>`(select coalesce(bool_and(wish.cancelled_at is not null), false) from request_item_task l
    join request_item i on i.id = l.item_id join account_request wish on wish.id = i.request_id where l.task_id = ${task})`;
}

/** The public id of a new task: number, system, and what makes it unique. */
export function newTaskId(number: RawBuilder<unknown>, system: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`${number} || '_' || ${system} || '_' || left(gen_random_uuid()::text, 8)`;
}
