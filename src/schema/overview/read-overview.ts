import { sql } from 'kysely';
import { allErrors } from '../../domain/catalogue/all-errors.ts';
import type { ErrorParameters, StoredError } from '../../domain/errors/error-entry.ts';
import { mergeParameters } from '../../domain/errors/merge-parameters.ts';
import { findErrorEntry } from '../../domain/errors/render-error.ts';
import type { HealthFacts, HealthLevel, HealthReason } from '../../domain/explanations/health.ts';
import { judgeHealth } from '../../domain/explanations/judge-health.ts';
import { isPersonErased } from '../../entities/people/erased-person.ts';
import { accountOfTask } from '../../entities/provisioning/task-states.ts';
import { allAreas } from '../../jobs/index.ts';
import { deadLetterOf } from '../../jobs/kit/job.ts';
import { isDismissedItem, isDismissedTask } from '../../jobs/provisioning/corrections/dismiss-tasks.ts';
import type { RequestScope } from '../context/context.ts';
import type { TaskCountShape } from '../provisioning/tasks/task-counts.ts';
import { sqlOf } from '../reading/loaders.ts';
import { type SyncRunRow, selectRuns } from '../runs/rows.ts';
import { type SystemShape, systemsOf } from '../systems/read-systems.ts';
import { readFailedChanges } from './read-failed-changes.ts';
import { readTroubledInstances } from './read-troubled-instances.ts';
import { readTroubledTerms } from './read-troubled-terms.ts';
import { readUpkeep } from './read-upkeep.ts';

/** Switches whose being off holds work back; those that this build has. */
const switchKeys = [
  'account_creation_enabled',
  'hr_sync_enabled',
  'task_auto_creation_enabled',
  'request_task_creation_enabled',
  'task_processing_enabled',
];

/** Backs the type `FailureGroup`. */
export interface FailureGroupShape {
  readonly system: string | null;
  readonly error: StoredError;
  readonly failed: number;
  readonly retrying: number;
  readonly people: number;
  readonly requests: number;
  readonly firstAt: string;
  readonly lastAt: string;
}

/** Backs the type `ReadyTask`. */
export interface OldestReadyShape {
  readonly system: string;
  readonly taskId: string;
  readonly since: string;
  readonly ageSeconds: number;
}

/** Backs the type `Overview`. */
export interface OverviewShape {
  readonly health: HealthLevel;
  readonly reasons: readonly HealthReason[];
  readonly at: string;
  readonly failures: readonly FailureGroupShape[];
  readonly taskCounts: readonly TaskCountShape[];
  readonly oldestReady: OldestReadyShape | null;
  readonly uncertainTasks: number;
  readonly deadLetters: readonly DeadLetterShape[];
  readonly systems: readonly SystemShape[];
  readonly switchesOff: readonly string[];
  readonly lastHrSync: SyncRunRow | null;
  readonly awaitingConfirmation: readonly SyncRunRow[];
  readonly terms: HealthFacts['terms'];
}

/** Backs the type `DeadLetter`. */
export interface DeadLetterShape {
  readonly queue: string;
  readonly count: number;
}

