import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Sql } from '../../../entities/tables.ts';
import type { Executor } from '../../../entities/transaction.ts';
import { CHOSEN_PRIORITY, completeJobs, enqueue, type TakenJob } from '../../kit/job.ts';
import type { JobContext } from '../../kit/job-context.ts';
import { enqueueReadyTasks, type ReadyTask, RUN_TASK_QUEUES, runPayloadOf, runTaskJob } from './task-jobs.ts';

/**
 * A run of processing chooses tasks by marking their jobs: it raises them above all others and adds the run's id. A
 * task keeps its one job, which alone may run it, and rate, circuit and slots hold as ever.
 */

/** True for a task `t` that could run now if its system is available. */
export const isReady: RawBuilder<SqlBool> = sql<SqlBool>`(t.status = 'PENDING'
  or (t.status = 'RETRY' and coalesce(t.next_attempt_at, '-infinity') <= clock_timestamp()))`;

const queueOfTask = sql`${RUN_TASK_QUEUES}::text || lower(t.system)`;
/** The live job of task `t`, for a lateral join; the policy is part of the predicate of the index that answers. */
export const jobOfTask = sql`select j.id, j.state, j.data->>'run' as run from pgboss.job j
  where j.name = ${queueOfTask} and coalesce(j.singleton_key, '') = t.id::text
    and j.state <= 'active' and j.policy = 'exclusive'`;

/** A task that may be chosen. */
export interface Choosable extends ReadyTask {
  /** Its public id. */
  readonly task_id: string;
  /** False where its job was lost: it gets a new one. */
  readonly queued: boolean;
}

/**
 * Up to `limit` ready tasks of these systems that are not running, by priority and age; with `givenBackBy` only those
 * which that run gave back.
 */
export async function findChoosable(
  tx: Sql,
  options: {
    readonly systems: readonly string[];
    readonly limit: number;
    readonly givenBackBy: string | null;
  },
): Promise<Choosable[]> {
  const { systems, limit, givenBackBy } = options;
  const among =
    givenBackBy === null
      ? sql`true`
      : sql`t.id in (select task_id from run_task where run_id = ${givenBackBy}::bigint and given_back)`;
  const { rows } = await sql<Choosable>`
    select t.id, t.task_id, t.system, t.origin_system as "originSystem", t.priority, j.id is not null as queued
    from account_task t left join lateral (${jobOfTask}) j on true
    where ${isReady} and t.system = any(${[...systems]}::text[]) and ${among}
      and j.state is distinct from 'active'
    order by array_position(array['HIGH', 'NORMAL', 'LOW'], t.priority), t.id
    limit ${limit}`.execute(tx);
  return rows;
}

/** Adds tasks to a run, except those whose job a worker has taken by now. Returns how many were added. */
export async function chooseTasks(
  context: JobContext,
  chosen: { readonly runId: string; readonly tasks: readonly Choosable[] },
): Promise<number> {
  await enqueueReadyTasks(
    context,
    chosen.tasks.filter(({ queued }) => !queued),
  );
  const ids = chosen.tasks.map(({ id }) => id);
  return mark(context.tx, chosen.runId, ids);
}

/** Adds tasks that became ready within a run to it, unless the run has ended or was cancelled. */
export async function chooseReleased(
  tx: Executor,
  chosen: { readonly runId: string; readonly taskIds: readonly string[] },
): Promise<void> {
  if (chosen.taskIds.length === 0 || !(await liveRuns(tx, [chosen.runId])).has(chosen.runId)) return;
  await mark(tx, chosen.runId, chosen.taskIds);
}

/** Marks the jobs of tasks; the first gets the highest priority. */
async function mark(tx: Executor, runId: string, taskIds: readonly string[]): Promise<number> {
  const { rows } = await sql`
    with marked as (
      update pgboss.job q set priority = ${CHOSEN_PRIORITY}::int + ${taskIds.length}::int - c.position, start_after = now(),
        data = q.data || jsonb_build_object('run', ${runId}::text,
          'place', coalesce((q.data->>'place')::int, q.priority))
      from unnest(${[...taskIds]}::bigint[]) with ordinality as c(task, position)
      join account_task t on t.id = c.task, lateral (${jobOfTask}) j
      where q.id = j.id and q.state < 'active'
        and q.name = ${queueOfTask}
      returning t.id
    )
    insert into run_task (run_id, task_id, attempts_before)
    select ${runId}::bigint, m.id,
      coalesce((select max(a.execution_attempt) from task_attempt a where a.task_id = m.id), 0)
    from marked m
    on conflict (run_id, task_id) do update set given_back = false, attempts_before = excluded.attempts_before
    returning task_id`.execute(tx);
  return rows.length;
}

/** The runs among these that still want their tasks to run. */
async function liveRuns(db: Executor, runIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from sync_run where id = any(${[...runIds]}::bigint[]) and status = 'RUNNING'
      and cancel_requested_at is null`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/**
 * Gives marked jobs that no worker holds their former priority back; of these systems only, or (null) all of the
 * run's.
 */
export async function giveBackChosen(
  tx: Sql,
  given: { readonly runId: string; readonly systems: readonly string[] | null },
): Promise<void> {
  await sql`
    with returned as (
      update pgboss.job q set priority = (q.data->>'place')::int, data = q.data - 'run' - 'place'
      from run_task r join account_task t on t.id = r.task_id, lateral (${jobOfTask}) j
      where r.run_id = ${given.runId}::bigint and q.id = j.id and q.state < 'active'
        and q.name = ${queueOfTask} and q.data->>'run' = ${given.runId}
        and (${given.systems === null} or t.system = any(${[...(given.systems ?? [])]}::text[]))
      returning t.id
    )
    update run_task r set given_back = true from returned t
    where r.run_id = ${given.runId}::bigint and r.task_id = t.id`.execute(tx);
}

/**
 * Gives back, without running them, jobs that their run does not want now. Returns their ids: the caller runs the
 * others.
 */
export async function returnUnwanted(
  context: JobContext,
  chosen: { readonly system: string; readonly jobs: readonly TakenJob[] },
): Promise<Set<string>> {
  const marked = chosen.jobs.flatMap((job) => {
    const { run, place = job.priority, ...payload } = runPayloadOf(job.data) ?? { task: '' };
    return run === undefined ? [] : [{ job, run, place, payload }];
  });
  const live = await liveRuns(
    context.tx,
    marked.map(({ run }) => run),
  );
  const unwanted = marked.filter(({ run }) => !live.has(run));
  await completeJobs(
    context,
    unwanted.map(({ job }) => job),
  );
  await enqueue(
    context,
    runTaskJob(chosen.system),
    unwanted.map(({ payload, place }) => ({ payload, priority: place })),
  );
  return new Set(unwanted.map(({ job }) => job.id));
}
