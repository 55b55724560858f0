import { sql } from 'kysely';
import type { RequestScope } from '../../context/context.ts';
import { sqlOf } from '../../reading/loaders.ts';
import { canBeStored } from '../../reading/text-filter.ts';
import { visibleRows } from '../../reading/visible-rows.ts';

/**
 * False when the viewer may not see this public id. For what works on ids without reading rows as the caller sees
 * them: mutations and subscriptions. Asks the database only for those who do not see everything.
 */
export function seesRequest(scope: RequestScope, requestId: string): Promise<boolean> {
  return sees(scope, requestId, { table: 'account_request', column: 'request_id' });
}

/** As `seesRequest`, for a task. */
export function seesTask(scope: RequestScope, taskId: string): Promise<boolean> {
  return sees(scope, taskId, { table: 'account_task', column: 'task_id' });
}

async function sees(
  scope: RequestScope,
  id: string,
  { table, column }: { readonly table: 'account_request' | 'account_task'; readonly column: string },
): Promise<boolean> {
  if (!canBeStored(id)) return false;
  if (scope.viewer?.sees.kind === 'everything') return true;
  const { rows } = await sql`
    select from ${visibleRows(scope, table)} seen where ${sql.ref(`seen.${column}`)} = ${id}`.execute(
    sqlOf(scope),
  );
  return rows.length > 0;
}