/** Present problems: nine statements, however many tasks there are. */
export async function readOverview(scope: RequestScope, since: string | null): Promise<OverviewShape> {
  const [systems, open, failures, runs, deadLetters, failedChanges, upkeep, instances, terms] =
    await Promise.all([
      systemsOf(scope).read(),
      readOpenTasks(scope),
      readFailures(scope, since),
      readRuns(scope),
      readDeadLetters(scope),
      readFailedChanges(scope),
      readUpkeep(scope),
      readTroubledInstances(scope),
      readTroubledTerms(scope),
    ]);
  const { settings } = scope.services;
  const nowMs = Date.now();
  const ready = open
    .flatMap(({ system, readySince, readyTask }) =>
      readySince === null || readyTask === null ? [] : [{ system, since: readySince, taskId: readyTask }],
    )
    .toSorted((a, b) => Date.parse(a.since) - Date.parse(b.since));
  const uncertain = open.filter(({ status }) => status === 'UNCERTAIN');
  const switchesOff = switchKeys.filter((key) => settings.raw(key) === false);
  const hrSource = systems.find(({ holdsAccounts }) => !holdsAccounts);
  const judged = judgeHealth({
    systems: systems.map(({ info, ...system }) => ({ ...system, system: info.system })),
    ready,
    uncertain: uncertain.map(({ system, since, count }) => ({ system, since, count })),
    failures: failures.map((group) => ({
      ...group,
      fixBy: findErrorEntry(allErrors, group.error.code).fixBy,
    })),
    deadLetters,
    failedChanges,
    instances,
    terms,
    ...upkeep,
    issuerMismatch: scope.services.issuerMismatch?.() ?? null,
    switchesOff,
    awaiting: runs.awaiting.map(({ run_id, kind, confirmation_requested_at, started_at }) => ({
      runId: run_id,
      kind,
      since: confirmation_requested_at ?? started_at,
    })),
    hr: {
      configured: hrSource?.configured === true,
      enabled: hrSource?.enabled === true,
      intervalMinutes: settings.get('hr_sync_interval_minutes'),
      lastSuccessAt: hrSource?.lastSuccessAt ?? null,
      failure: failureOf(runs.last),
    },
    nowMs,
  });
  const [oldest] = ready;
  return {
    ...judged,
    at: new Date(nowMs).toISOString(),
    failures,
    taskCounts: open,
    oldestReady:
      oldest === undefined
        ? null
        : { ...oldest, ageSeconds: Math.max(0, Math.floor((nowMs - Date.parse(oldest.since)) / 1_000)) },
    uncertainTasks: uncertain.reduce((sum, { count }) => sum + count, 0),
    deadLetters,
    systems,
    switchesOff,
    lastHrSync: runs.done,
    awaitingConfirmation: runs.awaiting,
    terms,
  };
}

interface OpenRow extends TaskCountShape {
  readonly since: string;
  /** Since when its oldest task could run, and its public id; null where none could. */
  readonly readySince: string | null;
  readonly readyTask: string | null;
}

/** Open tasks by system and state. A task is ready since it became PENDING, or since its retry fell due. */
async function readOpenTasks(scope: RequestScope): Promise<OpenRow[]> {
  const readyAt = sql`case when t.status = 'RETRY' then coalesce(t.next_attempt_at, t.updated_at) else t.updated_at end`;
  const { rows } = await sql<OpenRow>`
    select counted.system, counted.status, counted.count, counted.since, to_timestamp(counted.ready[1]) as "readySince",
      oldest.task_id as "readyTask"
    from (
      select t.system, t.status, count(*)::int as count, min(t.updated_at) as since,
        min(array[extract(epoch from ${readyAt})::float8, t.id::float8])
          filter (where t.status = 'PENDING' or (t.status = 'RETRY' and ${readyAt} <= clock_timestamp())) as ready
      from account_task t where t.status in ('PENDING', 'WAITING', 'PROCESSING', 'RETRY', 'UNCERTAIN')
      group by t.system, t.status
    ) as counted
    left join account_task oldest on oldest.id = counted.ready[2]::bigint
    order by counted.system, counted.status`.execute(sqlOf(scope));
  return rows;
}

interface FailureRow extends Omit<FailureGroupShape, 'error'> {
  readonly code: string;
  readonly samples: readonly ErrorParameters[];
}

/**
 * Failures that still stand: the newest task of an account that does not exist, tasks that are retried after a
 * failure, and people refused before a task was planned. A group has at most one task of a person. Each candidate is
 * looked up by itself (`offset 0`): joined, the planner would read all accounts.
 */
