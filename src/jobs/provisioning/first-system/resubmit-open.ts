import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { historyCodes } from '../../../domain/provisioning/states/states.ts';
import { isPersonErased } from '../../../entities/people/erased-person.ts';
import { endedWithout, newTaskId, openTask } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { outsideTransaction } from '../../../entities/transaction.ts';
import { enqueue } from '../../kit/job.ts';
import type { OperationContext } from '../../kit/operation.ts';
import { enqueueRun, type RunJobPayload } from '../../runs/run-job.ts';
import {
  addToSummary,
  completeStep,
  finishRun,
  type OpenRun,
  recordProgress,
} from '../../runs/run-record.ts';
import { startRun } from '../../runs/start-run.ts';
import { FIRST_SYSTEM } from '../claims/derive-history.ts';
import { intakeRequestJob } from '../requests/intake-request.ts';
import { finishPlanning } from '../task-runs/finish-planning.ts';
import { newestTaskId, systemsInOrder } from '../task-runs/missing-accounts.ts';
import { lockAffected, rederiveRequests } from '../tasks/derive-states.ts';
import { isHistory } from '../tasks/history-task.ts';
import { uncancel } from '../tasks/retryable-tasks.ts';
import { importFirstSystemJob, RESUBMIT_STEP } from './import-job.ts';
import type { ImportJobContext } from './import-job-context.ts';
import { workInBatches } from './work-in-batches.ts';

/** Tasks per transaction: each gets a name and a job. */
const BATCH = 1_000;

/**
 * Claims still open for a look-up or the run's confirmation. An account whose system cannot be asked is requested
 * like any other.
 */
const openClaim = sql`account_claim c where c.state in ('UNVERIFIED', 'MISSING')`;

/** Requests that were open at the cut-over, as far as their people have neither the accounts nor a claim to them. */
const openRequests = sql`
  from account_request q
  join first_system_row f on f.table_name = 'accountcreationrequest' and f.subject = q.request_id
  where q.created_by = ${FIRST_SYSTEM} and q.purged_at is null and q.cancelled_at is not null
    and f.was in ('pending', 'processing') and exists (select 1 from request_item i where ${reopens('i', 'q')})`;

function reopens(item: string, request: string) {
  const [i, q] = [sql.raw(item), sql.raw(request)];
  return sql`${i}.request_id = ${q}.id and ${i}.status ${endedWithout}
    and not ${isPersonErased(sql`${i}.person_id`)}
    and not exists (select 1 from ${openClaim} and c.person_id = ${i}.person_id and c.system = any(${q}.system_list))`;
}

/** Tasks of the first system that were open or had failed, and for whose account nothing was done here since. */
const openTasks = sql`
  from account_task t join person p on p.id = t.person_id and p.erased_at is null
  where t.origin_system = 'FIRST_SYSTEM' and t.status = 'FAILED'
    and ${isHistory}
    and not exists (select 1 from account_task n
      where n.person_id = t.person_id and n.system = t.system
        and (n.error_code is null or n.error_code <> all(${[...historyCodes]}::text[])))
    and not exists (select 1 from account a
      where a.person_id = t.person_id and a.system = t.system and a.state <> 'PLANNED')
    and not exists (select 1 from ${openClaim} and c.person_id = t.person_id and c.system = t.system)`;

/**
 * Begins a run that requests anew the tasks that were open or had failed in the first system. Those stay history: new
 * ones are planned. A dry run ends at once and reports how many there are.
 */
export async function startResubmission(
  tx: Sql,
  context: OperationContext,
  mode: 'RUN' | 'DRY_RUN',
): Promise<{ readonly id: string; readonly joined: boolean }> {
  const run = await startRun(tx, {
    kind: 'FIRST_SYSTEM_IMPORT',
    scope: RESUBMIT_STEP,
    mode,
    trigger: 'MANUAL_TASK',
    options: { task: RESUBMIT_STEP },
    createdBy: context.principal,
    displayTimeZone: context.displayTimeZone,
    steps: [{ key: RESUBMIT_STEP, parentKey: null }],
  });
  if (!run.joined) await addToSummary(tx, run, await countOpen(tx));
  if (mode === 'DRY_RUN') await finishRun(tx, run, { status: 'COMPLETED' });
  else await enqueueRun({ tx, boss: context.boss }, importFirstSystemJob, run);
  return { id: run.id, joined: run.joined };
}

async function countOpen(tx: Sql) {
  const { rows } = await sql<{ requests: number; tasks: number; systems: Record<string, number> }>`
    with tasks as materialized (select distinct t.person_id, t.system ${openTasks})
    select (select count(*)::int ${openRequests}) as requests, (select count(*)::int from tasks) as tasks,
      (select coalesce(json_object_agg(system, count), '{}')
        from (select system, count(*)::int from tasks group by system) s) as systems`.execute(tx);
  const [row] = rows;
  return {
    openRequests: row?.requests ?? 0,
    openTasks: row?.tasks ?? 0,
    openTasksBySystem: row?.systems ?? {},
  };
}

