import { sql } from 'kysely';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import type { DependencyGraph } from '../../../domain/provisioning/states/dependencies.ts';
import { newTaskId } from '../../../domain/public-id.ts';
import { endedTask, openTask } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { JobContext } from '../../kit/job-context.ts';
import { HR_ORIGIN } from '../requests/plan-people.ts';
import { lockAffected, rederive } from '../tasks/derive-states.ts';
import { requeueTasks } from '../tasks/requeue-tasks.ts';

/** An account that this service is to forget. */
export interface AccountToForget {
  readonly account: string;
  readonly person: string;
  readonly number: string;
  readonly system: string;
  /** The reason, which the items that wanted the account show. */
  readonly error: StoredError;
  /** Whether it is to be made again at once. */
  readonly again: boolean;
}

interface ForgetOptions {
  readonly dependencies: DependencyGraph;
  readonly maxRetries: number;
}

/** Locks people with all requests that have items of theirs, completed ones included. */
export async function lockWithCompleted(tx: Sql, personIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ request_id: string }>`
    select distinct request_id from request_item where person_id = any(${[...personIds]}::bigint[])`.execute(
    tx,
  );
  await lockAffected(
    tx,
    personIds,
    rows.map((row) => row.request_id),
  );
}

/**
 * Forgets accounts; nothing happens at their systems. Each becomes PLANNED, beside a task that FAILED for the given
 * reason: only a retry makes the account again, and the items that wanted it show the reason. With `again` the task
 * is opened instead. Returns the accounts that are made again. The caller holds the locks of `lockWithCompleted`.
 */
export async function forgetAccounts(
  context: JobContext,
  accounts: readonly AccountToForget[],
  options: ForgetOptions,
): Promise<ReadonlySet<string>> {
  const { tx } = context;
  if (accounts.length === 0) return new Set();
  await sql`
    update account set state = 'PLANNED', identifier = null, origin = null, remote_id = null, leaver_since = null,
      updated_at = clock_timestamp()
    where id = any(${accounts.map(({ account }) => account)}::bigint[])`.execute(tx);
  const standing = await failStanding(tx, accounts, options);
  const wanting = await linkItemsToTasks(tx, standing);
  const again = accounts.filter((account) => account.again);
  const taskIds = standing.flatMap(({ task, person, system }) =>
    again.some((account) => account.person === person && account.system === system) ? [task] : [],
  );
  await requeueTasks(context, { taskIds, maxRetries: options.maxRetries });
  const personIds = [...new Set(accounts.map(({ person }) => person))];
  await rederive(tx, { personIds, reviveItemIds: wanting });
  return new Set(again.map(({ account }) => account));
}

interface StandingTask {
  readonly task: string;
  readonly person: string;
  readonly system: string;
}

/** Fails the newest task of each account with the reason. */
async function failStanding(
  tx: Sql,
  accounts: readonly AccountToForget[],
  options: ForgetOptions,
): Promise<StandingTask[]> {
  const rows = accounts.map(({ person, number, system, error }) => ({
    person,
    system,
    task_id: newTaskId(number, system),
    depends_on: options.dependencies[system] ?? [],
    code: error.code,
    parameters: { employeeNumber: number, system, ...error.parameters },
  }));
  const recordset = sql`json_to_recordset(${JSON.stringify(rows)}::json)
    as r(person bigint, system text, task_id text, depends_on jsonb, code text, parameters jsonb)`;
  // An imported or linked account may have no task: it gets one that is FAILED from the start.
  await sql`
    insert into account_task (task_id, person_id, system, depends_on_systems, status, max_attempts, origin_system,
      completed_at)
    select r.task_id, r.person, r.system, array(select jsonb_array_elements_text(r.depends_on)), 'FAILED',
      ${1 + options.maxRetries}::int, ${HR_ORIGIN}, clock_timestamp()
    from ${recordset}
    where not exists (select 1 from account_task t where t.person_id = r.person and t.system = r.system)`.execute(
    tx,
  );
  // An open task stays: it is about to make the account.
  const { rows: standing } = await sql<StandingTask>`
    update account_task t set status = 'FAILED', error_code = r.code, error_parameters = r.parameters, result = null,
      completed_at = clock_timestamp(), updated_at = clock_timestamp()
    from ${recordset}
    where t.person_id = r.person and t.system = r.system and t.status ${endedTask}
      and not exists (select 1 from account_task o where o.person_id = t.person_id and o.system = t.system
        and (o.id > t.id or o.status ${openTask}))
    returning t.id as task, t.person_id as person, t.system`.execute(tx);
  return standing;
}

/** Links the items that wanted the account to its task; returns those that the account had completed. */
async function linkItemsToTasks(tx: Sql, standing: readonly StandingTask[]): Promise<string[]> {
  const json = JSON.stringify(standing);
  const personIds = standing.map(({ person }) => person);
  const { rows } = await sql<{ id: string; task: string; status: string }>`
    select i.id, s.task, i.status from json_to_recordset(${json}::json) as s(task bigint, person bigint, system text)
    join request_item i on i.person_id = s.person and i.person_id = any(${personIds}::bigint[])
      and i.status <> 'CANCELLED'
    join account_request r on r.id = i.request_id and s.system = any(r.system_list) and r.cancelled_at is null`.execute(
    tx,
  );
  await sql`
    insert into request_item_task (item_id, task_id)
    select id, task from json_to_recordset(${JSON.stringify(rows)}::json) as r(id bigint, task bigint)
    on conflict do nothing`.execute(tx);
  return rows.flatMap(({ id, status }) => (status === 'COMPLETED' ? [id] : []));
}
