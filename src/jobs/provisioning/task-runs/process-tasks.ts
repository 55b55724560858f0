import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction } from '../../../entities/transaction.ts';
import { JobInterrupted } from '../../kit/interruption.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import type { RunJobPayload } from '../../runs/run-job.ts';
import {
  finishRun,
  type NewRunItem,
  type OpenRun,
  openRun,
  recordProgress,
  storeRunItems,
  takeUpRun,
} from '../../runs/run-record.ts';
import { chooseTasks, findChoosable, giveBackChosen, jobOfTask } from '../tasks/chosen-tasks.ts';
import { TASKS_STEP } from './start-process-tasks.ts';
import {
  type Availability,
  countWaiting,
  listWaiting,
  readAvailability,
  type WaitingTask,
} from './task-availability.ts';

export interface ProcessTasksContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  /** Codes of the registered systems. */
  readonly systems: readonly string[];
  /** Aborts when the process stops: the run is given back and goes on elsewhere. */
  readonly stopping: AbortSignal;
}

/** Interval at which a run reads the progress of its tasks: the lanes of all processes run them. */
const LOOK_EVERY_MS = 250;
/** Waiting tasks a dry run lists, besides those it would run. */
const WAITING_LISTED_MAX = 1_000;

const optionsSchema = z.object({ maxTasks: z.int() });
const waitingSchema = z.object({ waiting: z.int().default(0) });

/**
 * Chooses ready tasks, which the lanes then run as ever but first, and ends when each was run once, together with
 * what became ready by them. Safe to run twice: what was chosen is kept with the run, and a task has one job.
 */
export async function processTasks(payload: RunJobPayload, context: ProcessTasksContext): Promise<void> {
  const { run: id } = payload;
  if (id === undefined) return;
  const { em, stopping } = context;
  await inTransaction(em, async (tx) => {
    const run = await takeUpRun(tx, id, TASKS_STEP);
    if (run === null) return;
    if (run.mode === 'DRY_RUN') await preview(tx, run, context);
    else await choose(tx, run, context);
  });
  while (await inTransaction(em, (tx) => advance(tx, id, context))) {
    try {
      await delay(LOOK_EVERY_MS, undefined, { signal: stopping });
    } catch {
      throw new JobInterrupted('the process stops');
    }
  }
}

/** Chooses tasks once; a resumed run chooses those that it had given back. */
async function choose(tx: Sql, run: OpenRun, context: ProcessTasksContext): Promise<void> {
  const availability = await readAvailability(tx, context);
  const tasks = await findChoosable(tx, {
    systems: availability.systems,
    limit: optionsSchema.parse(run.options).maxTasks,
    givenBackBy: run.step.checkpoint === null ? null : run.id,
  });
  await chooseTasks({ tx, boss: context.boss }, { runId: run.id, tasks });
  await record(tx, run, { ...(await countTasks(tx, run.id)), waiting: await countWaiting(tx, availability) });
}

/** Records the progress of the tasks; false when the run has ended. */
async function advance(tx: Sql, id: string, context: ProcessTasksContext): Promise<boolean> {
  const run = await openRun(tx, id, TASKS_STEP);
  if (run === null) {
    await giveBackChosen(tx, { runId: id, systems: null });
    return false;
  }
  // Tasks of unavailable systems are given back, or they would hold up the run.
  const availability = await readAvailability(tx, context);
  await giveBackChosen(tx, { runId: id, systems: availability.closed.map(({ system }) => system) });
  const counts = await countTasks(tx, id);
  const { waiting } = waitingSchema.parse(run.summary);
  if (counts.open > 0) {
    await record(tx, run, { ...counts, waiting });
    return true;
  }
  await record(tx, run, { ...counts, waiting: await countWaiting(tx, availability) });
  await finishRun(tx, run, { status: counts.failed > 0 ? 'COMPLETED_WITH_ERRORS' : 'COMPLETED' });
  return false;
}

interface Counts {
  readonly selected: number;
  /** Not run yet. */
  readonly open: number;
  readonly completed: number;
  /** Retried later, or its lost answer is looked up. */
  readonly retry: number;
  readonly failed: number;
  readonly givenBack: number;
}

async function countTasks(tx: Sql, id: string): Promise<Counts> {
  const { rows } = await sql<Counts>`
    select count(*)::int as selected, count(*) filter (where open)::int as open,
      count(*) filter (where ran and status = 'COMPLETED')::int as completed,
      count(*) filter (where ran and status not in ('COMPLETED', 'FAILED'))::int as retry,
      count(*) filter (where ran and status = 'FAILED')::int as failed,
      count(*) filter (where not open and not ran)::int as "givenBack"
    from (select t.status, o.open, not o.open and exists (select 1 from task_attempt a
        where a.task_id = t.id and a.execution_attempt > r.attempts_before and a.finished_at is not null) as ran
      from run_task r join account_task t on t.id = r.task_id,
      lateral (select exists (select 1 from (${jobOfTask}) j where j.run = ${id}) as open) o
      where r.run_id = ${id}::bigint) chosen`.execute(tx);
  const [counts] = rows;
  if (counts === undefined) throw new Error(`The tasks of run ${id} could not be counted.`);
  return counts;
}

/** Records progress, and so notifies subscribers, only when it has changed. */
async function record(tx: Sql, run: OpenRun, progress: Counts & { readonly waiting: number }): Promise<void> {
  const { open, ...summary } = progress;
  if (run.step.checkpoint !== null && isDeepStrictEqual(summary, run.summary)) return;
  await recordProgress(tx, run, {
    done: summary.selected - open,
    total: summary.selected,
    failed: summary.failed,
    checkpoint: { chosen: true },
    summary,
  });
}

/** The dry run: the tasks that a run would choose now, and those that wait, with the reason. */
async function preview(tx: Sql, run: OpenRun, context: ProcessTasksContext): Promise<void> {
  const availability = await readAvailability(tx, context);
  const { maxTasks: limit } = optionsSchema.parse(run.options);
  const chosen = await findChoosable(tx, { systems: availability.systems, limit, givenBackBy: null });
  const waiting = await listWaiting(tx, availability, WAITING_LISTED_MAX);
  const items = chosen.map(({ task_id: key, system }): NewRunItem => {
    return { key, outcome: 'WOULD_RUN', error: null, payload: { system } };
  });
  await storeRunItems(tx, run, [...items, ...waiting.map((task) => waitingItem(task, availability))]);
  const nothing = { completed: 0, retry: 0, failed: 0, givenBack: 0 };
  const summary = {
    ...nothing,
    selected: chosen.length,
    waiting: await countWaiting(tx, availability),
  };
  await recordProgress(tx, run, { done: 1, total: 1, failed: 0, checkpoint: { chosen: true }, summary });
  await finishRun(tx, run, { status: 'COMPLETED' });
}

function waitingItem(task: WaitingTask, { closed }: Availability): NewRunItem {
  const { task_id: key, system, wait: code, employee_number: employeeNumber, until, dependencies } = task;
  const reason = closed.find((place) => place.system === system)?.reason ?? null;
  const parameters = { employeeNumber, system, until, dependencies: [...dependencies], reason };
  return { key, outcome: 'WAITS', error: { code, parameters }, payload: { system, until } };
}
