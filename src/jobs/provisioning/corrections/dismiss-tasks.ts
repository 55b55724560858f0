import { type SqlBool, sql } from 'kysely';
import {
  describeCharacter,
  findForbiddenCharacter,
  isLongerThan,
  normaliseText,
} from '../../../domain/text/text.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import type { TaskFilter } from '../tasks/task-conditions.ts';
import { type BatchTask, changeTasks, type TaskBatchInput, type TaskBatchOutcome } from './change-tasks.ts';

export interface DismissInput extends TaskBatchInput {
  readonly reason: string;
  /** Brings dismissed failures back. */
  readonly restore: boolean;
}

export interface DismissOutcome extends TaskBatchOutcome {
  /** People refused before they had a task, put away by this call; of a dry run: how many it would be. */
  readonly items: number;
}

const REASON_MAX = 500;

/** Whether a failed task `t`, or item `i`, was put away; it counts again once it has changed. */
export const isDismissedTask = sql<SqlBool>`exists (select 1 from dismissed_failure d
  where d.task_id = t.id and d.dismissed_at >= t.updated_at)`;
export const isDismissedItem = sql<SqlBool>`exists (select 1 from dismissed_failure d
  where d.item_id = i.id and d.dismissed_at >= i.updated_at)`;

/**
 * Puts failures away that will not be settled, with a reason, or brings them back: failed tasks and, unless the
 * filter names a system, people refused before they had a task. They stay FAILED and can be retried; overview leaves
 * them out.
 */
export async function dismissTasks(context: OperationContext, input: DismissInput): Promise<DismissOutcome> {
  const reason = normaliseText(input.reason);
  const problem = reasonProblem(reason);
  const { restore, filter, mode } = input;
  const outcome = await changeTasks(context, problem === null ? input : { ...input, mode: 'DRY_RUN' }, {
    allowed: ['FAILED'],
    applies: sql<SqlBool>`t.status = 'FAILED' and ${isDismissedTask} = ${restore}::boolean`,
    change: (tx, tasks) => changeBatch(tx, { tasks, context, reason, restore }),
  });
  if (problem !== null) return { ...outcome, items: 0, userErrors: [problem] };
  if (outcome.userErrors.length > 0 || filter.system != null) return { ...outcome, items: 0 };
  const items = await inTransaction(context.em, (tx) =>
    changeItems(tx, { filter, principal: context.principal, reason, restore, dry: mode === 'DRY_RUN' }),
  );
  return { ...outcome, items };
}

function reasonProblem(reason: string): OperationError | null {
  const about = (parameters: OperationError['parameters'] = {}) => ({
    path: ['reason'],
    parameters: { field: 'reason', ...parameters },
  });
  if (reason === '') return operationError('REQUIRED', about());
  if (isLongerThan(reason, REASON_MAX)) return operationError('TOO_LONG', about({ limit: REASON_MAX }));
  const forbidden = findForbiddenCharacter(reason);
  if (forbidden === null) return null;
  return operationError('INVALID', about({ variant: 'CHARACTER', character: describeCharacter(forbidden) }));
}

async function changeBatch(
  tx: Sql,
  work: {
    readonly tasks: readonly BatchTask[];
    readonly context: OperationContext;
    readonly reason: string;
    readonly restore: boolean;
  },
): Promise<number> {
  const ids = work.tasks.map(({ id }) => id);
  const { rows } = work.restore
    ? await sql<{ id: string }>`
        delete from dismissed_failure where task_id = any(${ids}::bigint[]) returning task_id as id`.execute(
        tx,
      )
    : await sql<{ id: string }>`
        insert into dismissed_failure (task_id, reason, dismissed_by)
        select unnest(${ids}::bigint[]), ${work.reason}, ${work.context.principal}
        on conflict (task_id) do update set reason = excluded.reason, dismissed_by = excluded.dismissed_by,
          dismissed_at = clock_timestamp()
        returning task_id as id`.execute(tx);
  await audit(tx, { kind: 'TASK', ids: rows.map(({ id }) => id), ...work });
  return rows.length;
}

/** People refused before a task was planned for them. */
async function changeItems(
  tx: Sql,
  work: {
    readonly filter: TaskFilter;
    readonly principal: string;
    readonly reason: string;
    readonly restore: boolean;
    readonly dry: boolean;
  },
): Promise<number> {
  const { employeeNumber, requestId, errorCode } = work.filter;
  if (work.filter.waitingFor != null || (work.filter.status != null && work.filter.status.length === 0))
    return 0;
  const found = sql`
    select i.id from request_item i join account_request r on r.id = i.request_id
    where i.status = 'FAILED' and i.error_code is not null
      and not exists (select 1 from request_item_task l where l.item_id = i.id)
      and (${employeeNumber ?? null}::text is null or lower(i.employee_number) = lower(${employeeNumber ?? null}))
      and (${requestId ?? null}::text is null or r.request_id = ${requestId ?? null})
      and (${errorCode ?? null}::text[] is null or i.error_code = any(${errorCode ?? null}::text[]))
      and ${isDismissedItem} = ${work.restore}::boolean`;
  if (work.dry) {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from (${found}) f`.execute(
      tx,
    );
    return rows[0]?.count ?? 0;
  }
  const { rows } = work.restore
    ? await sql<{ id: string }>`
        delete from dismissed_failure where item_id in (${found}) returning item_id as id`.execute(tx)
    : await sql<{ id: string }>`
        insert into dismissed_failure (item_id, reason, dismissed_by)
        select f.id, ${work.reason}, ${work.principal} from (${found}) f
        on conflict (item_id) do update set reason = excluded.reason, dismissed_by = excluded.dismissed_by,
          dismissed_at = clock_timestamp()
        returning item_id as id`.execute(tx);
  await audit(tx, { kind: 'REQUEST_ITEM', ids: rows.map(({ id }) => id), ...work });
  return rows.length;
}

async function audit(
  tx: Sql,
  note: {
    readonly kind: 'TASK' | 'REQUEST_ITEM';
    readonly ids: readonly string[];
    readonly reason: string;
    readonly restore: boolean;
  },
): Promise<void> {
  const action = `${note.kind.toLowerCase()}.${note.restore ? 'restored' : 'dismissed'}`;
  await sql`
    insert into audit_entry (actor, correlation_id, action, subject_kind, subject_id, after)
    select audit_actor(), audit_correlation(), ${action}, ${note.kind}, id::text,
      jsonb_build_object('reason', ${note.reason}::text)
    from unnest(${[...note.ids]}::bigint[]) as id`.execute(tx);
}
