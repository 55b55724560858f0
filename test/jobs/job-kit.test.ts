import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Sql } from '../../src/entities/tables.ts';
import { inTransaction } from '../../src/entities/transaction.ts';
import {
  completeJobs,
  createQueues,
  deadLetterOf,
  defineJob,
  type EnqueueEntry,
  enqueue,
  moveToDeadLetter,
  sendAgain,
  type TakenJob,
  takeJobs,
  touchJobs,
} from '../../src/jobs/kit/job.ts';
import { type RunningBoss, startTestBoss } from '../setup/boss.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { listenTo, type Notifications } from '../setup/notifications.ts';
import { sqlOf } from '../setup/rows.ts';

const payload = z.object({ task: z.string() });
const job = defineJob({ name: 'test.work', payload, key: ({ task }) => task });
const otherJob = defineJob({ name: 'test.other', payload, key: ({ task }) => task });

let database: TestDatabase;
let db: Sql;
let running: RunningBoss;
let notifications: Notifications;
beforeEach(async () => {
  database = await createTestDatabase();
  db = sqlOf(database.orm);
  running = await startTestBoss(database.url, [job, otherJob]);
  notifications = await listenTo(database.url);
});
afterEach(async () => {
  await notifications.close();
  await running.stop();
  await database.drop();
});

function transaction<T>(
  work: (context: { readonly tx: Sql; readonly boss: RunningBoss['boss'] }) => Promise<T>,
): Promise<T> {
  return inTransaction(database.orm.em, (tx) => work({ tx, boss: running.boss }));
}

function add(...entries: readonly EnqueueEntry<z.output<typeof payload>>[]): Promise<void> {
  return transaction((context) => enqueue(context, job, entries));
}

function take(queue = job.name): Promise<TakenJob[]> {
  return takeJobs(running.boss, queue, { limit: 100 });
}

function tasksOf(jobs: readonly TakenJob[]): string[] {
  return jobs.map(({ data }) => payload.parse(data).task);
}

