import { sql } from 'kysely';
import { UNCERTAIN_UNRESOLVABLE } from '../../../domain/provisioning/states/settle-attempt.ts';
import type { TaskStatus } from '../../../domain/provisioning/states/states.ts';
import { isUnwanted } from '../../../entities/provisioning/task-states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { completeJobs, enqueue, type TakenJob } from '../../kit/job.ts';
import type { JobContext } from '../../kit/job-context.ts';
import { rederive } from '../tasks/derive-states.ts';
import { resolveUncertainJob, runTaskJob } from '../tasks/task-jobs.ts';
import type { TaskFacts } from './task-facts.ts';

/** A probe that did not settle its task. */
export interface UnsettledProbe {
  readonly job: TakenJob;
  readonly task: TaskFacts;
  /**
   * `ask-again`: probe later; `send-again`: the same identity may be sent once more; `give-up`: it may not, the
   * attempts are used up; `wait`: only a person can tell.
   */
  readonly next: 'ask-again' | 'send-again' | 'give-up' | 'wait';
  readonly misses: number;
  readonly delaySeconds: number;
}

/**
 * Records what comes next for tasks whose probe settled nothing, in one transaction. The caller holds the locks
 * (`lockAffected`).
 */
export async function settleProbes(context: JobContext, asked: readonly UnsettledProbe[]): Promise<void> {
  const { tx } = context;
  const probes = await withoutOutdated(tx, asked);
  const rows = probes.map(({ task, next, delaySeconds }) => ({ id: task.id, next, delay: delaySeconds }));
  const { rows: stored } = await sql<{ id: string; status: string; person_id: string }>`
    update account_task t set
      status = case r.next when 'give-up' then 'FAILED'
        when 'send-again' then case when w.unwanted then 'CANCELLED' else 'RETRY' end else t.status end,
      next_attempt_at = case r.next when 'give-up' then null when 'wait' then null
        else clock_timestamp() + r.delay * interval '1 second' end,
      error_code = case when r.next = 'wait' then ${UNCERTAIN_UNRESOLVABLE} else t.error_code end,
      error_parameters = case when r.next = 'wait' then null else t.error_parameters end,
      completed_at = case when r.next = 'give-up' then clock_timestamp() end,
      updated_at = clock_timestamp()
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id bigint, next text, delay float8),
    lateral (select ${isUnwanted(sql.ref('r.id'))} as unwanted) w
    where t.id = r.id and t.id = any(${rows.map((row) => row.id)}::bigint[]) and t.status = 'UNCERTAIN'
    returning t.id, t.status, t.person_id`.execute(tx);
  const statusOf = new Map(stored.map((row) => [row.id, row.status]));
  await completeJobs(
    context,
    probes.map((probe) => probe.job),
  );
  const follows = (probe: UnsettledProbe, next: UnsettledProbe['next'], status: TaskStatus) =>
    probe.next === next && statusOf.get(probe.task.id) === status;
  for (const [system, ofSystem] of Map.groupBy(probes, (probe) => probe.task.system)) {
    const again = ofSystem.filter((probe) => follows(probe, 'ask-again', 'UNCERTAIN'));
    const sent = ofSystem.filter((probe) => follows(probe, 'send-again', 'RETRY'));
    await enqueue(
      context,
      resolveUncertainJob(system),
      again.map(({ job, task, misses, delaySeconds }) => ({
        payload: { task: task.id, misses },
        priority: job.priority,
        delaySeconds,
      })),
    );
    await enqueue(
      context,
      runTaskJob(system),
      sent.map(({ job, task, delaySeconds }) => ({
        payload: { task: task.id, probed: true },
        priority: job.priority,
        delaySeconds,
      })),
    );
  }
  const settled = stored.filter((row) => row.status === 'FAILED' || row.status === 'CANCELLED');
  await rederive(tx, { personIds: settled.map((row) => row.person_id) });
}

/**
 * Leaves out probes that are outdated: a person had the task sent again since, and that answer was lost too, so the
 * earlier finding says nothing about it.
 */
async function withoutOutdated(tx: Sql, probes: readonly UnsettledProbe[]): Promise<UnsettledProbe[]> {
  const { rows } = await sql<{ id: string; last: number }>`
    select a.task_id as id, max(a.execution_attempt) as last from task_attempt a
    where a.task_id = any(${probes.map(({ task }) => task.id)}::bigint[]) group by a.task_id`.execute(tx);
  const lastOf = new Map(rows.map(({ id, last }) => [id, last]));
  return probes.map((probe) =>
    (lastOf.get(probe.task.id) ?? 0) === probe.task.last_attempt
      ? probe
      : { ...probe, next: 'ask-again', misses: 0 },
  );
}
