import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { missingDependencies } from '../../entities/provisioning/task-states.ts';
import type { Sql } from '../../entities/tables.ts';
import { inTransaction } from '../../entities/transaction.ts';
import type { Logger } from '../../logger.ts';
import { enqueue, type JobQueue } from '../kit/job.ts';
import type { LiveSettings } from '../kit/live-settings.ts';
import { releaseMapped } from './mappings/release-mapped.ts';
import { releaseRenamed } from './names/release-renamed.ts';
import { intakeRequestJob } from './requests/intake-request.ts';
import { addUpEndedCounts } from './tasks/count-by-state.ts';
import { lockAffected, rederiveRequests } from './tasks/derive-states.ts';
import { releaseRefused } from './tasks/release-refused.ts';
import { releaseWaiting } from './tasks/release-waiting.ts';
import { forgetHealedFailures } from './tasks/standing-failures.ts';
import { enqueueReadyTasks, type ReadyTask, resolveUncertainJob, runTaskJob } from './tasks/task-jobs.ts';

export interface SweepContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  readonly systems: readonly string[];
  readonly logger: Logger;
}

/** Rows per sweep and kind; the next sweep finds the rest. */
const LIMIT = 10_000;

/**
 * Enqueues ready tasks and requests that no job holds, and finishes what was left half done. Safe to run twice: a
 * live job is not sent again, and everything else is decided from the rows.
 */
export async function sweep(context: SweepContext): Promise<void> {
  const found = {
    requests: await inTransaction(context.em, (tx) => sweepRequests(tx, context)),
    released: await inTransaction(context.em, (tx) => sweepWaiting(tx, context)),
    mapped: await inTransaction(context.em, (tx) =>
      releaseMapped(
        { tx, boss: context.boss },
        { codes: null, maxRetries: context.settings.get('account_creation_max_retries') },
      ),
    ),
    refused: await inTransaction(context.em, (tx) =>
      releaseRefused(
        { tx, boss: context.boss },
        { maxRetries: context.settings.get('account_creation_max_retries') },
      ),
    ),
    renamed: await inTransaction(context.em, (tx) =>
      releaseRenamed(
        { tx, boss: context.boss },
        { maxRetries: context.settings.get('account_creation_max_retries') },
      ),
    ),
    tasks: await inTransaction(context.em, (tx) => sweepTasks(tx, context)),
    uncertain: await inTransaction(context.em, (tx) => sweepUncertain(tx, context)),
    finished: await inTransaction(context.em, sweepFinished),
  };
  await inTransaction(context.em, addUpEndedCounts);
  await inTransaction(context.em, forgetHealedFailures);
  if (Object.values(found).some((count) => count > 0))
    context.logger.info(found, 'the sweep found work that events had missed');
}

async function sweepRequests(tx: Sql, { boss, settings }: SweepContext): Promise<number> {
  if (!settings.get('account_creation_enabled')) return 0;
  const open = settings.get('request_task_creation_enabled') ? ['PENDING', 'SYNCED'] : ['PENDING'];
  // A running job may be past what a switch has just allowed: then another job follows it (policy `short`), and does
  // not count as found.
  const { rows } = await sql<{ request: string; under_way: boolean }>`
    select r.id as request, exists (${jobOf(intakeRequestJob, sql`r.id::text`)} and j.state = 'active') as under_way
    from account_request r
    where r.status in ('PENDING', 'PROCESSING') and r.cancelled_at is null
      and exists (select 1 from request_item i where i.request_id = r.id and i.status = any(${open}::text[]))
      and not exists (${jobOf(intakeRequestJob, sql`r.id::text`)} and j.state < 'active')
    order by r.id limit ${LIMIT}`.execute(tx);
  await enqueue(
    { tx, boss },
    intakeRequestJob,
    rows.map(({ request }) => ({ payload: { request } })),
  );
  return rows.filter((row) => !row.under_way).length;
}

/** pg-boss has no set-based question for "is a job of this key queued or active"; its table is the answer. */
function liveJob(job: JobQueue, key: ReturnType<typeof sql>) {
  return sql`${jobOf(job, key)} and j.state <= 'active'`;
}

function jobOf(job: JobQueue, key: ReturnType<typeof sql>) {
  // The policy is part of the predicate of the index that answers this.
  return sql`select 1 from pgboss.job j where j.name = ${job.name} and coalesce(j.singleton_key, '') = ${key}
    and j.policy = ${job.policy}`;
}

async function sweepWaiting(tx: Sql, { boss }: SweepContext): Promise<number> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct t.person_id from account_task t
    where t.status = 'WAITING' and not exists (${missingDependencies})
    limit ${LIMIT}`.execute(tx);
  const personIds = rows.map((row) => row.person_id);
  await lockAffected(tx, personIds);
  const released = await releaseWaiting(tx, personIds);
  await enqueueReadyTasks({ tx, boss }, released);
  return released.length;
}

/** PROCESSING without a live job: the worker died and its job is gone; claiming it again closes the lost attempt. */
async function sweepTasks(tx: Sql, { boss, systems }: SweepContext): Promise<number> {
  const ready: ReadyTask[] = [];
  for (const system of systems) {
    const { rows } = await sql<ReadyTask>`
      select t.id, t.system, t.origin_system as "originSystem", t.priority from account_task t
      where t.system = ${system} and (t.status in ('PENDING', 'PROCESSING')
          or (t.status = 'RETRY' and coalesce(t.next_attempt_at, '-infinity') <= clock_timestamp()))
        and not exists (${liveJob(runTaskJob(system), sql`t.id::text`)})
      order by t.id limit ${LIMIT}`.execute(tx);
    ready.push(...rows);
  }
  // In one call, so that lines are locked in sorted order (docs/architecture.md, "Lock order").
  await enqueueReadyTasks({ tx, boss }, ready);
  return ready.length;
}

async function sweepUncertain(tx: Sql, { boss, systems }: SweepContext): Promise<number> {
  let count = 0;
  for (const system of systems) {
    const { rows } = await sql<{ task: string }>`
      select t.id as task from account_task t
      where t.system = ${system} and t.status = 'UNCERTAIN'
        and not exists (${liveJob(resolveUncertainJob(system), sql`t.id::text`)})
      order by t.id limit ${LIMIT}`.execute(tx);
    await enqueue(
      { tx, boss },
      resolveUncertainJob(system),
      rows.map(({ task }) => ({ payload: { task, misses: 0 } })),
    );
    count += rows.length;
  }
  return count;
}

/** Finishes requests whose items are all final. */
async function sweepFinished(tx: Sql): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select r.id from account_request r
    where r.status in ('PENDING', 'PROCESSING') and r.retrying_since is null and not exists (
      select 1 from request_item i where i.request_id = r.id and i.status in ('PENDING', 'SYNCED', 'TASK_CREATED'))
    order by r.id limit ${LIMIT} for no key update`.execute(tx);
  await rederiveRequests(
    tx,
    rows.map((row) => row.id),
    new Set(),
  );
  return rows.length;
}
