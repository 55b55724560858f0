import { type RawBuilder, sql } from 'kysely';
import type { StoredError } from '../../../domain/errors/error-entry.ts';
import { type Settlement, settleAttempt } from '../../../domain/provisioning/states/settle-attempt.ts';
import { anyKey } from '../../../entities/keys.ts';
import { isUnwanted } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { type Executor, rowsOf } from '../../../entities/transaction.ts';
import { requestsOfTasksNotice } from '../../kit/change-feed.ts';
import { completeJobs, enqueue } from '../../kit/job.ts';
import type { JobContext, QueueContext } from '../../kit/job-context.ts';
import type { SettlePolicy } from '../calls/settle-policy.ts';
import { chooseReleased } from '../tasks/chosen-tasks.ts';
import { rederive } from '../tasks/derive-states.ts';
import { type ReleasedTask, released } from '../tasks/release-waiting.ts';
import { sweepJob } from '../tasks/sweep-job.ts';
import {
  enqueueReadyTasks,
  placeOf,
  resolveUncertainJob,
  runPayloadOf,
  runTaskJob,
} from '../tasks/task-jobs.ts';
import { activateAccounts } from './activate-accounts.ts';
import type { SettledAttempt } from './attempt-events.ts';
import type { FinishedAttempt } from './finished-attempt.ts';

/** An attempt and what was decided about it. */
interface Decided {
  readonly attempt: FinishedAttempt;
  readonly settlement: Settlement;
}

/**
 * Records the outcomes of a batch of attempts in one transaction: attempts closed, tasks settled, accounts made
 * active, waiting tasks released and enqueued, items and requests re-derived, jobs completed, subscribers told.
 * Guarded by state and attempt number: an outcome that comes after the lease ended changes nothing. The caller holds
 * the locks (`lockAffected`). Returns the outcomes that took effect.
 */
export async function settleAttempts(
  context: JobContext,
  attempts: readonly FinishedAttempt[],
  policy: SettlePolicy,
): Promise<readonly SettledAttempt[]> {
  const { tx } = context;
  const taken = await activateAccounts(tx, attempts);
  const decided = attempts.map((attempt) => decide(attempt, taken.get(attempt.task.id) ?? null, policy));
  const effective = await closeAttempts(tx, decided);
  const active = effective.filter(({ settlement }) => settlement.status === 'COMPLETED');
  const people = active.map(({ attempt }) => attempt.task.person_id);
  const tasks = effective.map(({ attempt }) => attempt.task.id);
  const [stored, releasedTasks] = await Promise.all([
    effective.length === 0 ? [] : rowsOf(tx, storeTasks(effective)),
    people.length === 0 ? [] : rowsOf(tx, released(people)),
    // Counts by task state changed for these requests even where no item did.
    rowsOf(tx, requestsOfTasksNotice(tasks)),
    completeJobs(
      context,
      attempts.map((attempt) => attempt.job),
    ),
  ]);
  const unwanted = new Set(stored.filter((row) => row.status === 'CANCELLED').map((row) => row.id));
  const settled = effective.filter(
    ({ attempt, settlement }) =>
      settlement.status === 'COMPLETED' || settlement.status === 'FAILED' || unwanted.has(attempt.task.id),
  );
  const next = { tx, boss: context.boss };
  const queue = async () => {
    await enqueueReadyTasks(next, releasedTasks);
    await chooseDependants(tx, active, releasedTasks);
    await enqueueFollowUps(
      next,
      effective.filter(({ attempt }) => !unwanted.has(attempt.task.id)),
    );
  };
  await Promise.all([
    rederive(tx, { personIds: settled.map(({ attempt }) => attempt.task.person_id) }),
    queue(),
  ]);
  return effective.map(({ attempt, settlement }) => ({
    system: attempt.task.system,
    outcome: settlement.outcome,
  }));
}

function decide(attempt: FinishedAttempt, taken: StoredError | null, policy: SettlePolicy): Decided {
  const { task, trial } = attempt;
  const end = taken === null ? attempt.end : ({ kind: 'failed', failure: 'conflict', error: taken } as const);
  const settlement = settleAttempt(
    end,
    {
      counted: task.counted,
      maxAttempts: task.max_attempts,
      throttledSinceMs: millisecondsOf(task.throttled_since),
      notVisibleSinceMs: millisecondsOf(task.not_visible_since),
      trial,
    },
    {
      policy: policy.retry,
      // The database's clock, which timed the earlier attempts.
      nowMs: Date.parse(task.read_at),
      random: policy.random(),
      circuitOpen: policy.openCircuits.has(task.system),
    },
  );
  return { attempt, settlement };
}

function millisecondsOf(text: string | null): number | null {
  return text === null ? null : Date.parse(text);
}

function errorOf(settlement: Settlement): StoredError | null {
  return settlement.status === 'COMPLETED' ? null : settlement.error;
}

