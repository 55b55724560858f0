import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { inTransaction } from '../../src/entities/transaction.ts';
import { defineJob, enqueue, type TakenJob } from '../../src/jobs/kit/job.ts';
import type { JobControl, Lane } from '../../src/jobs/kit/lane.ts';
import { LaneLoop } from '../../src/jobs/kit/lane-loop.ts';
import { createLogger } from '../../src/logger.ts';
import { type RunningBoss, startTestBoss } from '../setup/boss.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { sqlOf } from '../setup/rows.ts';

const payload = z.object({ task: z.string() });
const job = defineJob({ name: 'test.work', payload, key: ({ task }) => task });
const manyJob = defineJob({ name: 'test.many', payload, key: ({ task }) => task });
const HELD_READY = 4;

let database: TestDatabase;
let running: RunningBoss;
beforeAll(async () => {
  database = await createTestDatabase();
  running = await startTestBoss(database.url, [job, manyJob]);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});

const add = (tasks: readonly (readonly [task: string, priority: number])[]) =>
  inTransaction(database.orm.em, (tx) =>
    enqueue(
      { tx, boss: running.boss },
      job,
      tasks.map(([task, priority]) => ({ payload: { task }, priority })),
    ),
  );

async function untilActive(queue: string, count: number): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ active: number }>`
      select count(*)::int as active from pgboss.job where name = ${queue} and state = 'active'`.execute(
      sqlOf(database.orm),
    );
    if ((rows[0]?.active ?? 0) >= count) return;
  }
}

/** One job at a time, each until it is released; tells which begin. */
class OneByOne implements Lane {
  readonly name: string = 'test';
  readonly queues = [job.name];
  readonly #begun: { readonly task: string; readonly end: () => void }[] = [];
  #waiting = Promise.withResolvers<void>();

  async next(): Promise<{ readonly task: string; readonly end: () => void }> {
    for (;;) {
      const first = this.#begun.shift();
      if (first !== undefined) return first;
      await this.#waiting.promise;
    }
  }

  slots(): number {
    return 1;
  }
  waitingForSlot(): number {
    return 0;
  }
  prefetch(): number {
    return HELD_READY;
  }
  takes() {
    return 'everything' as const;
  }
  warmUp(): Promise<void> {
    return Promise.resolve();
  }
  idle(): Promise<void> {
    return Promise.resolve();
  }
  giveBack(): Promise<void> {
    return Promise.resolve();
  }
  admit(wanted: number) {
    return Promise.resolve({ granted: wanted, retryInMs: 0, trial: false });
  }
  start(jobs: readonly TakenJob[], { control }: { readonly control: JobControl }): void {
    for (const taken of jobs) {
      const end = () => {
        control.release(taken);
        control.settled(taken);
      };
      this.#begun.push({ task: payload.parse(taken.data).task, end });
    }
    this.#waiting.resolve();
    this.#waiting = Promise.withResolvers<void>();
  }
}

it('what comes and goes before jobs that are held ready does not wait for them', async () => {
  const lane = new OneByOne();
  const loop = new LaneLoop({
    lane,
    boss: running.boss,
    logger: createLogger({ level: 'silent', pretty: false }),
  });
  await add([1, 2, 3, 4, 5, 6, 7, 8].map((turn) => [`a${turn}`, -10 * turn]));
  loop.start();
  const first = await lane.next();
  await untilActive(job.name, 1 + HELD_READY);
  await add([
    ['b1', -25],
    ['b2', -90],
  ]);
  loop.jobsArrived({ job: job.name, afterMs: 0, count: 2, priority: -25 });
  // Two more are fetched beside the one that runs and those that are ready: b1, and the next of all.
  await untilActive(job.name, 1 + HELD_READY + 2);
  const order = [first.task];
  for (let running = first; order.length < 10; ) {
    running.end();
    running = await lane.next();
    order.push(running.task);
    if (order.length === 10) running.end();
  }
  expect(order).toEqual(['a1', 'a2', 'b1', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8', 'b2']);
  expect(await loop.drain(5_000)).toBe(true);
});

/** Calls end at once; outcomes are recorded when the test says so. */
class Unrecorded extends OneByOne {
  override readonly name = 'many';
  override readonly queues = [manyJob.name];
  readonly unrecorded: (() => void)[] = [];
  begun = 0;

  override slots(): number {
    return 64;
  }
  override start(jobs: readonly TakenJob[], { control }: { readonly control: JobControl }): void {
    this.begun += jobs.length;
    for (const taken of jobs) {
      control.release(taken);
      this.unrecorded.push(() => control.settled(taken));
    }
  }
}

it('nothing more starts while hundreds of outcomes wait to be recorded, and a drain waits for them all', async () => {
  const lane = new Unrecorded();
  const loop = new LaneLoop({
    lane,
    boss: running.boss,
    logger: createLogger({ level: 'silent', pretty: false }),
  });
  await inTransaction(database.orm.em, (tx) =>
    enqueue(
      { tx, boss: running.boss },
      manyJob,
      Array.from({ length: 800 }, (_, task) => ({ payload: { task: String(task) }, priority: 0 })),
    ),
  );
  loop.start();
  await vi.waitUntil(() => lane.begun >= 300, { timeout: 10_000, interval: 5 });
  const bound = lane.begun;
  // It looks again after each poll, and still starts nothing.
  loop.wake();
  await untilActive(manyJob.name, bound + HELD_READY);
  expect(lane.begun).toBe(300);
  for (const settle of lane.unrecorded.splice(0, 100)) settle();
  await vi.waitUntil(() => lane.begun >= 400, { timeout: 10_000, interval: 5 });
  expect(lane.begun).toBe(400);
  const drained = loop.drain(10_000);
  expect(await Promise.race([drained, setImmediate('waits')])).toBe('waits');
  for (const settle of lane.unrecorded.splice(0)) settle();
  expect(await drained).toBe(true);
  expect(lane.begun).toBe(400);
});