async function statesOf(queue = job.name): Promise<Record<string, number>> {
  const { rows } = await sql<{ state: string; count: number }>`
    select state::text, count(*)::int from pgboss.job where name = ${queue} group by state`.execute(db);
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** The worker died: its job goes back to the queue, and may be taken at once. */
async function loseLease({ name, id }: TakenJob): Promise<void> {
  await running.boss.fail(name, id);
  await sql`update pgboss.job set start_after = now() where id = ${id}::uuid`.execute(db);
}

describe('a job', () => {
  test('appears with the commit, and wakes the workers then', async () => {
    const gate = Promise.withResolvers<void>();
    const inserted = Promise.withResolvers<void>();
    const sending = transaction(async (context) => {
      await enqueue(context, job, [{ payload: { task: '1' } }]);
      inserted.resolve();
      await gate.promise;
    });
    await inserted.promise;
    await notifications.caughtUp();
    expect(await take()).toEqual([]);
    expect(notifications.heard).toEqual([]);
    gate.resolve();
    await sending;
    await notifications.caughtUp();
    expect(notifications.heard).toEqual([{ job: job.name, afterMs: 0, count: 1, priority: 0 }]);
    expect(tasksOf(await take())).toEqual(['1']);
  });

  test('of a transaction that is rolled back leaves nothing', async () => {
    const rolledBack = transaction(async (context) => {
      await enqueue(context, job, [{ payload: { task: '1' } }]);
      throw new Error('planted');
    });
    await expect(rolledBack).rejects.toThrow('planted');
    await notifications.caughtUp();
    expect(await statesOf()).toEqual({});
    expect(notifications.heard).toEqual([]);
  });

  test('is taken by priority, the highest number first', async () => {
    await add(
      { payload: { task: 'low' }, priority: -9 },
      { payload: { task: 'high' }, priority: 5 },
      { payload: { task: 'middle' }, priority: -1 },
    );
    expect(tasksOf(await take())).toEqual(['high', 'middle', 'low']);
  });

  test('that is delayed is not taken before its time, and says when to look', async () => {
    await add({ payload: { task: '1' }, delaySeconds: 30 });
    await notifications.caughtUp();
    expect(await take()).toEqual([]);
    expect(notifications.heard).toMatchObject([{ job: job.name, afterMs: 30_000 }]);
    await sql`update pgboss.job set start_after = start_after - interval '31 seconds'`.execute(db);
    expect(tasksOf(await take())).toEqual(['1']);
  });

  test('wakes for the soonest of a batch, and not for an empty one', async () => {
    await add();
    await add(
      { payload: { task: '1' }, delaySeconds: 30, priority: -7 },
      { payload: { task: '2' }, delaySeconds: 2.4, priority: -9 },
    );
    await notifications.caughtUp();
    expect(notifications.heard).toEqual([{ job: job.name, afterMs: 2_400, count: 2, priority: -7 }]);
  });
});

describe('a second job of the same key', () => {
  test('is dropped while the first is queued, in the same batch or later', async () => {
    await add({ payload: { task: '1' } }, { payload: { task: '1' } }, { payload: { task: '2' } });
    await add({ payload: { task: '1' } });
    expect(tasksOf(await take()).toSorted()).toEqual(['1', '2']);
  });

  test('is dropped while the first is delayed', async () => {
    await add({ payload: { task: '1' }, delaySeconds: 60 });
    await add({ payload: { task: '1' } });
    expect(await take()).toEqual([]);
  });

  test('is dropped while the first is being worked on', async () => {
    await add({ payload: { task: '1' } });
    await take();
    await add({ payload: { task: '1' } });
    expect(await take()).toEqual([]);
    expect(await statesOf()).toEqual({ active: 1 });
  });

  test('is welcome once the first is done, also within the same transaction', async () => {
    await add({ payload: { task: '1' } });
    const jobs = await take();
    await transaction(async (context) => {
      await completeJobs(context, jobs);
      await enqueue(context, job, [{ payload: { task: '1' } }]);
    });
    expect(tasksOf(await take())).toEqual(['1']);
  });

  test('is another job in another queue', async () => {
    await add({ payload: { task: '1' } });
    await transaction((context) => enqueue(context, otherJob, [{ payload: { task: '1' } }]));
    expect(tasksOf(await take(otherJob.name))).toEqual(['1']);
  });

  test('of eight senders at once is kept once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => add({ payload: { task: '1' } })));
    expect(tasksOf(await take())).toEqual(['1']);
  });
});

describe('completing', () => {
  test('settles jobs of several queues in the transaction', async () => {
    await add({ payload: { task: '1' } });
    await transaction((context) => enqueue(context, otherJob, [{ payload: { task: '2' } }]));
    const jobs = [...(await take()), ...(await take(otherJob.name))];
    await transaction((context) => completeJobs(context, jobs));
    expect(await statesOf()).toEqual({ completed: 1 });
    expect(await statesOf(otherJob.name)).toEqual({ completed: 1 });
  });

  test('is undone by a rollback', async () => {
    await add({ payload: { task: '1' } });
    const jobs = await take();
    const rolledBack = transaction(async (context) => {
      await completeJobs(context, jobs);
      throw new Error('planted');
    });
    await expect(rolledBack).rejects.toThrow('planted');
    expect(await statesOf()).toEqual({ active: 1 });
  });

  test('by a worker whose lease ended changes nothing for the one that has the job now', async () => {
    await add({ payload: { task: '1' } });
    const [zombie] = await take();
    if (zombie === undefined) throw new Error('There was a job to take.');
    await loseLease(zombie);
    const [successor] = await take();
    expect(successor).toMatchObject({ id: zombie.id, retryCount: zombie.retryCount + 1 });
    await transaction((context) => completeJobs(context, [zombie]));
    expect(await statesOf()).toEqual({ active: 1 });
    await transaction((context) => completeJobs(context, successor === undefined ? [] : [successor]));
    expect(await statesOf()).toEqual({ completed: 1 });
  });
});