async function readFailures(scope: RequestScope, since: string | null): Promise<FailureGroupShape[]> {
  const after = sql`coalesce(${since}::timestamptz, '-infinity')`;
  const { rows } = await sql<FailureRow>`
    with tasks as materialized (
      select t.id, t.system, coalesce(t.error_code, 'UNEXPECTED_ERROR') as code, false as retrying,
        coalesce(t.completed_at, t.updated_at) as at
      from standing_failure f join account_task t on t.id = f.task_id and t.status = 'FAILED'
      where not exists (select 1 from account_task n
          where n.person_id = t.person_id and n.system = t.system and n.id > t.id offset 0)
        and not exists (${accountOfTask} offset 0)
        and not exists (select 1 from person p where p.id = t.person_id and p.erased_at is not null offset 0)
        and not ${isDismissedTask}
      union all
      select t.id, t.system, t.error_code, true, t.updated_at
      from account_task t where t.status in ('RETRY', 'UNCERTAIN') and t.error_code is not null
    ), asked as (
      select system, code, count(*)::int as requests from (
        select distinct t.system, t.code, i.request_id from tasks t
        join request_item_task l on l.task_id = t.id join request_item i on i.id = l.item_id
        where t.at > ${after}) as wanted
      group by system, code
    ), refused as (
      select i.error_code as code, count(*)::int as failed, count(distinct lower(i.employee_number))::int as people,
        count(distinct i.request_id)::int as requests, min(i.updated_at) as first, max(i.updated_at) as last,
        json_agg(distinct jsonb_build_object('employeeNumber', i.employee_number) || coalesce(i.error_parameters, '{}'))
          filter (where i.nth <= 2) as samples
      from (
        select i.*, row_number() over (partition by i.error_code order by i.id) as nth
        from request_item i
        where i.status = 'FAILED' and i.error_code is not null and i.updated_at > ${after}
          and not exists (select 1 from request_item_task l where l.item_id = i.id)
          and not ${isPersonErased(sql.ref('i.person_id'))}
          and not ${isDismissedItem}
          and not exists (select 1 from request_item n
            where lower(n.employee_number) = lower(i.employee_number) and n.id > i.id)) as i
      group by i.error_code
    ), grouped as (
      select system, code, count(*) filter (where not retrying)::int as failed,
        count(*) filter (where retrying)::int as retrying, count(*)::int as people, min(at) as first, max(at) as last,
        array[min(id), max(id)] as ids
      from tasks where at > ${after} group by system, code
    )
    select g.system, g.code, g.failed, g.retrying, g.people, coalesce(a.requests, 0) as requests,
      g.first as "firstAt", g.last as "lastAt", (
        select json_agg(jsonb_build_object('employeeNumber', p.employee_number, 'system', t.system)
          || coalesce(t.error_parameters, '{}') order by t.id)
        from account_task t join person p on p.id = t.person_id where t.id = any(g.ids)) as samples
    from grouped g left join asked a on a.system = g.system and a.code = g.code
    union all
    select null, r.code, r.failed, 0, r.people, r.requests, r.first, r.last, r.samples from refused r
    order by 3 desc, 4 desc, 1, 2`.execute(sqlOf(scope));
  return rows.map(({ code, samples, ...group }) => ({
    ...group,
    error: { code, parameters: mergeParameters(samples, group.people) },
  }));
}

interface Runs {
  readonly awaiting: readonly SyncRunRow[];
  /** The last sync of people that ended, and the last that ended well. */
  readonly last: SyncRunRow | null;
  readonly done: SyncRunRow | null;
}

async function readRuns(scope: RequestScope): Promise<Runs> {
  const newest = (condition: ReturnType<typeof sql>) =>
    sql`(select id from sync_run where kind = 'HR_SYNC' and mode = 'RUN' and ${condition} order by id desc limit 1)`;
  const { rows } = await sql<SyncRunRow>`
    ${selectRuns} where r.status = 'AWAITING_CONFIRMATION'
      or r.id = ${newest(sql`status in ('COMPLETED', 'COMPLETED_WITH_ERRORS')`)}
      or r.id = ${newest(sql`status in ('COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED')`)}
    order by r.id desc`.execute(sqlOf(scope));
  const ended = rows.filter((run) => run.kind === 'HR_SYNC' && run.status !== 'AWAITING_CONFIRMATION');
  return {
    awaiting: rows.filter((run) => run.status === 'AWAITING_CONFIRMATION'),
    last: ended[0] ?? null,
    done: ended.find((run) => run.status !== 'FAILED') ?? null,
  };
}

function failureOf(run: SyncRunRow | null) {
  if (run === null || run.status !== 'FAILED') return null;
  const error = { code: run.error_code ?? 'UNEXPECTED_ERROR', parameters: run.error_parameters ?? {} };
  return { runId: run.run_id, at: run.finished_at ?? run.updated_at, error };
}

/** Counted here, because pg-boss counts its queues only at intervals. */
async function readDeadLetters(scope: RequestScope): Promise<DeadLetterShape[]> {
  const systems = scope.services.systems.map(({ system }) => system);
  const queues = allAreas.queues(systems).map(({ name }) => deadLetterOf(name));
  const { rows } = await sql<DeadLetterShape>`
    select j.name as queue, count(*)::int as count from pgboss.job j
    where j.name = any(${queues}::text[]) and j.state <= 'active' group by j.name order by j.name`.execute(
    sqlOf(scope),
  );
  return rows;
}
