import { sql } from 'kysely';
import { countedOutcomes } from '../../../domain/provisioning/states/states.ts';
import type { RequestScope } from '../../context/context.ts';
import { oneByKey, sqlOf } from '../../reading/loaders.ts';
import { standingTasksByPerson, taskById } from '../rows/row-loaders.ts';
import type { AccountTaskRow } from '../rows/rows.ts';

/** Attempts that count against a task's limit; a failed trial of an open circuit burns nothing. */
export const countedAttemptsByTask = oneByKey<number>(async (scope, taskIds) => {
  const { rows } = await sql<{ task_id: string; count: number }>`
    select a.task_id, count(*)::int as count from task_attempt a
    where a.task_id = any(${[...taskIds]}::bigint[]) and a.outcome = any(${[...countedOutcomes]}::text[])
      and not (a.outcome in ('RETRYABLE', 'UNCERTAIN')
        and coalesce((a.execution_context->>'trial')::boolean, false))
    group by a.task_id`.execute(sqlOf(scope));
  return new Map(rows.map((row) => [row.task_id, row.count]));
});

/** The person's tasks in the systems a task depends on. */
export async function dependenciesOf(scope: RequestScope, task: AccountTaskRow): Promise<AccountTaskRow[]> {
  if (task.depends_on_systems.length === 0) return [];
  const tasks = await standingTasksByPerson(scope).load(task.person_id);
  const wanted = task.depends_on_systems.flatMap((system) =>
    tasks.filter((other) => other.system === system),
  );
  if (scope.viewer?.sees.kind === 'everything') return wanted;
  // Another portal may have asked for it.
  const visible = await taskById(scope).loadMany(wanted.map(({ id }) => id));
  return wanted.filter((_, index) => visible[index] !== null);
}
