import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { type ItemStatus, isFinalRequest } from '../../domain/provisioning/states.ts';
import type { LiveSettings } from '../../entities/settings/live-settings.ts';
import type { Sql } from '../../entities/tables.ts';
import { traced } from '../../trace.ts';
import type { Finish } from '../handler-lane.ts';
import { defineJob } from '../kit.ts';
import { inTransaction, type Runs, sideBySide, statements, together } from '../transaction.ts';
import { intakeLock } from './intake-lock.ts';
import { headerOf, itemsOf, knownPeople } from './intake-reads.ts';
import { planPeople } from './plan-people.ts';
import { lockAffected, rederive } from './rederive.ts';
import { reserveNames } from './reserve-names.ts';
import { refreshStatistics } from './statistics.ts';
import { storePeople } from './store-people.ts';
import { enqueueReadyTasks } from './task-jobs.ts';

/** From a stored request to tasks. The payload is the request's primary key. */
export const intakeRequestJob = defineJob({
  name: 'provisioning.intake-request',
  payload: z.object({ request: z.string() }),
  key: (payload) => payload.request,
  // What comes while the job is active may be too late for it: another one waits its turn.
  policy: 'short',
});

export interface IntakeContext {
  readonly em: EntityManager;
  readonly boss: PgBoss;
  readonly settings: LiveSettings;
  readonly defaultEmailDomain: string | null;
}

/** Items per transaction: set-based all the same, and a small request need not wait for a huge one. */
export const INTAKE_CHUNK = 200;
/** While others wait for accounts too: the lock of intake, the people and the names is free the sooner. */
const SHARED_CHUNK = 50;

/**
 * Turns a request's items into people, tasks and queued jobs. Safe to run twice: each chunk takes only items that are
 * still PENDING (or SYNCED without tasks), and commits what it made of them at once.
 */
export async function intakeRequest(
  payload: { readonly request: string },
  context: IntakeContext & { readonly finish: Finish },
): Promise<void> {
  const db = statements(context.em.fork());
  for (let limit = INTAKE_CHUNK; ; ) {
    const begunAt = performance.now();
    const taken = await traced(
      () => ({ name: 'plan', kind: 'internal' }),
      async (span) => {
        const items = await inTransaction(context.em, async (tx) => {
          const count = await takeChunk(tx, payload.request, { ...context, limit });
          // The last items have brought it with them.
          if (count === 0) await context.finish(tx);
          return count;
        });
        span.set({ 'accountsync.items': items });
        return items;
      },
    );
    if (taken < limit) return;
    await refreshStatistics(db);
    const shares = await isShared(db, payload.request);
    limit = shares ? SHARED_CHUNK : INTAKE_CHUNK;
    // As long for others as for this one.
    if (shares) await delay(performance.now() - begunAt);
  }
}

/** Whether somebody else has asked for accounts just now and still waits for some. */
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
 * Plans up to a chunk of a request's items whose people are stored already, whatever `request_task_creation_enabled`
 * says, for a run, whose number the tasks carry. Returns how many items it took.
 */
export function planSyncedItems(
  tx: Sql,
  work: IntakeContext & { readonly requestId: string; readonly runId: string },
): Promise<number> {
  const whenLast = () => Promise.resolve();
  return takeItems(tx, { ...work, statuses: ['SYNCED'], plans: true, limit: INTAKE_CHUNK, whenLast });
}

async function takeItems(
  tx: Sql,
  work: IntakeContext & {
    readonly requestId: string;
    readonly statuses: readonly ItemStatus[];
    readonly plans: boolean;
    readonly runId: string | null;
    readonly limit: number;
    /** What goes with the last items. */
    readonly whenLast: Finish;
  },
): Promise<number> {
  const { settings, requestId, plans } = work;
  const chunk = { requestId, statuses: work.statuses, limit: work.limit };
  const [, [header], items, people] = await together(tx, (ask) =>
    Promise.all([ask(intakeLock), ask(headerOf(requestId)), ask(itemsOf(chunk)), ask(knownPeople(chunk))]),
  );
  if (header === undefined || header.cancelled || isFinalRequest(header.status)) return 0;
  if (items.length === 0) return 0;

  const locked = await lockAffected(
    tx,
    people.map((person) => person.id),
    [header.id],
  );
  // Between reading and locking the request may have been cancelled: then nothing is planned.
  if (locked.some(({ id, cancelled }) => id === header.id && cancelled)) return 0;
  const personOf = await storePeople(tx, {
    header,
    items,
    known: new Map(people.map((person) => [person.key, person])),
    nameCheck: settings.get('person_name_check'),
    plans,
  });
  const personIds = [...personOf.values()];
  const derive = (tx: Runs) => rederive(tx, { personIds, requestIds: [header.id] });
  const plan = async (tx: Runs, named: Promise<void>) => {
    const { ready, created } = await planPeople(tx, { header, items, people: personOf, settings });
    if (work.runId !== null)
      await sql`update account_task set run_id = ${work.runId}::bigint where id = any(${created}::bigint[])`.execute(
        tx,
      );
    const queued = named.then(() => enqueueReadyTasks({ tx, boss: work.boss }, ready));
    await Promise.all([queued, derive(tx)]);
  };
  await sideBySide(tx, async (tx) => {
    const last = items.length < work.limit ? work.whenLast(tx) : null;
    // Turns are locked behind the names, as everywhere.
    const named = plans ? reserveNames(tx, personIds, work) : Promise.resolve();
    await Promise.all([last, named, plans ? plan(tx, named) : derive(tx)]);
  });
  return items.length;
}
