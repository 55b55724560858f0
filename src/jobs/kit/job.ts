import { type RawBuilder, sql } from 'kysely';
import type { JobInsert, PgBoss, QueueOptions } from 'pg-boss';
import { z } from 'zod';
import { type Executor, rowsOf, statementsOn } from '../../entities/transaction.ts';
import { currentTraceparent } from '../../trace.ts';
import { changeNotice, type NewJobs, notifyChange } from './change-feed.ts';

/** The queue of a job, as pg-boss keeps it. */
export interface JobQueue {
  readonly name: string;
  readonly queue: QueueOptions;
  /**
   * `exclusive`: at most one job of a key is queued or active. `short`: at most one is queued, and a job that is sent
   * while another is active runs after it, because the active one may have read its data already.
   */
  readonly policy: 'exclusive' | 'short';
  /** Says why this build cannot read a payload, without any of its values; null when it can. */
  readonly problemOf: (data: unknown) => string | null;
}

/** A kind of work: its queue, what its payload looks like, and what makes two jobs the same job. */
export interface JobDefinition<Payload> extends JobQueue {
  readonly payload: z.ZodType<Payload>;
  /** Jobs of the same key are the same work; see `policy`. */
  readonly key: (payload: Payload) => string;
}

/** A job that this process has taken and must settle. */
export interface TakenJob {
  readonly id: string;
  /** Name of its queue. */
  readonly name: string;
  readonly data: unknown;
  /** The attempt of pg-boss: fences everything done with the job. */
  readonly retryCount: number;
  readonly priority: number;
  readonly singletonKey: string | null;
}

/** A lease ends 15 s after the last heartbeat; pg-boss's own default is 15 minutes (reliability.md §3). */
export const HEARTBEAT_SECONDS = 15;
const KEEP_COMPLETED_SECONDS = 600;
const KEEP_QUEUED_SECONDS = 365 * 86_400;

/** The policy of all our queues: at most one live job per key, rescue after 15 s, nothing deleted unseen. */
export const ourQueueOptions: QueueOptions = {
  heartbeatSeconds: HEARTBEAT_SECONDS,
  // The lease is held by heartbeats; this only bounds a job whose process lives but has lost track of it.
  expireInSeconds: 3_600,
  retryLimit: 1_000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  deleteAfterSeconds: KEEP_COMPLETED_SECONDS,
  retentionSeconds: KEEP_QUEUED_SECONDS,
};

/** Declares a job. `key` must be the same for payloads that mean the same work. */
export function defineJob<Payload>(definition: {
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
  readonly key: (payload: Payload) => string;
  readonly policy?: JobQueue['policy'];
}): JobDefinition<Payload> {
  const problemOf = (data: unknown): string | null => {
    const { error } = definition.payload.safeParse(data);
    if (error === undefined) return null;
    return error.issues.map(({ path, message }) => `${path.join('.') || 'payload'}: ${message}`).join('; ');
  };
  return { policy: 'exclusive', ...definition, queue: ourQueueOptions, problemOf };
}

/** Name of the queue that holds poison messages of `queue`. */
export function deadLetterOf(queue: string): string {
  return `${queue}.dead`;
}

/** Creates queues and their dead letters; existing ones get the options of this build. */
export async function createQueues(boss: PgBoss, jobs: readonly JobQueue[]): Promise<void> {
  const existing = new Set((await boss.getQueues()).map((queue) => queue.name));
  for (const { name, queue, policy } of jobs) {
    const dead = deadLetterOf(name);
    if (!existing.has(dead)) await boss.createQueue(dead, { retentionSeconds: KEEP_QUEUED_SECONDS });
    if (existing.has(name)) await boss.updateQueue(name, { ...queue, deadLetter: dead });
    else await boss.createQueue(name, { ...queue, policy, deadLetter: dead });
  }
}

