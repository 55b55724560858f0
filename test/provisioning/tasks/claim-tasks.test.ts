import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TaskStatus } from '../../../src/domain/provisioning/states/states.ts';
import { TaskAttempt } from '../../../src/entities/provisioning/task-attempt.ts';
import type { Sql } from '../../../src/entities/tables.ts';
import { claimTasks } from '../../../src/jobs/provisioning/attempts/claim-tasks.ts';
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts';
import { insertRow, insertTask, sqlOf, unique } from '../../setup/rows.ts';

let database: TestDatabase;
let db: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  db = sqlOf(database.orm);
});
afterAll(() => database.drop());

async function claim(ids: readonly string[], from: Sql = db) {
  const claiming = claimTasks({
    tasks: ids.map((id) => ({ id, jobId: `job of ${id}` })),
    context: { host: 'here', trial: false },
  });
  return (await claiming.execute(from)).rows;
}

function attemptsOf(task: string): Promise<TaskAttempt[]> {
  return database.orm.em.fork().find(TaskAttempt, { task }, { orderBy: { executionAttempt: 'asc' } });
}

async function taskOf(id: string) {
  return db
    .selectFrom('account_task')
    .select(['status', 'next_attempt_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

describe('a claim', () => {
  test.for(['PENDING', 'RETRY', 'PROCESSING'] as const)('takes a task that is %s', async (status) => {
    const task = await insertTask(db, { status, next_attempt_at: new Date() });
    expect(await claim([task])).toEqual([{ taskId: task, executionAttempt: 1 }]);
    expect(await taskOf(task)).toEqual({ status: 'PROCESSING', next_attempt_at: null });
  });

  test.for<[TaskStatus]>([['WAITING'], ['UNCERTAIN'], ['COMPLETED'], ['FAILED'], ['CANCELLED']])(
    'leaves a task alone that is %s',
    async ([status]) => {
      const task = await insertTask(db, { status });
      expect(await claim([task])).toEqual([]);
      expect(await taskOf(task)).toMatchObject({ status });
      expect(await attemptsOf(task)).toEqual([]);
    },
  );

  test('takes the ready ones of many, and none that does not exist', async () => {
    const ready = await insertTask(db);
    const waiting = await insertTask(db, { status: 'WAITING' });
    const other = await insertTask(db, { status: 'RETRY' });
    const claimed = await claim([waiting, other, '999999999', ready]);
    expect(claimed.map(({ taskId }) => taskId).toSorted()).toEqual([ready, other].toSorted());
    expect(await claim([])).toEqual([]);
  });

  test('opens an attempt that says where it runs and for whom', async () => {
    const task = await insertTask(db, { system: 'WELINK' });
    await claim([task]);
    const [attempt] = await attemptsOf(task);
    expect(attempt).toMatchObject({ executionAttempt: 1, outcome: null, finishedAt: null });
    expect(attempt?.executionContext).toEqual({
      host: 'here',
      trial: false,
      job: `job of ${task}`,
      system: 'WELINK',
      personId: expect.stringMatching(/^\d+$/),
    });
  });

  test('numbers attempts after those that ended', async () => {
    const task = await insertTask(db, { status: 'RETRY' });
    for (const execution_attempt of [1, 2])
      await insertRow(db, 'task_attempt', {
        task_id: task,
        execution_attempt,
        outcome: 'RETRYABLE',
        finished_at: new Date(),
      });
    expect(await claim([task])).toEqual([{ taskId: task, executionAttempt: 3 }]);
    expect((await attemptsOf(task)).map(({ outcome }) => outcome)).toEqual(['RETRYABLE', 'RETRYABLE', null]);
  });

  test('closes the attempt of a worker that died as LOST, and only that', async () => {
    const task = await insertTask(db);
    const bystander = await insertTask(db);
    await claim([task, bystander]);
    expect(await claim([task])).toEqual([{ taskId: task, executionAttempt: 2 }]);
    const [lost, open] = await attemptsOf(task);
    expect(lost).toMatchObject({ outcome: 'LOST', errorCode: 'WORKER_LOST' });
    expect(lost?.finishedAt).toBeInstanceOf(Date);
    expect(open).toMatchObject({ outcome: null, finishedAt: null });
    expect(await attemptsOf(bystander)).toMatchObject([{ outcome: null }]);
  });

  test('of a task at the same moment by several workers leaves one open attempt', async () => {
    const task = await insertTask(db);
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => claim([task], sqlOf(database.orm))),
    );
    const attempts = await attemptsOf(task);
    expect(attempts.filter(({ finishedAt }) => finishedAt === null)).toHaveLength(1);
    expect(attempts.map(({ executionAttempt }) => executionAttempt)).toEqual(
      attempts.map((_, index) => index + 1),
    );
    const claimed = results.filter((result) => result.status === 'fulfilled' && result.value.length === 1);
    expect(claimed).toHaveLength(attempts.length);
  });

  test('of overlapping batches in different order does not end in a deadlock', async () => {
    const tasks = await Promise.all(
      Array.from({ length: 20 }, () => insertTask(db, { task_id: unique('T') })),
    );
    const results = await Promise.allSettled([
      claim(tasks, sqlOf(database.orm)),
      claim(tasks.toReversed(), sqlOf(database.orm)),
      claim(tasks, sqlOf(database.orm)),
    ]);
    const deadlocks = results.filter(
      (result) => result.status === 'rejected' && String(result.reason).includes('deadlock'),
    );
    expect(deadlocks).toEqual([]);
  });
});
