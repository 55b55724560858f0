import { sql } from 'kysely';
import { z } from 'zod';
import { firstTurn, jobPriority, type LastTurns } from '../../domain/provisioning/fair-turns.ts';
import { type Priority, priorities } from '../../domain/provisioning/states.ts';
import type { Sql } from '../../entities/tables.ts';
import { defineJob, type EnqueueEntry, enqueue, type JobDefinition, type TakenJob } from '../kit.ts';
import type { JobContext } from './job-context.ts';

const runTaskPayload = z.object({
  task: z.string(),
  /** A probe has just found nothing: the next send need not look again. */
  probed: z.boolean().optional(),
  /** The run that chose it, and its priority before. */
  run: z.string().optional(),
  place: z.int().optional(),
});
export type RunTaskPayload = z.output<typeof runTaskPayload>;

const resolvePayload = z.object({
  task: z.string(),
  /** How often the system has already answered "not found". */
  misses: z.int().min(0),
});
export type ResolvePayload = z.output<typeof resolvePayload>;

/** The payload, or null when an older or newer build wrote something else. */
export function runPayloadOf(data: unknown): RunTaskPayload | null {
  return runTaskPayload.safeParse(data).data ?? null;
}

/** As `runPayloadOf`. */
export function resolvePayloadOf(data: unknown): ResolvePayload | null {
  return resolvePayload.safeParse(data).data ?? null;
}

/** The priority of what follows a job: a run chooses a task for one attempt. */
export function placeOf(job: TakenJob): number {
  return runPayloadOf(job.data)?.place ?? job.priority;
}

/** Followed by the system in lower case. */
export const RUN_TASK_QUEUES = 'provisioning.run-task.';

/** One queue per system, so that a slow system delays nobody else. */
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

/** A task that is ready, or will be after a while. */
export interface ReadyTask {
  readonly id: string;
  readonly system: string;
  readonly originSystem: string;
  readonly priority: Priority;
}

/** Enqueues tasks that became ready; their origin systems take turns. */
export async function enqueueReadyTasks(context: JobContext, tasks: readonly ReadyTask[]): Promise<void> {
  // In one order everywhere, so that two transactions never wait for each other's turns.
  const ordered = tasks.toSorted((a, b) => turnKey(a).localeCompare(turnKey(b)));
  for (const [system, ofSystem] of Map.groupBy(ordered, (task) => task.system)) {
    const entries: EnqueueEntry<RunTaskPayload>[] = [];
    for (const ofOrigin of Map.groupBy(ofSystem, (task) => task.originSystem).values()) {
      entries.push(...(await takeTurns(context.tx, ofOrigin)));
    }
    await enqueue(context, runTaskJob(system), entries);
  }
}

function turnKey(task: ReadyTask): string {
  return `${task.system} ${task.originSystem} ${task.priority}`;
}

async function takeTurns(tx: Sql, tasks: readonly ReadyTask[]): Promise<EnqueueEntry<RunTaskPayload>[]> {
  const [sample] = tasks;
  if (sample === undefined) return [];
  const { system, originSystem } = sample;
  // Two transactions that read the same last turns would give the same turns twice, and their origin a double share.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`turns ${system} ${originSystem}`}, 0))`.execute(
    tx,
  );
  const state = await tx
    .selectFrom('system_state')
    .select('current_turn')
    .where('system', '=', system)
    .executeTakeFirst();
  const stored = await tx
    .selectFrom('fair_turn')
    .select(['priority', 'last_turn'])
    .where('system', '=', system)
    .where('origin_system', '=', originSystem)
    .execute();
  let lastTurns: LastTurns = Object.fromEntries(stored.map((row) => [row.priority, Number(row.last_turn)]));
  const entries: EnqueueEntry<RunTaskPayload>[] = [];
  // The highest first: what is lower goes behind it, also within one transaction.
  for (const priority of priorities.toReversed()) {
    const sameRank = tasks.filter((task) => task.priority === priority);
    if (sameRank.length === 0) continue;
    const first = firstTurn(priority, lastTurns, Number(state?.current_turn ?? 0));
    const last = first + sameRank.length - 1;
    lastTurns = { ...lastTurns, [priority]: last };
    sameRank.forEach((task, index) => {
      entries.push({ payload: { task: task.id }, priority: jobPriority(first + index, priority) });
    });
    await tx
      .insertInto('fair_turn')
      .values({
        system,
        origin_system: originSystem,
        priority,
        last_turn: String(last),
      })
      .onConflict((conflict) =>
        conflict
          .columns(['system', 'origin_system', 'priority'])
          .doUpdateSet({ last_turn: (expression) => expression.ref('excluded.last_turn') }),
      )
      .execute();
  }
  return entries;
}