describe('a heartbeat', () => {
  test('keeps the lease of the present holder, and does not wait for a transaction that settles it', async () => {
    await add({ payload: { task: 'held' } }, { payload: { task: 'settled' } }, { payload: { task: 'lost' } });
    const jobs = await take();
    const of = (task: string) => jobs.filter((one) => tasksOf([one])[0] === task);
    for (const zombie of of('lost')) await loseLease(zombie);
    await take();
    await sql`update pgboss.job set heartbeat_on = now() - interval '1 hour'`.execute(db);
    await transaction(async (context) => {
      await completeJobs(context, of('settled'));
      await touchJobs(running.boss, job.name, jobs);
    });
    const { rows } = await sql<{ task: string }>`
      select data->>'task' as task from pgboss.job where heartbeat_on > now() - interval '1 minute'`.execute(
      db,
    );
    expect(rows).toEqual([{ task: 'held' }]);
    expect(await statesOf()).toEqual({ active: 2, completed: 1 });
  });
});

describe('giving back', () => {
  test('keeps the place of jobs in the queue, and spends no attempt', async () => {
    await add({ payload: { task: 'first' }, priority: 9 }, { payload: { task: 'second' }, priority: 1 });
    const [first] = await take();
    await transaction((context) => sendAgain(context, first === undefined ? [] : [first]));
    await add({ payload: { task: 'third' }, priority: 5 });
    const again = await take();
    expect(tasksOf(again)).toEqual(['first', 'third']);
    expect(again[0]?.retryCount).toBe(0);
  });

  test('wakes another process', async () => {
    await add({ payload: { task: '1' } });
    const jobs = await take();
    await transaction((context) => sendAgain(context, jobs));
    await notifications.caughtUp();
    expect(notifications.heard).toHaveLength(2);
  });

  test('by a worker whose lease ended makes no second job', async () => {
    await add({ payload: { task: '1' } });
    const zombies = await take();
    for (const zombie of zombies) await loseLease(zombie);
    await take();
    await transaction((context) => sendAgain(context, zombies));
    expect(await statesOf()).toEqual({ active: 1 });
  });

  test('an unreadable job goes to the dead letter', async () => {
    await add({ payload: { task: '1' } });
    await transaction(async (context) => moveToDeadLetter(context, await take()));
    expect(await statesOf()).toEqual({ completed: 1 });
    expect(tasksOf(await take(deadLetterOf(job.name)))).toEqual(['1']);
  });
});

describe('queues', () => {
  test('are created once, however many processes start', async () => {
    await Promise.all([1, 2, 3].map(() => createQueues(running.boss, [job, otherJob])));
    const names = (await running.boss.getQueues()).map((queue) => queue.name);
    expect(names.toSorted()).toEqual(
      [job.name, otherJob.name, deadLetterOf(job.name), deadLetterOf(otherJob.name)].toSorted(),
    );
  });

  test('of processes that start at the same moment on a new database are created once', async () => {
    const fresh = defineJob({ name: 'test.fresh', payload, key: ({ task }) => task });
    await Promise.all([1, 2, 3, 4].map(() => createQueues(running.boss, [fresh])));
    expect(await running.boss.getQueue(fresh.name)).toMatchObject({ policy: 'exclusive' });
  });

  test('get the options of the build that started last', async () => {
    await createQueues(running.boss, [{ ...job, queue: { ...job.queue, retryLimit: 7 } }]);
    expect(await running.boss.getQueue(job.name)).toMatchObject({
      retryLimit: 7,
      heartbeatSeconds: 15,
      deadLetter: deadLetterOf(job.name),
    });
  });
});