/** Closes the attempts that are still open, and opens-and-closes one for a probe that settled its task. */
async function closeAttempts(tx: Sql, decided: readonly Decided[]): Promise<Decided[]> {
  const rows = decided.map(({ attempt, settlement }) => ({
    task: attempt.task.id,
    attempt: attempt.executionAttempt,
    outcome: settlement.outcome,
    code: errorOf(settlement)?.code ?? null,
    parameters: errorOf(settlement)?.parameters ?? null,
    details: attempt.details,
    context: { department: attempt.task.idaas_department_code },
  }));
  const json = JSON.stringify(rows);
  const recordset = sql`json_to_recordset(${json}::json)
    as r(task bigint, attempt int, outcome text, code text, parameters jsonb, details jsonb, context jsonb)`;
  const closed = await sql<{ task_id: string }>`
    update task_attempt a set outcome = r.outcome, error_code = r.code, error_parameters = r.parameters,
      error_details = r.details, execution_context = a.execution_context || r.context, finished_at = clock_timestamp()
    from ${recordset}
    where a.task_id = r.task and a.task_id = ${anyKey(rows.map((row) => row.task))}
      and a.execution_attempt = r.attempt and a.finished_at is null
    returning a.task_id`.execute(tx);
  const effective = new Set(closed.rows.map((row) => row.task_id));
  if (decided.some(({ attempt }) => attempt.executionAttempt === null)) {
    const probed = await sql<{ task_id: string }>`
      insert into task_attempt (task_id, execution_attempt, outcome, error_code, error_parameters, error_details,
        execution_context, started_at, finished_at)
      select t.id, 1 + coalesce((select max(a.execution_attempt) from task_attempt a where a.task_id = t.id), 0),
        r.outcome, r.code, r.parameters, r.details, r.context || '{"probe": true}', clock_timestamp(), clock_timestamp()
      from ${recordset} join account_task t on t.id = r.task and t.status = 'UNCERTAIN'
      where r.attempt is null returning task_id`.execute(tx);
    for (const row of probed.rows) effective.add(row.task_id);
  }
  return decided.filter(({ attempt }) => effective.has(attempt.task.id));
}

/**
 * Stores the tasks' states; a task to be retried becomes CANCELLED when every request that wanted it was cancelled.
 */
function storeTasks(decided: readonly Decided[]): RawBuilder<{ id: string; status: string }> {
  const rows = decided.map(({ attempt, settlement }) => ({
    id: attempt.task.id,
    status: settlement.status,
    delay: 'delaySeconds' in settlement ? (settlement.delaySeconds ?? 0) : null,
    code: errorOf(settlement)?.code ?? null,
    parameters: errorOf(settlement)?.parameters ?? null,
    identifier: attempt.account?.identifier ?? null,
    result:
      settlement.status === 'COMPLETED'
        ? { outcome: settlement.outcome, ...attempt.account, ...attempt.notes }
        : null,
  }));
  return sql`
    update account_task t set
      status = case when r.status = 'RETRY' and w.unwanted then 'CANCELLED' else r.status end,
      next_attempt_at = case when r.delay is null or (r.status = 'RETRY' and w.unwanted) then null
        else clock_timestamp() + r.delay * interval '1 second' end,
      error_code = r.code, error_parameters = r.parameters,
      identifier = coalesce(r.identifier, t.identifier), result = r.result,
      updated_at = clock_timestamp(),
      completed_at = case when r.status in ('COMPLETED', 'FAILED') then clock_timestamp() end
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id bigint, status text, delay float8, code text,
      parameters jsonb, identifier text, result jsonb),
    lateral (select ${isUnwanted(sql.ref('r.id'))} as unwanted) w
    where t.id = r.id and t.id = ${anyKey(rows.map((row) => row.id))}
    returning t.id, t.status`;
}

/** Adds released tasks to the run of processing whose task made the account they waited for. */
async function chooseDependants(
  tx: Executor,
  active: readonly Decided[],
  released: readonly ReleasedTask[],
): Promise<void> {
  if (released.length === 0) return;
  const runs = new Map(
    active.flatMap(({ attempt }) => {
      const runId = runPayloadOf(attempt.job.data)?.run;
      return runId === undefined ? [] : [[attempt.task.person_id, runId] as const];
    }),
  );
  for (const [runId, ofRun] of Map.groupBy(released, (task) => runs.get(task.person_id))) {
    if (runId !== undefined) await chooseReleased(tx, { runId, taskIds: ofRun.map(({ id }) => id) });
  }
}

/** Sends the next job of a task after its present one was completed: pg-boss cannot defer an active job. */
async function enqueueFollowUps(context: QueueContext, decided: readonly Decided[]): Promise<void> {
  // The first people who met the answer were refused before it was known for the system's fault (`releaseRefused`).
  if (decided.some(({ settlement }) => errorOf(settlement)?.code === 'UPSTREAM_REFUSES_ALL')) {
    await enqueue(context, sweepJob, [{ payload: {} }]);
  }
  for (const [system, ofSystem] of Map.groupBy(decided, ({ attempt }) => attempt.task.system)) {
    const entries = (status: Settlement['status']) =>
      ofSystem.flatMap(({ attempt, settlement }) =>
        settlement.status === status && 'delaySeconds' in settlement
          ? [{ attempt, delaySeconds: settlement.delaySeconds ?? 0 }]
          : [],
      );
    await enqueue(
      context,
      runTaskJob(system),
      entries('RETRY').map(({ attempt, delaySeconds }) => ({
        payload: { task: attempt.task.id },
        priority: placeOf(attempt.job),
        delaySeconds,
      })),
    );
    await enqueue(
      context,
      resolveUncertainJob(system),
      entries('UNCERTAIN').map(({ attempt, delaySeconds }) => ({
        payload: { task: attempt.task.id, misses: 0 },
        priority: placeOf(attempt.job),
        delaySeconds,
      })),
    );
  }
}