/** True for a run that requests anew, not one that imports. */
export async function isResubmission(em: EntityManager, id: string): Promise<boolean> {
  const { rows } = await sql<{ scope: string }>`
    select scope from sync_run where id = ${id}::bigint`.execute(outsideTransaction(em));
  return rows[0]?.scope === RESUBMIT_STEP;
}

/**
 * Requests anew in batches: open requests go through intake under their old ids, then tasks get successors. Safe to
 * run twice: a request that goes on is no longer cancelled, and a task with a successor is not taken again.
 */
export async function resubmitOpen({ run: id }: RunJobPayload, context: ImportJobContext): Promise<void> {
  if (id === undefined) return;
  await workInBatches(context, { id, step: RESUBMIT_STEP }, (tx, run) => resubmitBatch(tx, run, context));
}

/** False when nothing is left to do. */
async function resubmitBatch(tx: Sql, run: OpenRun, context: ImportJobContext): Promise<boolean> {
  const requests = await reopenRequest(tx, context);
  const tasks = requests > 0 ? 0 : await planSuccessors(tx, run, context);
  if (requests + tasks === 0) {
    await completeStep(tx, run);
    await finishRun(tx, run, { status: 'COMPLETED' });
    return false;
  }
  const before = doneOf(run);
  const done = { requests: before.requests + requests, tasks: before.tasks + tasks };
  await recordProgress(tx, run, {
    done: done.requests + done.tasks,
    total: null,
    failed: 0,
    checkpoint: done,
    summary: { requestedRequests: done.requests, requestedTasks: done.tasks },
  });
  return true;
}

/** Sends the next open request through intake again, as a retry of it would; returns 0 when there is none. */
async function reopenRequest(tx: Sql, { boss }: ImportJobContext): Promise<number> {
  const { rows } = await sql<{ id: string }>`select q.id ${openRequests} order by q.id limit 1`.execute(tx);
  const [request] = rows;
  if (request === undefined) return 0;
  const { rows: people } = await sql<{ id: string }>`
    select distinct person_id as id from request_item
    where request_id = ${request.id}::bigint and person_id is not null`.execute(tx);
  await lockAffected(
    tx,
    people.map(({ id }) => id),
    [request.id],
  );
  await sql`
    update request_item i set status = case when i.person_id is null then 'PENDING' else 'SYNCED' end,
      settled_count = 0, error_code = null, error_parameters = null, updated_at = clock_timestamp()
    from account_request q where q.id = ${request.id}::bigint and ${reopens('i', 'q')}`.execute(tx);
  await uncancel(tx, request.id);
  await enqueue({ tx, boss }, intakeRequestJob, [{ payload: { request: request.id } }]);
  await rederiveRequests(tx, [request.id], new Set([request.id]));
  return 1;
}

/** Plans the next tasks in the place of those that were open or had failed; returns how many. */
async function planSuccessors(tx: Sql, run: OpenRun, context: ImportJobContext): Promise<number> {
  const { settings, boss } = context;
  const systems = systemsInOrder(settings);
  const { rows: chosen } = await sql<{ person: string }>`
    select distinct t.person_id as person ${openTasks} and t.system = any(${systems.map(({ system }) => system)}::text[])
    order by 1 limit ${BATCH}`.execute(tx);
  if (chosen.length === 0) return 0;
  const people = chosen.map(({ person }) => person);
  await lockAffected(tx, people);
  const after = await newestTaskId(tx);
  const { rows: planned } = await sql`
    insert into account_task (task_id, person_id, system, depends_on_systems, status, max_attempts, origin_system,
      priority, run_id)
    select ${newTaskId(sql.ref('o.employee_number'), sql.ref('s.system'))}, o.person_id, s.system,
      s.depends_on, 'WAITING', ${1 + settings.get('account_creation_max_retries')}::int, 'FIRST_SYSTEM', 'NORMAL',
      ${run.id}::bigint
    from (select distinct t.person_id, p.employee_number, t.system ${openTasks}
      and t.person_id = any(${people}::bigint[])) o
    join json_to_recordset(${JSON.stringify(systems)}::json) as s(system text, position int, depends_on text[])
      on s.system = o.system
    order by o.person_id, s.position
    on conflict (person_id, system) where status ${openTask} do nothing
    returning id`.execute(tx);
  await sql`
    insert into account (person_id, system, state)
    select t.person_id, t.system, 'PLANNED' from account_task t
    where t.id > ${after}::bigint and t.run_id = ${run.id}::bigint order by t.id
    on conflict (person_id, system) do nothing`.execute(tx);
  const options = { tx, boss, settings, defaultEmailDomain: context.defaultEmailDomain };
  for (let last: string | null = after; last !== null; )
    ({ last } = await finishPlanning(options, { runId: run.id, after: last }));
  return planned.length;
}

function doneOf({ step: { checkpoint } }: OpenRun): { readonly requests: number; readonly tasks: number } {
  const count = (name: string) => {
    const entries = typeof checkpoint === 'object' && checkpoint !== null ? Object.entries(checkpoint) : [];
    const value = entries.find(([key]) => key === name)?.[1];
    return typeof value === 'number' ? value : 0;
  };
  return { requests: count('requests'), tasks: count('tasks') };
}
