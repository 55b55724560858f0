import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { turnOf } from '../../../src/domain/provisioning/states/fair-turns.ts';
import type { Priority } from '../../../src/domain/provisioning/states/states.ts';
import { inTransaction } from '../../../src/entities/transaction.ts';
import {
  enqueueReadyTasks,
  type ReadyTask,
  runTaskJob,
} from '../../../src/jobs/provisioning/tasks/task-jobs.ts';
import { ensureSystemStates, takePermits } from '../../../src/jobs/systems/system-gate.ts';
import { type RunningBoss, startTestBoss } from '../../setup/boss.ts';
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts';
import { sqlOf } from '../../setup/rows.ts';

const payload = z.object({ task: z.string() });

let database: TestDatabase;
let running: RunningBoss;
beforeAll(async () => {
  database = await createTestDatabase();
  running = await startTestBoss(database.url, [runTaskJob('IDAAS'), runTaskJob('EMAIL')]);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});
beforeEach(async () => {
  const db = sqlOf(database.orm);
  await db.deleteFrom('fair_turn').execute();
  await db.deleteFrom('system_state').execute();
  for (const system of ['IDAAS', 'EMAIL']) await running.boss.deleteAllJobs(runTaskJob(system).name);
  await ensureSystemStates(db, ['IDAAS', 'EMAIL']);
});

interface Batch {
  readonly origin: string;
  readonly count: number;
  readonly priority?: Priority;
  readonly system?: string;
}

let lastTask = 0;
function tasksOf({ origin, count, priority = 'NORMAL', system = 'IDAAS' }: Batch): ReadyTask[] {
  return Array.from({ length: count }, () => {
    lastTask += 1;
    return { id: `${origin} ${priority} ${lastTask}`, system, originSystem: origin, priority };
  });
}

/** Tasks that became ready in one transaction. */
function add(...batches: readonly Batch[]): Promise<void> {
  return inTransaction(database.orm.em, (tx) =>
    enqueueReadyTasks({ tx, boss: running.boss }, batches.flatMap(tasksOf)),
  );
}

/** Takes jobs as a lane does: whose they are, in the order of the queue; the turn reached is recorded. */
async function serve(count: number, system = 'IDAAS'): Promise<string[]> {
  const jobs = await running.boss.fetch<unknown>(runTaskJob(system).name, {
    batchSize: count,
    includeMetadata: true,
  });
  const turn = Math.max(0, ...jobs.map((job) => turnOf(job.priority)));
  await takePermits(sqlOf(database.orm), {
    system,
    wanted: 0,
    ratePerSecond: 1,
    withinAttempt: false,
    turn,
  });
  return jobs
    .toSorted((a, b) => b.priority - a.priority)
    .map((job) => payload.parse(job.data).task.replace(/ \d+$/, ''));
}

function countOf(served: readonly string[], name: string): number {
  return served.filter((entry) => entry.startsWith(name)).length;
}

describe('two origins', () => {
  test('interleave when they are enqueued together', async () => {
    await add({ origin: 'OA', count: 40 }, { origin: 'HR', count: 5 });
    const served = await serve(10);
    expect([countOf(served, 'OA'), countOf(served, 'HR')]).toEqual([5, 5]);
  });

  test('interleave when one comes after the other has queued thousands', async () => {
    await add({ origin: 'OA', count: 2_000 });
    await serve(50);
    await add({ origin: 'HR', count: 10 });
    const served = await serve(20);
    expect(countOf(served, 'HR')).toBe(10);
  });

  test('share alike however many transactions each needs', async () => {
    await add({ origin: 'OA', count: 100 });
    for (let request = 0; request < 20; request += 1) await add({ origin: 'HR', count: 5 });
    const served = await serve(60);
    expect(countOf(served, 'HR')).toBe(30);
  });

  test('do not disturb each other in another system', async () => {
    await add({ origin: 'OA', count: 20, system: 'IDAAS' }, { origin: 'HR', count: 2, system: 'EMAIL' });
    expect(await serve(5, 'EMAIL')).toEqual(['HR NORMAL', 'HR NORMAL']);
  });

  test('that enqueue at the same moment both get their turns', async () => {
    await Promise.all([
      add({ origin: 'OA', count: 30 }),
      add({ origin: 'HR', count: 30 }),
      add({ origin: 'OA', count: 30 }),
      add({ origin: 'HR', count: 30 }),
    ]);
    const served = await serve(120);
    expect([countOf(served, 'OA'), countOf(served, 'HR')]).toEqual([60, 60]);
    const firstHalf = served.slice(0, 60);
    expect(countOf(firstHalf, 'OA')).toBeGreaterThanOrEqual(25);
    expect(countOf(firstHalf, 'HR')).toBeGreaterThanOrEqual(25);
  });
});

describe('priority', () => {
  test('goes before what its own origin had queued', async () => {
    await add({ origin: 'OA', count: 100 });
    await serve(10);
    await add({ origin: 'OA', count: 1, priority: 'HIGH' });
    expect(await serve(1)).toEqual(['OA HIGH']);
  });

  test('lets what is low wait for the rest of its origin, also within one transaction', async () => {
    await add(
      { origin: 'OA', count: 10, priority: 'LOW' },
      { origin: 'OA', count: 10, priority: 'HIGH' },
      { origin: 'OA', count: 10, priority: 'NORMAL' },
    );
    expect(await serve(30)).toEqual([
      ...Array.from({ length: 10 }, () => 'OA HIGH'),
      ...Array.from({ length: 10 }, () => 'OA NORMAL'),
      ...Array.from({ length: 10 }, () => 'OA LOW'),
    ]);
  });

  test('never takes another origin’s turn', async () => {
    await add({ origin: 'HR', count: 10, priority: 'LOW' }, { origin: 'OA', count: 100, priority: 'HIGH' });
    expect(countOf(await serve(20), 'HR')).toBe(10);
  });
});

test('a task that is queued already is not queued twice', async () => {
  const [task] = tasksOf({ origin: 'OA', count: 1 });
  const ready = task === undefined ? [] : [task];
  for (let time = 0; time < 3; time += 1)
    await inTransaction(database.orm.em, (tx) => enqueueReadyTasks({ tx, boss: running.boss }, ready));
  expect(await serve(10)).toHaveLength(1);
});

test('a transaction that is rolled back takes no turns', async () => {
  const rolledBack = inTransaction(database.orm.em, async (tx) => {
    await enqueueReadyTasks({ tx, boss: running.boss }, tasksOf({ origin: 'OA', count: 50 }));
    throw new Error('planted');
  });
  await expect(rolledBack).rejects.toThrow('planted');
  expect(await sqlOf(database.orm).selectFrom('fair_turn').selectAll().execute()).toEqual([]);
  expect(await serve(10)).toEqual([]);
});
