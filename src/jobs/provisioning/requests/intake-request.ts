import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { type ItemStatus, isFinalRequest } from '../../../domain/provisioning/states/states.ts';
import type { Sql } from '../../../entities/tables.ts';
import { inTransaction, outsideTransaction, rowsOf } from '../../../entities/transaction.ts';
import { traced } from '../../../trace.ts';
import { analyzeGrownTables } from '../../kit/analyze-grown-tables.ts';
import type { Finish } from '../../kit/handler-lane.ts';
import { defineJob, enqueue } from '../../kit/job.ts';
import type { LiveSettings } from '../../kit/live-settings.ts';
import { reserveNames } from '../names/reserve-names.ts';
import { rederive } from '../tasks/derive-states.ts';
import { enqueueReadyTasks } from '../tasks/task-jobs.ts';
import { intakeLock } from './intake-lock.ts';
import { headerOf, itemsOf, knownPeople, lockRequestsOf } from './intake-reads.ts';
import { planPeople } from './plan-people.ts';
import { storePeople } from './store-people.ts';

/** From a stored request to tasks. The payload is the request's primary key. */
export const intakeRequestJob = defineJob({
  name: 'provisioning.intake-request',
  payload: z.object({ request: z.string() }),
  key: (payload) => payload.request,
  // A job that is sent while one is active runs after it, because the active one may have read its items already.
  policy: 'short',
});

export interface IntakeContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  readonly defaultEmailDomain: string | null;
}

/**
 * Largest chunk, in items per transaction: enough to be set-based, and small requests do not wait for a huge one.
 */
export const INTAKE_CHUNK = 200;
/** Size of the first chunk; chunks grow while no other request waits. */
const FIRST_CHUNK = 12;
const GROWTH = 1.5;
/** Pause between chunks while other requests wait, in multiples of the last chunk's duration. */
const OTHERS_SHARE = 7;

/**
 * Turns a request's items into people, tasks and queued jobs, in chunks of one transaction each. Safe to run twice: a
 * chunk takes only items that are still PENDING (or SYNCED without tasks). While other requests wait for accounts,
 * the job ends after one chunk and sends another job for the next, which starts after a pause and leaves processors
 * and locks to the others.
 */
export async function intakeRequest(
  payload: { readonly request: string },
  context: IntakeContext & { readonly finish: Finish },
): Promise<void> {
  const { em, boss, finish } = context;
  for (let limit = FIRST_CHUNK; ; limit = Math.min(Math.floor(GROWTH * limit), INTAKE_CHUNK)) {
    const begunAt = performance.now();
    const next = await traced(
      () => ({ name: 'plan', kind: 'internal' }),
      (span) =>
        inTransaction(em, async (tx) => {
          const count = await takeChunk(tx, payload.request, { ...context, limit });
          span.set({ 'accountsync.items': count });
          // Otherwise the chunk of the last items completed the job.
          if (count === 0) await finish(tx);
          if (count < limit) return 'nothing';
          if (!(await isShared(tx, payload.request))) return 'at once';
          await finish(tx);
          const delaySeconds = (OTHERS_SHARE * (performance.now() - begunAt)) / 1_000;
          await enqueue({ tx, boss }, intakeRequestJob, [{ payload, delaySeconds }]);
          return 'later';
        }),
    );
    if (next === 'nothing') return;
    await analyzeGrownTables(outsideTransaction(em.fork()));
    if (next === 'later') return;
  }
}

/** Whether another recent request still waits for accounts. */
async function isShared(db: Sql, requestId: string): Promise<boolean> {
  const { rows } = await sql<{ shared: boolean }>`
    select exists (select 1 from account_request where status in ('PENDING', 'PROCESSING') and id <> ${requestId}::bigint
      and created_at > now() - interval '1 minute') as shared`.execute(db);
  return rows[0]?.shared ?? false;
}

/** Returns how many items it took: fewer than `limit` means that none is left. */
function takeChunk(
  tx: Sql,
  requestId: string,
  context: IntakeContext & { readonly limit: number; readonly finish: Finish },
): Promise<number> {
  const { settings } = context;
  if (!settings.get('account_creation_enabled')) return Promise.resolve(0);
  const plans = settings.get('request_task_creation_enabled');
  return takeItems(tx, {
    ...context,
    requestId,
    statuses: plans ? ['PENDING', 'SYNCED'] : ['PENDING'],
    plans,
    runId: null,
    whenLast: context.finish,
  });
}

/**
 * Plans up to a chunk of a request's items whose people are stored already, for a run, also while
 * `request_task_creation_enabled` is off. The tasks carry the run's id. Returns how many items it took.
 */
export function planSyncedItems(
  tx: Sql,
  work: IntakeContext & { readonly requestId: string; readonly runId: string },
): Promise<number> {
  return takeItems(tx, { ...work, statuses: ['SYNCED'], plans: true, limit: INTAKE_CHUNK });
}

async function takeItems(
  tx: Sql,
  work: IntakeContext & {
    readonly requestId: string;
    readonly statuses: readonly ItemStatus[];
    readonly plans: boolean;
    readonly runId: string | null;
    readonly limit: number;
    /** Runs in the transaction of the last items. */
    readonly whenLast?: Finish;
  },
): Promise<number> {
  const { settings, requestId, plans } = work;
  const chunk = { requestId, statuses: work.statuses, limit: work.limit };
  // Header and items are read after the locks, so they stay as they are, and the request cannot be cancelled.
  const [, people, , [header], items] = await Promise.all([
    rowsOf(tx, intakeLock),
    rowsOf(tx, knownPeople(chunk)),
    rowsOf(tx, lockRequestsOf(chunk)),
    rowsOf(tx, headerOf(requestId)),
    rowsOf(tx, itemsOf(chunk)),
  ]);
  if (header === undefined || header.cancelled || isFinalRequest(header.status)) return 0;
  if (items.length === 0) return 0;

  const personOf = await storePeople(tx, {
    header,
    items,
    known: new Map(people.map((person) => [person.key, person])),
    nameCheck: settings.get('person_name_check'),
    plans,
  });
  const personIds = [...personOf.values()];
  const derive = () => rederive(tx, { personIds, requestIds: [header.id] });
  // Turns after names (docs/architecture.md, "Lock order").
  const reserved = Promise.withResolvers<void>();
  const name = () =>
    reserveNames(tx, personIds, { ...work, whenReserved: reserved.resolve }).finally(reserved.resolve);
  const plan = async () => {
    const { ready, created } = await planPeople(tx, { header, items, people: personOf, settings });
    if (work.runId !== null)
      await sql`update account_task set run_id = ${work.runId}::bigint where id = any(${created}::bigint[])`.execute(
        tx,
      );
    const queued = reserved.promise.then(() => enqueueReadyTasks({ tx, boss: work.boss }, ready));
    await Promise.all([queued, derive()]);
  };
  await Promise.all([
    items.length < work.limit ? work.whenLast?.(tx) : null,
    ...(plans ? [name(), plan()] : [derive()]),
  ]);
  return items.length;
}
