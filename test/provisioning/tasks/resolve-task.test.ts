import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveTask, type TaskSettlement } from '../../../src/jobs/provisioning/corrections/resolve-task.ts';
import { cancelRequest } from '../../../src/jobs/provisioning/requests/cancel-request.ts';
import { sweepJob } from '../../../src/jobs/provisioning/tasks/sweep-job.ts';
import { findViolations } from '../../faults/setup/invariants.ts';
import { liveJobs, taskOf, upstreamOf } from '../../setup/facts.ts';
import { endLeases } from '../../setup/leases.ts';
import { operatorOf } from '../../setup/operator.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';

const RESOLVE = `mutation M($input: ResolveTaskInput!) { resolveTask(input: $input) {
  task { status explanation nextAttemptAt result lastError { code message fixBy } attempts { executionAttempt outcome } }
  userErrors { code message path } } }`;
const NOTHING = { identifier: null, remoteId: null, reason: null, attempt: null } as const;

let bench: ProvisioningBench;
let ask: ReturnType<typeof operatorOf>;
beforeAll(async () => {
  bench = await ProvisioningBench.start({ worker: false, upstreamTimeoutSeconds: 30 });
  // WeLink, and what mail waits for, at a system that can neither be searched nor refuses a second account.
  await bench.set('account_dependencies', { IDAAS: [], WELINK: [], EMAIL: ['IDAAS', 'WELINK'] });
  await bench.startWorker({
    sabotage: (connector) => {
      if (connector.system !== 'WELINK') return connector;
      const { findAccount: _, ...blind } = connector;
      return { ...blind, guardsCreate: false };
    },
  });
  ask = operatorOf(bench);
});
afterAll(() => bench.stop());

async function resolve(input: Readonly<Record<string, unknown>>, locale: 'EN' | 'ZH_CN' = 'EN') {
  return (await ask(RESOLVE, { input }, locale)).resolveTask;
}

/** Submits somebody whose account at WeLink gets no answer; resolves when the task waits for a person. */
async function lost(number: string, fault: 'answer-lost' | 'reset') {
  await bench.sandbox.control.addFault({ system: 'WELINK', operation: 'create', match: number, fault });
  const id = await bench.submit([{ employeeNumber: number }]);
  return { id, task: await waiting(id) };
}

function waiting(id: string) {
  return bench.until('the task waiting for a person', async () => {
    const task = (await bench.tasks(id)).find(({ system }) => system === 'WELINK');
    return task?.error_code === 'UNCERTAIN_UNRESOLVABLE' ? task : null;
  });
}

function createsOf(number: string): number {
  return bench.sandbox.control.ledger({ system: 'WELINK', operation: 'create', key: number }).length;
}