export interface EnqueueEntry<Payload> {
  readonly payload: Payload;
  /** Higher goes first. */
  readonly priority?: number;
  /** Not before this many seconds from now. */
  readonly delaySeconds?: number;
}

/** Jobs of one queue. */
export interface JobBatch {
  readonly queue: string;
  readonly jobs: readonly JobInsert[];
  readonly notice: NewJobs;
}

/** Makes a batch for `enqueueAll`. */
export function batchOf<Payload>(
  job: JobDefinition<Payload>,
  entries: readonly EnqueueEntry<Payload>[],
): JobBatch {
  const traceparent = currentTraceparent();
  const jobs = entries.map(({ payload, priority = 0, delaySeconds }) => ({
    data: { ...objectOf(payload), ...(traceparent !== null && { traceparent }) },
    priority,
    singletonKey: job.key(payload),
    // pg-boss adds a plain number to the database's clock, so the clock of this process does not matter; fractions
    // count.
    ...(delaySeconds !== undefined && delaySeconds > 0 && { startAfter: delaySeconds }),
  }));
  const notice = {
    job: job.name,
    afterMs: Math.min(...entries.map((entry) => (entry.delaySeconds ?? 0) * 1_000)),
    count: jobs.length,
    priority: Math.max(...jobs.map(({ priority }) => priority)),
  };
  return { queue: job.name, jobs, notice };
}

/**
 * Adds jobs in the transaction `tx` and wakes the workers when it commits. Jobs whose key is already queued (or, with
 * the policy `exclusive`, active) are dropped silently: that job does the work.
 */
export function enqueue<Payload>(
  context: { readonly tx: Executor; readonly boss: PgBoss },
  job: JobDefinition<Payload>,
  entries: readonly EnqueueEntry<Payload>[],
): Promise<void> {
  return enqueueAll(context, [batchOf(job, entries)]);
}

/** As `enqueue`, for several queues; `before` are statements to be run first. */
export async function enqueueAll(
  { tx, boss }: { readonly tx: Executor; readonly boss: PgBoss },
  batches: readonly JobBatch[],
  before: readonly RawBuilder<unknown>[] = [],
): Promise<void> {
  const filled = batches.filter(({ jobs }) => jobs.length > 0);
  if (filled.length === 0) return;
  await Promise.all([
    ...before.map((statement) => rowsOf(tx, statement)),
    ...filled.map(({ queue, jobs }) =>
      boss.insert(queue, [...jobs], { db: statementsOn(tx), returnId: false }),
    ),
    rowsOf(tx, changeNotice(filled.map(({ notice }) => notice))),
  ]);
}

/** Lets jobs that are queued for later start now; pg-boss's own call takes one key at a time. */
export async function bringForward<Payload>(
  tx: Executor,
  job: JobDefinition<Payload>,
  payloads: readonly Payload[],
): Promise<void> {
  const keys = payloads.map((payload) => job.key(payload));
  await sql`
    update pgboss.job set start_after = now()
    where name = ${job.name} and singleton_key = any(${keys}::text[]) and state < 'active' and start_after > now()`.execute(
    tx,
  );
  await notifyChange(tx, { job: job.name, afterMs: 0 });
}

const tracedData = z.object({ traceparent: z.string() });

/** The trace context that `enqueue` kept beside the payload; null when there is none. */
export function traceparentOf({ data }: TakenJob): string | null {
  return tracedData.safeParse(data).data?.traceparent ?? null;
}

/** Payloads are objects by their schemas; pg-boss only types them more loosely. */
function objectOf(payload: unknown): object {
  if (typeof payload !== 'object' || payload === null)
    throw new TypeError('A job payload must be an object.');
  return payload;
}

/** Priority of jobs that a person chose, above all others: turns and the default priority are never above 0. */
export const CHOSEN_PRIORITY = 1;

/** True for a job that a person chose. */
export function isChosen(job: TakenJob): boolean {
  return job.priority >= CHOSEN_PRIORITY;
}

