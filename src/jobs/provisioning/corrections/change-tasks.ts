import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { TaskStatus } from '../../../domain/provisioning/states/states.ts';
import type { RunMode } from '../../../domain/runs/run-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction, outsideTransaction } from '../../../entities/transaction.ts';
import { type OperationContext, type OperationError, operationError } from '../../kit/operation.ts';
import { lockAffected } from '../tasks/derive-states.ts';
import { isEmptyFilter, type TaskFilter, taskConditions } from '../tasks/task-conditions.ts';

/** Most tasks of one call: as many as a request may have people. */
export const TASKS_MAX = 10_000;
/** Tasks of one transaction: locks are held for a fraction of a second. */
const BATCH_SIZE = 500;
/** No transaction begins after this time, so that the call ends within the limit of an operation. */
const BUDGET_MS = 6_000;
/** Tasks that a dry run names. */
const SHOWN_MAX = 100;
/** A count that differs by no more than this still fits the dry run: tasks come and go. */
const COUNT_TOLERANCE = 10;
const COUNT_TOLERANCE_SHARE = 0.1;

export interface TaskBatchInput {
  readonly filter: TaskFilter;
  readonly mode: RunMode;
  readonly maxTasks: number;
  /** The count of a dry run; null: any number. */
  readonly expectedCount: number | null;
}

/** Tasks of one system and error. */
export interface TaskGroup {
  readonly system: string;
  /** Null without an error. */
  readonly code: string | null;
  readonly count: number;
}

export interface TaskBatchOutcome {
  /** Tasks that matched when the call began. */
  readonly matched: number;
  readonly groups: readonly TaskGroup[];
  /** People and requests of the matched tasks. */
  readonly people: number;
  readonly requests: number;
  /** Primary keys of the first of them. */
  readonly taskIds: readonly string[];
  /** Tasks changed by this call. */
  readonly changed: number;
  /** Tasks that this call has not reached: another call continues with them. */
  readonly remaining: number;
  readonly userErrors: readonly OperationError[];
}

/** A change of many tasks. */
export interface TaskBatchWork {
  /** States in which tasks can be changed; a filter that names another one is refused. */
  readonly allowed: readonly TaskStatus[];
  /** Conditions on the row `t` beside the filter's; asked again under the locks. */
  readonly applies: RawBuilder<SqlBool>;
  /** Changes these tasks, whose people and requests are locked, and says how many it changed. */
  readonly change: (tx: Sql, tasks: readonly BatchTask[]) => Promise<number>;
}

export interface BatchTask {
  readonly id: string;
  readonly person_id: string;
  readonly system: string;
  readonly status: string;
}

const nothing: TaskBatchOutcome = {
  matched: 0,
  groups: [],
  people: 0,
  requests: 0,
  taskIds: [],
  changed: 0,
  remaining: 0,
  userErrors: [],
};

/**
 * Counts the tasks of a filter that the work applies to and, unless it is a dry run, changes them, oldest first, in
 * batches of one transaction each. Tasks that do not fit one call, by number or by time, are `remaining`.
 */
export async function changeTasks(
  context: OperationContext,
  input: TaskBatchInput,
  work: TaskBatchWork,
): Promise<TaskBatchOutcome> {
  const refused = refuse(input, work.allowed);
  if (refused !== null) return { ...nothing, userErrors: [refused] };
  // A text that no column can hold matches nothing.
  if ([input.filter.employeeNumber, input.filter.requestId].some((text) => text?.includes('\0') === true))
    return nothing;
  const applies = sql<SqlBool>`${sql.join([...taskConditions(input.filter), work.applies], sql` and `)}`;
  const limit = input.mode === 'RUN' ? input.maxTasks : SHOWN_MAX;
  const { found, ...counted } = await count(outsideTransaction(context.em.fork()), applies, limit);
  const taskIds = found.slice(0, SHOWN_MAX).map(({ id }) => id);
  const before = { ...nothing, ...counted, taskIds, remaining: counted.matched };
  const surprise = compare(counted.matched, input.expectedCount);
  if (surprise !== null) return { ...before, userErrors: [surprise] };
  if (input.mode === 'DRY_RUN') return before;

  const deadlineMs = performance.now() + BUDGET_MS;
  let changed = 0;
  let passed = 0;
  while (passed < found.length && performance.now() < deadlineMs) {
    const batch = found.slice(passed, passed + BATCH_SIZE);
    changed += await inTransaction(context.em, (tx) => changeBatch(tx, { applies, batch, work }));
    passed += batch.length;
  }
  return { ...before, changed, remaining: Math.max(0, counted.matched - passed) };
}