describe('a task whose answer was lost at a system that can neither be searched nor refuses duplicates', () => {
  test('waits, says so in both languages, and is left alone by the sweep', async () => {
    const { id, task } = await lost('WAIT-1', 'answer-lost');
    const read = async (locale: 'EN' | 'ZH_CN') =>
      (
        await ask(
          'query Q($id: String!) { task(taskId: $id) { status nextAttemptAt explanation } }',
          { id: task.task_id },
          locale,
        )
      ).task;
    expect(await read('EN')).toMatchObject({ status: 'UNCERTAIN', nextAttemptAt: null });
    expect((await read('EN')).explanation).toMatch(/WAIT-1 was sent to WELINK.*resolveTask/);
    expect((await read('ZH_CN')).explanation).toMatch(/工号 WAIT-1.*resolveTask/);
    await bench.core.boss.send(sweepJob.name, {}, { singletonKey: 'sweep' });
    await bench.until('the sweep being over', async () =>
      (await liveJobs(bench, sweepJob.name)).length === 0 ? true : null,
    );
    await bench.until('the probe being over', async () =>
      (await liveJobs(bench, 'provisioning.resolve-uncertain.welink')).length === 0 ? true : null,
    );
    expect((await taskOf(bench, id, { system: 'WELINK' })).status).toBe('UNCERTAIN');
    expect(createsOf('WAIT-1')).toBe(1);

    // Another's account, and whatever else does not fit, changes nothing.
    await bench.finished(await bench.submit([{ employeeNumber: 'OTHER-1' }], { systems: ['WELINK'] }));
    const taskId = task.task_id;
    const refused = async (input: Readonly<Record<string, unknown>>) =>
      (await resolve({ taskId, ...input })).userErrors;
    expect(await refused({ outcome: 'EXISTS' })).toMatchObject([{ code: 'REQUIRED', path: ['identifier'] }]);
    expect(await refused({ outcome: 'GIVE_UP', reason: ' ' })).toMatchObject([
      { code: 'REQUIRED', path: ['reason'] },
    ]);
    expect(await refused({ outcome: 'SEND_AGAIN', identifier: 'x', reason: 'y' })).toMatchObject([
      { code: 'INVALID', path: ['identifier'] },
      { code: 'INVALID', path: ['reason'] },
    ]);
    expect(await refused({ outcome: 'EXISTS', identifier: 'a\u0000b' })).toMatchObject([{ code: 'INVALID' }]);
    expect(await refused({ outcome: 'EXISTS', identifier: 'x'.repeat(321) })).toMatchObject([
      { code: 'TOO_LONG' },
    ]);
    expect(await refused({ outcome: 'EXISTS', identifier: 'other-1' })).toMatchObject([
      { code: 'IDENTIFIER_TAKEN', path: ['identifier'], message: expect.stringContaining('WAIT-1') },
    ]);
    expect(await refused({ outcome: 'SEND_AGAIN', attempt: 7 })).toMatchObject([
      { code: 'VERSION_CONFLICT', path: ['attempt'], message: expect.stringContaining('attempt 7') },
    ]);
    expect(await resolve({ taskId: 'NOBODY_WELINK_00000000', outcome: 'SEND_AGAIN' })).toMatchObject({
      task: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['taskId'] }],
    });
    expect((await bench.request(id)).status).toBe('PROCESSING');

    // It exists: the account is ours, what waited for it goes on, the request ends.
    const settled = await resolve({
      taskId,
      outcome: 'EXISTS',
      identifier: 'WAIT-1',
      remoteId: 'w-1',
      attempt: 1,
    });
    expect(settled).toMatchObject({
      userErrors: [],
      task: {
        status: 'COMPLETED',
        explanation: null,
        lastError: null,
        result: { outcome: 'LINKED', identifier: 'WAIT-1', remoteId: 'w-1' },
      },
    });
    expect(await bench.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect((await taskOf(bench, id, { system: 'EMAIL' })).status).toBe('COMPLETED');
    expect(createsOf('WAIT-1')).toBe(1);
    expect(await refused({ outcome: 'GIVE_UP', reason: 'late' })).toMatchObject([
      { code: 'INVALID_STATE', path: ['taskId'], message: expect.stringContaining('COMPLETED') },
    ]);
    expect((await resolve({ taskId, outcome: 'SEND_AGAIN' }, 'ZH_CN')).userErrors[0].message).toContain(
      '未作更改',
    );
  });

  test('is sent again when a person says that it does not exist; lost again, it waits again', async () => {
    const { id, task } = await lost('AGAIN-1', 'reset');
    await bench.sandbox.control.addFault({
      system: 'WELINK',
      operation: 'create',
      match: 'AGAIN-1',
      fault: 'reset',
    });
    expect(await resolve({ taskId: task.task_id, outcome: 'SEND_AGAIN', attempt: 1 })).toMatchObject({
      userErrors: [],
    });
    await bench.until('the second attempt', () => Promise.resolve(createsOf('AGAIN-1') === 2 ? true : null));
    const again = await waiting(id);
    expect(again.outcomes).toEqual(['UNCERTAIN', 'UNCERTAIN']);
    // What was seen before the second attempt says nothing about it.
    expect(await resolve({ taskId: task.task_id, outcome: 'SEND_AGAIN', attempt: 1 })).toMatchObject({
      userErrors: [{ code: 'VERSION_CONFLICT' }],
    });
    expect(await resolve({ taskId: task.task_id, outcome: 'SEND_AGAIN', attempt: 2 })).toMatchObject({
      userErrors: [],
    });
    expect(await bench.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(upstreamOf(bench, 'AGAIN-1').welink).not.toBeNull();
  });

  test('fails for the reason a person gives, and a retry asks a person again instead of sending blindly', async () => {
    const { id, task } = await lost('LEFT-1', 'reset');
    const { taskId } = { taskId: task.task_id };
    const given = await resolve({ taskId, outcome: 'GIVE_UP', reason: 'has left' });
    expect(given).toMatchObject({
      userErrors: [],
      task: { status: 'FAILED', lastError: { code: 'GIVEN_UP', fixBy: 'OPERATOR' } },
    });
    expect(given.task.lastError.message).toMatch(/admin gave it up: has left/);
    expect(await bench.finished(id)).toMatchObject({ status: 'FAILED', items: [{ error_code: 'GIVEN_UP' }] });
    const retry = 'mutation M($id: String!) { retryTask(input: { taskId: $id }) { userErrors { code } } }';
    expect((await ask(retry, { id: taskId })).retryTask).toEqual({ userErrors: [] });
    await waiting(id);
    expect(createsOf('LEFT-1')).toBe(1);
    await resolve({ taskId, outcome: 'SEND_AGAIN' });
    expect(await bench.finished(id)).toMatchObject({ status: 'COMPLETED', round: 2 });
  });

  test('is not sent again after a worker died in the middle', async () => {
    await bench.sandbox.control.addFault({
      system: 'WELINK',
      operation: 'create',
      match: 'DIED-1',
      fault: 'hang',
      apply: true,
    });
    const called = bench.sandbox.control.whenCalled({
      system: 'WELINK',
      operation: 'create',
      key: 'DIED-1',
      count: 1,
    });
    const id = await bench.submit([{ employeeNumber: 'DIED-1' }], { systems: ['WELINK'] });
    await called;
    // Its lease ends while the answer is out: the job is taken anew, which closes the attempt as LOST.
    await endLeases(bench, 'provisioning.run-task.welink');
    const task = await waiting(id);
    expect(task.outcomes).toEqual(['LOST', 'UNCERTAIN']);
    bench.sandbox.control.release();
    expect(createsOf('DIED-1')).toBe(1);
    await resolve({ taskId: task.task_id, outcome: 'EXISTS', identifier: 'DIED-1' });
    expect((await bench.finished(id)).status).toBe('COMPLETED');
  });

  test('two operators at once, and a probe beside them: one settles it, the others are refused', async () => {
    const { id, task } = await lost('TWICE-1', 'reset');
    const settle = (outcome: Pick<TaskSettlement, 'outcome'> & Partial<TaskSettlement>) =>
      resolveTask(bench.context, { ...NOTHING, taskId: task.task_id, ...outcome });
    const answers = await Promise.all([
      settle({ outcome: 'GIVE_UP', reason: 'one' }),
      settle({ outcome: 'SEND_AGAIN' }),
      settle({ outcome: 'GIVE_UP', reason: 'two' }),
      settle({ outcome: 'EXISTS', identifier: 'TWICE-1' }),
    ]);
    const losers = answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
    expect(losers).toEqual(['INVALID_STATE', 'INVALID_STATE', 'INVALID_STATE']);
    // Whoever said that it exists was right, as far as the ledger goes.
    if (answers[3]?.userErrors.length === 0)
      bench.sandbox.control.putAccount({ system: 'WELINK', key: 'TWICE-1' });
    await bench.finished(id);
  });

  test('a request that was cancelled is not sent again', async () => {
    const { id, task } = await lost('GONE-1', 'reset');
    const { request_id: requestId } = await bench.request(id);
    await cancelRequest(bench.context, { requestId });
    const { task: settled } = await resolve({ taskId: task.task_id, outcome: 'SEND_AGAIN' });
    expect(settled.status).toBe('CANCELLED');
    expect(await bench.finished(id)).toMatchObject({ status: 'CANCELLED' });
    expect(createsOf('GONE-1')).toBe(1);
  });

  test('leaves every invariant whole, and its successes count for the circuit', async () => {
    // Between the lost answers accounts were made: a probe that says nothing must not hide that.
    const { rows } = await sql`
      select from system_state where system = 'WELINK' and circuit = 'CLOSED' and last_success_at is not null`.execute(
      bench.sql,
    );
    expect(rows).toHaveLength(1);
    expect(await findViolations(bench, { processes: 1 })).toEqual([]);
  });
});
