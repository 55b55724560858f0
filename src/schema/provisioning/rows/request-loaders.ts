import { sql } from 'kysely';
import type { ErrorParameters, StoredError } from '../../../domain/errors/error-entry.ts';
import { mergeParameters } from '../../../domain/errors/merge-parameters.ts';
import { PURGED } from '../../../domain/errors/render-error.ts';
import { progressPercent } from '../../../domain/provisioning/states/request-state.ts';
import { type ItemStatus, isFinalItem, type TaskStatus } from '../../../domain/provisioning/states/states.ts';
import { anyKey } from '../../../entities/keys.ts';
import type { RequestScope } from '../../context/context.ts';
import { listByKey, sqlOf } from '../../reading/loaders.ts';
import type { AccountRequestRow } from './rows.ts';

// A request that was purged has the counts it had then (src/jobs/maintenance/purge.ts).

/** Items of one request in one state, and how many of their wanted accounts are settled. */
export interface ItemTotals {
  readonly request_id: string;
  readonly status: ItemStatus;
  readonly count: number;
  readonly settled: number;
}

/** Items by state, per request; states without any are left out. */
export const itemTotalsByRequest = listByKey<ItemTotals>(
  async (scope, requestIds) => {
    const { rows } = await sql<ItemTotals>`
      select i.request_id, i.status, count(*)::int as count, sum(i.settled_count)::int as settled
      from request_item i join account_request r on r.id = i.request_id and r.purged_at is null
      where i.request_id = ${anyKey(requestIds)} group by i.request_id, i.status
      union all
      select r.id, c.status, c.count, c.settled
      from account_request r, jsonb_to_recordset(r.purged_counts->'items') as c(status text, count int, settled int)
      where r.id = ${anyKey(requestIds)} and r.purged_at is not null
      order by 1, 2`.execute(sqlOf(scope));
    return rows;
  },
  (row) => row.request_id,
);

/** Tasks linked to a request's items, by system and state. */
export interface TaskTotals {
  readonly request_id: string;
  readonly system: string;
  readonly status: TaskStatus;
  readonly count: number;
}

export const taskTotalsByRequest = listByKey<TaskTotals>(
  async (scope, requestIds) => {
    const { rows } = await sql<TaskTotals>`
      select i.request_id, t.system, t.status, count(*)::int as count
      from account_request r join request_item i on i.request_id = r.id
      join request_item_task l on l.item_id = i.id join account_task t on t.id = l.task_id
      where r.id = any(${[...requestIds]}::bigint[]) and r.purged_at is null
      group by i.request_id, t.system, t.status
      union all
      select r.id, c.system, c.status, c.count
      from account_request r, jsonb_to_recordset(r.purged_counts->'tasks') as c(system text, status text, count int)
      where r.id = any(${[...requestIds]}::bigint[]) and r.purged_at is not null
      order by 1, 2, 3`.execute(sqlOf(scope));
    return rows;
  },
  (row) => row.request_id,
);

interface ErrorGroup {
  readonly request_id: string;
  readonly system: string | null;
  readonly code: string;
  readonly count: number;
  readonly samples: readonly ErrorParameters[];
}

// Parameters of a few rows are enough to say whom it concerns.
const SAMPLES = 4;

/**
 * Failed tasks of a request's items, and failed items whose error is not that of one of their failed tasks, grouped
 * by system and code.
 */
const errorGroupsByRequest = listByKey<ErrorGroup>(
  async (scope, requestIds) => {
    const { rows } = await sql<ErrorGroup>`
      with items as (
        select i.* from request_item i join account_request r on r.id = i.request_id and r.purged_at is null
        where i.request_id = any(${[...requestIds]}::bigint[])
      ), failed as (
        select i.id as item_id, i.request_id, t.system, coalesce(t.error_code, 'UNEXPECTED_ERROR') as code,
          jsonb_build_object('employeeNumber', i.employee_number, 'system', t.system)
            || coalesce(t.error_parameters, '{}') as parameters
        from items i join request_item_task l on l.item_id = i.id
        join account_task t on t.id = l.task_id and t.status = 'FAILED'
      ), found as (
        select * from failed
        union all
        select i.id, i.request_id, i.error_parameters->>'system', i.error_code,
          jsonb_build_object('employeeNumber', i.employee_number) || coalesce(i.error_parameters, '{}')
        from items i where i.status = 'FAILED' and i.error_code is not null
          and not exists (select 1 from failed f where f.item_id = i.id and f.code = i.error_code)
      )
      select request_id, system, code, count(*)::int as count,
        to_jsonb((array_agg(parameters order by item_id))[1:${sql.lit(SAMPLES)}]) as samples
      from found group by request_id, system, code
      union all
      select r.id, c.system, c.code, c.count,
        jsonb_build_array(jsonb_build_object('variant', ${PURGED}::text, 'system', c.system))
      from account_request r, jsonb_to_recordset(r.purged_counts->'errors') as c(system text, code text, count int)
      where r.id = any(${[...requestIds]}::bigint[]) and r.purged_at is not null
      order by 1, 4 desc, 2, 3`.execute(sqlOf(scope));
    return rows;
  },
  (row) => row.request_id,
);

/** Failures of a request that have the same cause. */
export interface ErrorSummaryShape {
  readonly system: string | null;
  readonly error: StoredError;
  readonly count: number;
}

/** Errors of a request, most frequent first. */
export async function errorSummaryOf(
  scope: RequestScope,
  request: Pick<AccountRequestRow, 'id'>,
): Promise<ErrorSummaryShape[]> {
  const groups = await errorGroupsByRequest(scope).load(request.id);
  return groups.map(({ system, code, count, samples }) => ({
    system,
    count,
    error: { code, parameters: mergeParameters(samples, count) },
  }));
}

/** Counts of one request in the words of the API. */
export interface RequestCounts {
  readonly processed: number;
  readonly completed: number;
  readonly failed: number;
  /** Wanted accounts that are active or failed for good. */
  readonly settledAccounts: number;
  readonly percent: number;
}

/** Counts of a request's users, from its items by state. */
export function countsOf(
  request: Pick<AccountRequestRow, 'total_users' | 'system_list'>,
  totals: readonly Pick<ItemTotals, 'status' | 'count' | 'settled'>[],
): RequestCounts {
  const systems = request.system_list.length;
  const sum = (value: (total: Pick<ItemTotals, 'status' | 'count' | 'settled'>) => number): number =>
    totals.reduce((before, total) => before + value(total), 0);
  const settledAccounts = sum(({ status, count, settled }) =>
    isFinalItem(status) ? count * systems : settled,
  );
  return {
    processed: sum(({ status, count }) => (isFinalItem(status) ? count : 0)),
    completed: sum(({ status, count }) => (status === 'COMPLETED' ? count : 0)),
    failed: sum(({ status, count }) => (status === 'FAILED' ? count : 0)),
    settledAccounts,
    percent: progressPercent({ settledAccounts, totalUsers: request.total_users, systems }),
  };
}