/**
 * Takes up to `limit` ready jobs, the most urgent first: pg-boss chooses them in this order but returns them in
 * storage order.
 */
export async function takeJobs(
  boss: PgBoss,
  queue: string,
  options: { readonly limit: number; readonly chosenOnly?: boolean },
): Promise<TakenJob[]> {
  const jobs = await boss.fetch<unknown>(queue, {
    batchSize: options.limit,
    includeMetadata: true,
    ...(options.chosenOnly === true && { minPriority: CHOSEN_PRIORITY }),
  });
  return jobs
    .map(({ id, name, data, retryCount, priority, singletonKey }) => ({
      id,
      name,
      data,
      retryCount,
      priority,
      singletonKey,
    }))
    .sort((a, b) => b.priority - a.priority);
}

/**
 * Sends the heartbeat of held jobs. It skips rows that are locked, because those are being settled. pg-boss's own
 * call waits for them in storage order, and deadlocks with transactions that settle the same jobs.
 */
export async function touchJobs(boss: PgBoss, queue: string, jobs: readonly TakenJob[]): Promise<void> {
  const text = `
    with held as materialized (
      select j.id from pgboss.job j
      where j.name = $1 and j.id = any($2::uuid[]) and j.state = 'active'
        and j.id::text || ':' || j.retry_count = any($3::text[])
      for no key update skip locked)
    update pgboss.job j set heartbeat_on = pgboss.job_now() from held h where j.name = $1 and j.id = h.id`;
  const ids = jobs.map(({ id }) => id);
  await boss.getDb().executeSql(text, [queue, ids, jobs.map(({ id, retryCount }) => `${id}:${retryCount}`)]);
}

/** Completes jobs in the transaction that records their outcome; fenced: with a lost lease it changes nothing. */
export async function completeJobs(
  context: { readonly tx: Executor; readonly boss: PgBoss },
  jobs: readonly TakenJob[],
): Promise<void> {
  const db = statementsOn(context.tx);
  const byQueue = [...Map.groupBy(jobs, (job) => job.name)];
  await Promise.all(
    byQueue.map(([queue, attempts]) =>
      context.boss.complete(
        queue,
        attempts.map(({ id, retryCount }) => ({ id, retryCount })),
        null,
        { db },
      ),
    ),
  );
}

/**
 * Puts jobs back as they were, at the same position: pg-boss has no call that gives an active job back without
 * counting an attempt.
 */
export async function sendAgain(
  context: { readonly tx: Executor; readonly boss: PgBoss },
  jobs: readonly TakenJob[],
): Promise<void> {
  await completeJobs(context, jobs);
  await insertCopies(context, jobs, (queue) => queue);
  const queues = [...new Set(jobs.map((job) => job.name))];
  await notifyChange(context.tx, ...queues.map((queue) => ({ job: queue, afterMs: 0 })));
}

/** Moves jobs whose payload cannot be read to the dead letter of their queue. */
export async function moveToDeadLetter(
  context: { readonly tx: Executor; readonly boss: PgBoss },
  jobs: readonly TakenJob[],
): Promise<void> {
  await completeJobs(context, jobs);
  await insertCopies(context, jobs, deadLetterOf);
}

async function insertCopies(
  context: { readonly tx: Executor; readonly boss: PgBoss },
  jobs: readonly TakenJob[],
  target: (queue: string) => string,
): Promise<void> {
  const byQueue = [...Map.groupBy(jobs, (job) => job.name)];
  await Promise.all(
    byQueue.map(([queue, ofQueue]) => {
      const copies = ofQueue.map(({ data, priority, singletonKey }) => ({
        data: typeof data === 'object' && data !== null ? data : { value: data },
        priority,
        ...(singletonKey !== null && { singletonKey }),
      }));
      return context.boss.insert(target(queue), copies, { db: statementsOn(context.tx), returnId: false });
    }),
  );
}
