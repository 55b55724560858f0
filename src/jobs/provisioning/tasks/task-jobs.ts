import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { firstTurn, jobPriority, type LastTurns } from '../../../domain/provisioning/states/fair-turns.ts';
import { type Priority, priorities } from '../../../domain/provisioning/states/states.ts';
import { anyText } from '../../../entities/keys.ts';
import { type Executor, rowsOf } from '../../../entities/transaction.ts';
import {
  batchOf,
  defineJob,
  type EnqueueEntry,
  enqueueAll,
  type JobDefinition,
  type TakenJob,
} from '../../kit/job.ts';
import type { QueueContext } from '../../kit/job-context.ts';

const runTaskPayload = z.object({
  task: z.string(),
  /** A probe has just found nothing: the next attempt need not look again. */
  probed: z.boolean().optional(),
  /** The run that chose it, and its priority before. */
  run: z.string().optional(),
  place: z.int().optional(),
});
export type RunTaskPayload = z.output<typeof runTaskPayload>;

const resolvePayload = z.object({
  task: z.string(),
  /** How often the system has answered "not found". */
  misses: z.int().min(0),
});
export type ResolvePayload = z.output<typeof resolvePayload>;

/** The payload; null when an older or newer build wrote another shape. */
export function runPayloadOf(data: unknown): RunTaskPayload | null {
  return runTaskPayload.safeParse(data).data ?? null;
}

/** As `runPayloadOf`. */
export function resolvePayloadOf(data: unknown): ResolvePayload | null {
  return resolvePayload.safeParse(data).data ?? null;
}

/** The priority for the job that follows this one: a run chooses a task for one attempt only. */
export function placeOf(job: TakenJob): number {
  return runPayloadOf(job.data)?.place ?? job.priority;
}

/** Followed by the system in lower case. */
export const RUN_TASK_QUEUES = 'provisioning.run-task.';

/** One queue per system, so that a slow system delays no other. */
export function runTaskJob(system: string): JobDefinition<RunTaskPayload> {
  return defineJob({
    name: RUN_TASK_QUEUES + system.toLowerCase(),
    payload: runTaskPayload,
    key: (payload) => payload.task,
  });
}

/** Settles a task whose answer was lost. */
export function resolveUncertainJob(system: string): JobDefinition<ResolvePayload> {
  return defineJob({
    name: `provisioning.resolve-uncertain.${system.toLowerCase()}`,
    payload: resolvePayload,
    key: (payload) => payload.task,
  });
}

/** A task that is ready now or later. */
export interface ReadyTask {
  readonly id: string;
  readonly system: string;
  readonly originSystem: string;
  readonly priority: Priority;
}

/** Enqueues tasks that became ready; their origin systems take turns. */
export async function enqueueReadyTasks(context: QueueContext, tasks: readonly ReadyTask[]): Promise<void> {
  if (tasks.length === 0) return;
  const lines = Map.groupBy(tasks, lineOf);
  const { current, last } = await lockTurns(context.tx, [...lines.values()]);
  const turns = [...lines].map(([line, ofLine]) => {
    const system = ofLine[0]?.system ?? '';
    return {
      system,
      ...takeTurns(ofLine, { current: current.get(system) ?? 0, last: last.get(line) ?? {} }),
    };
  });
  const batches = [...Map.groupBy(turns, ({ system }) => system)].map(([system, ofSystem]) =>
    batchOf(
      runTaskJob(system),
      ofSystem.flatMap(({ entries }) => entries),
    ),
  );
  await enqueueAll(context, batches, [storeTurns(turns.flatMap(({ given }) => given))]);
}

/** The line of a task: one per system and origin. */
function lineOf(task: { readonly system: string; readonly originSystem: string }): string {
  return `turns ${task.system} ${task.originSystem}`;
}

interface GivenTurn {
  readonly system: string;
  readonly origin_system: string;
  readonly priority: Priority;
  readonly last_turn: string;
}

/**
 * Locks lines, in sorted order, and reads their last turns and the turn that each system has reached. Without the
 * lock two transactions could read the same last turns and give their origin a double share.
 */
async function lockTurns(tx: Executor, lines: readonly (readonly ReadyTask[])[]) {
  const firsts = lines.flatMap(([first]) => first ?? []);
  const systems = firsts.map(({ system }) => system);
  const origins = firsts.map(({ originSystem }) => originSystem);
  const [, states, stored] = await Promise.all([
    rowsOf(
      tx,
      sql`
        select pg_advisory_xact_lock(hashtextextended(line, 0)) from unnest(${firsts.map(lineOf).sort()}::text[]) as line`,
    ),
    rowsOf(
      tx,
      sql<{ system: string; current_turn: string }>`
        select system, current_turn from system_state where system = ${anyText(systems)}`,
    ),
    rowsOf(
      tx,
      sql<GivenTurn>`
        select f.system, f.origin_system, f.priority, f.last_turn from fair_turn f
        join unnest(${systems}::text[], ${origins}::text[]) as l(system, origin)
          on l.system = f.system and l.origin = f.origin_system`,
    ),
  ]);
  const last = Map.groupBy(stored, (row) => lineOf({ system: row.system, originSystem: row.origin_system }));
  return {
    current: new Map(states.map((row) => [row.system, Number(row.current_turn)])),
    last: new Map(
      [...last].map(([line, rows]): [string, LastTurns] => [
        line,
        Object.fromEntries(rows.map((row) => [row.priority, Number(row.last_turn)])),
      ]),
    ),
  };
}

function takeTurns(
  tasks: readonly ReadyTask[],
  turns: { readonly current: number; readonly last: LastTurns },
) {
  let { last } = turns;
  const given: GivenTurn[] = [];
  const entries: EnqueueEntry<RunTaskPayload>[] = [];
  // The highest priority first: lower ones get later turns, also within one transaction.
  for (const priority of priorities.toReversed()) {
    const sameRank = tasks.filter((task) => task.priority === priority);
    const [sample] = sameRank;
    if (sample === undefined) continue;
    const first = firstTurn(priority, last, turns.current);
    const newest = first + sameRank.length - 1;
    last = { ...last, [priority]: newest };
    sameRank.forEach((task, index) => {
      entries.push({ payload: { task: task.id }, priority: jobPriority(first + index, priority) });
    });
    const { system, originSystem } = sample;
    given.push({ system, origin_system: originSystem, priority, last_turn: String(newest) });
  }
  return { entries, given };
}

function storeTurns(given: readonly GivenTurn[]): RawBuilder<unknown> {
  return sql`
    insert into fair_turn (system, origin_system, priority, last_turn)
    select system, origin_system, priority, last_turn
    from json_to_recordset(${JSON.stringify(given)}::json)
      as r(system text, origin_system text, priority text, last_turn bigint)
    on conflict (system, origin_system, priority) do update set last_turn = excluded.last_turn`;
}
