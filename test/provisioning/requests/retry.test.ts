import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { retryTask } from '../../../src/jobs/provisioning/corrections/retry-task.ts';
import { cancelRequest } from '../../../src/jobs/provisioning/requests/cancel-request.ts';
import { retryRequest } from '../../../src/jobs/provisioning/requests/retry-request.ts';
import { taskOf, untilOutcome } from '../../setup/facts.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';

describe('trying again', () => {
  let bench: ProvisioningBench;
  beforeEach(async () => {
    bench = await ProvisioningBench.start();
  });
  afterEach(() => bench.stop());

  const retry = async (id: string, systems: readonly string[] | null = null) => {
    const { request_id: requestId } = await bench.request(id);
    return await retryRequest(bench.context, { requestId, systems });
  };
  const planned = (id: string, count: number) =>
    bench.until('the tasks being planned', async () => {
      const tasks = await bench.tasks(id);
      return tasks.length === count ? tasks : null;
    });
  const refuse = (system: 'IDAAS' | 'WELINK' | 'EMAIL') =>
    bench.sandbox.control.addFault({ system, fault: 'refuse' });

  it('is not for a request that is completed, and nothing where nothing failed', async () => {
    const done = await bench.submit([{}]);
    const before = await bench.finished(done);
    expect(await retry(done)).toMatchObject({ requeuedTasks: 0, userErrors: [{ code: 'INVALID_STATE' }] });
    expect(await bench.request(done)).toEqual(before);
    const missing = await bench.submit([{}], { systems: ['WELINK'] });
    const failed = await bench.finished(missing);
    expect(await retry(missing)).toEqual({ id: missing, requeuedTasks: 0, userErrors: [] });
    expect(await bench.request(missing)).toEqual(failed);
  });

  it('adds one round for everybody who is revived, and re-opens the request', async () => {
    await bench.set('task_processing_enabled', true);
    const users = Array.from({ length: 3 }, () => ({ departmentCode: 'NOWHERE' }));
    const id = await bench.submit([...users, {}]);
    expect(await bench.finished(id)).toMatchObject({ status: 'PARTIAL_FAILED', round: 1 });
    await bench.set('task_processing_enabled', false);
    expect(await retry(id)).toMatchObject({ requeuedTasks: 3 });
    expect(await bench.request(id)).toMatchObject({ status: 'PROCESSING', round: 2, completed_at: null });
    expect(await retry(id)).toMatchObject({ requeuedTasks: 0, userErrors: [] });
    expect(await bench.request(id)).toMatchObject({ status: 'PROCESSING', round: 2 });
    await bench.set('task_processing_enabled', true);
    expect(await bench.finished(id)).toMatchObject({ status: 'PARTIAL_FAILED', round: 2 });
  });

  it('concerns only the systems that were named', async () => {
    await bench.set('account_creation_max_retries', 0);
    await bench.set('account_dependencies', { IDAAS: [], WELINK: [], EMAIL: [] });
    const faults = [await refuse('WELINK'), await refuse('EMAIL')];
    const id = await bench.submit([{}]);
    await bench.finished(id);
    for (const fault of faults) await bench.sandbox.control.removeFaults(fault.id);
    expect(await retry(id, ['EMAIL'])).toMatchObject({ requeuedTasks: 1 });
    expect(await bench.finished(id)).toMatchObject({ status: 'FAILED', round: 2 });
    expect((await bench.tasks(id)).map((task) => task.status)).toEqual(['COMPLETED', 'COMPLETED', 'FAILED']);
  });

  it('makes a task due that waits for its next attempt, with a fresh allowance', async () => {
    await bench.set('account_creation_retry_delays_seconds', [3_600]);
    await bench.set('account_creation_max_retries', 1);
    const fault = await refuse('EMAIL');
    const id = await bench.submit([{}], { systems: ['IDAAS', 'EMAIL'] });
    await untilOutcome(bench, id, { outcome: 'RETRYABLE' });
    const task = await taskOf(bench, id, { system: 'EMAIL' });
    expect(task).toMatchObject({ status: 'RETRY', max_attempts: 2 });
    await bench.sandbox.control.removeFaults(fault.id);
    expect(await retryTask(bench.context, { taskId: task.task_id })).toEqual({ id: task.id, userErrors: [] });
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    expect((await taskOf(bench, id, { system: 'EMAIL' })).max_attempts).toBe(3);
  });

  it('counts every attempt so far when it allows more', async () => {
    await bench.set('account_creation_max_retries', 0);
    const id = await bench.submit([{ departmentCode: 'NOWHERE' }], { systems: ['IDAAS'] });
    await bench.finished(id);
    await bench.set('account_creation_max_retries', 4);
    await bench.sql
      .updateTable('person')
      .set({
        departments: JSON.stringify([{ department_code: 'D001', partner_company: null, country: '中国' }]),
      })
      .execute();
    await bench.set('account_creation_retry_delays_seconds', [3_600]);
    const fault = await refuse('IDAAS');
    await retry(id);
    await untilOutcome(bench, id, { outcome: 'RETRYABLE' });
    const { task_id: taskId, max_attempts: allowed } = await taskOf(bench, id, { system: 'IDAAS' });
    expect(allowed).toBe(1 + 1 + 4);
    await bench.set('task_processing_enabled', false);
    await retryTask(bench.context, { taskId });
    expect(await taskOf(bench, id, { system: 'IDAAS' })).toMatchObject({
      max_attempts: 2 + 1 + 4,
      outcomes: ['REJECTED', 'RETRYABLE'],
    });
    await bench.sandbox.control.removeFaults(fault.id);
  });

  it('runs a task at once that was cancelled while it waited for its next attempt', async () => {
    await bench.set('account_creation_retry_delays_seconds', [3_600]);
    const fault = await refuse('IDAAS');
    const id = await bench.submit([{}], { systems: ['IDAAS'] });
    await untilOutcome(bench, id, { outcome: 'RETRYABLE' });
    await bench.sandbox.control.removeFaults(fault.id);
    const { request_id: requestId } = await bench.request(id);
    await cancelRequest(bench.context, { requestId });
    expect((await bench.request(id)).status).toBe('CANCELLED');
    const { task_id: taskId } = await taskOf(bench, id, { system: 'IDAAS' });
    expect(await retryTask(bench.context, { taskId })).toMatchObject({ userErrors: [] });
    expect(await bench.finished(id)).toMatchObject({ status: 'COMPLETED', round: 2 });
  });

  it('runs an account at once that a new request wants of a task waiting for its next attempt', async () => {
    await bench.set('account_creation_retry_delays_seconds', [3_600]);
    const fault = await refuse('IDAAS');
    const id = await bench.submit([{ employeeNumber: 'AGAIN' }], { systems: ['IDAAS'] });
    await untilOutcome(bench, id, { outcome: 'RETRYABLE' });
    const { request_id: requestId } = await bench.request(id);
    await cancelRequest(bench.context, { requestId });
    await bench.sandbox.control.removeFaults(fault.id);
    const again = await bench.submit([{ employeeNumber: 'AGAIN' }], { systems: ['IDAAS'] });
    expect((await bench.finished(again)).status).toBe('COMPLETED');
  });

  it('is refused for a task in any other state', async () => {
    await bench.set('task_processing_enabled', false);
    const id = await bench.submit([{}]);
    for (const task of await planned(id, 3)) {
      expect(await retryTask(bench.context, { taskId: task.task_id })).toMatchObject({
        id: task.id,
        userErrors: [
          { code: 'INVALID_STATE', path: ['taskId'], parameters: { id: task.task_id, status: task.status } },
        ],
      });
    }
    await bench.sandbox.control.addFault({ system: 'IDAAS', operation: 'create', fault: 'hang' });
    await bench.set('task_processing_enabled', true);
    await bench.sandbox.control.whenCalled({ system: 'IDAAS', operation: 'create', count: 1 });
    const running = await taskOf(bench, id, { system: 'IDAAS' });
    expect(await retryTask(bench.context, { taskId: running.task_id })).toMatchObject({
      userErrors: [{ parameters: { status: 'PROCESSING' } }],
    });
    bench.sandbox.control.release();
    await bench.finished(id);
    expect(await retryTask(bench.context, { taskId: running.task_id })).toMatchObject({
      userErrors: [{ parameters: { status: 'COMPLETED' } }],
    });
    expect(await retryTask(bench.context, { taskId: 'none' })).toMatchObject({
      id: null,
      userErrors: [{ code: 'NOT_FOUND' }],
    });
  });

  it('joins the task that another request has open for the same account', async () => {
    await bench.set('account_creation_max_retries', 0);
    const fault = await refuse('IDAAS');
    const first = await bench.submit([{ employeeNumber: 'JOINT' }], { systems: ['IDAAS'] });
    await bench.finished(first);
    await bench.sandbox.control.removeFaults(fault.id);
    await bench.set('task_processing_enabled', false);
    const second = await bench.submit([{ employeeNumber: 'JOINT' }], { systems: ['IDAAS'] });
    const [open] = await planned(second, 1);
    const { task_id: taskId } = await taskOf(bench, first, { system: 'IDAAS' });
    expect(await retryTask(bench.context, { taskId })).toEqual({ id: open?.id, userErrors: [] });
    expect(await bench.tasks(first)).toHaveLength(2);
    expect(await bench.request(first)).toMatchObject({ status: 'PROCESSING', round: 2, completed_at: null });
    await bench.set('task_processing_enabled', true);
    expect(await bench.finished(first)).toMatchObject({ status: 'COMPLETED', round: 2 });
    expect(await bench.finished(second)).toMatchObject({ status: 'COMPLETED', round: 1 });
    expect(bench.sandbox.control.ledger({ system: 'IDAAS', operation: 'create' })).toHaveLength(1);
  });
});