function refuse({ filter, maxTasks }: TaskBatchInput, allowed: readonly TaskStatus[]): OperationError | null {
  if (isEmptyFilter(filter))
    return operationError('REQUIRED', { path: ['filter'], parameters: { field: 'filter' } });
  const strange = filter.status?.filter((status) => !allowed.includes(status)) ?? [];
  if (strange.length > 0) {
    const parameters = { variant: 'ONE_OF', field: 'filter.status', given: strange, allowed };
    return operationError('INVALID', { path: ['filter', 'status'], parameters });
  }
  if (maxTasks >= 1 && maxTasks <= TASKS_MAX) return null;
  const parameters = { variant: 'RANGE', field: 'maxTasks', minimum: 1, maximum: TASKS_MAX };
  return operationError('INVALID', { path: ['maxTasks'], parameters });
}

function compare(matched: number, expected: number | null): OperationError | null {
  if (expected === null) return null;
  const tolerance = Math.max(COUNT_TOLERANCE, expected * COUNT_TOLERANCE_SHARE);
  if (Math.abs(matched - expected) <= tolerance) return null;
  const parameters = { variant: 'COUNT', matched, expected };
  return operationError('INVALID_STATE', { path: ['expectedCount'], parameters });
}

type FoundTask = Pick<BatchTask, 'id' | 'person_id'>;

type Counted = Pick<TaskBatchOutcome, 'matched' | 'groups' | 'people' | 'requests'> & {
  /** The oldest of them. */
  readonly found: readonly FoundTask[];
};

async function count(db: Sql, applies: RawBuilder<SqlBool>, limit: number): Promise<Counted> {
  const { rows } = await sql<Counted>`
    with found as materialized (select t.id, t.person_id, t.system, t.error_code from account_task t where ${applies})
    select (select count(*)::int from found) as matched,
      (select count(distinct person_id)::int from found) as people,
      (select count(distinct i.request_id)::int from found f
        join request_item_task l on l.task_id = f.id join request_item i on i.id = l.item_id) as requests,
      (select coalesce(json_agg(json_build_object('system', g.system, 'code', g.error_code, 'count', g.count)
          order by g.count desc, g.system, g.error_code), '[]')
        from (select system, error_code, count(*)::int as count from found group by system, error_code) as g) as groups,
      (select coalesce(json_agg(json_build_object('id', s.id::text, 'person_id', s.person_id::text) order by s.id), '[]')
        from (select id, person_id from found order by id limit ${limit}) as s) as found`.execute(db);
  return rows[0] ?? { ...nothing, found: [] };
}

/**
 * Locks people and requests of tasks that were found without locks, then reads again: another operation may have been
 * faster.
 */
async function changeBatch(
  tx: Sql,
  given: {
    readonly applies: RawBuilder<SqlBool>;
    readonly batch: readonly FoundTask[];
    readonly work: TaskBatchWork;
  },
): Promise<number> {
  const { applies, batch, work } = given;
  await lockAffected(
    tx,
    batch.map((task) => task.person_id),
  );
  const { rows: tasks } = await sql<BatchTask>`
    select t.id, t.person_id, t.system, t.status from account_task t
    where t.id = any(${batch.map((task) => task.id)}::bigint[]) and ${applies} order by t.id`.execute(tx);
  return tasks.length === 0 ? 0 : await work.change(tx, tasks);
}
