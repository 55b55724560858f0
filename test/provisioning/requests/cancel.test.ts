import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '../../../src/entities/transaction.ts';
import { enqueue } from '../../../src/jobs/kit/job.ts';
import { cancelRequest, cancelRequestJob } from '../../../src/jobs/provisioning/requests/cancel-request.ts';
import { retryRequest } from '../../../src/jobs/provisioning/requests/retry-request.ts';
import { openTransaction, taskOf, untilBlocked, untilOutcome, upstreamOf } from '../../setup/facts.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';

describe('a request that is cancelled', () => {
  let bench: ProvisioningBench;
  beforeEach(async () => {
    bench = await ProvisioningBench.start({ worker: false });
  });
  afterEach(() => bench.stop());

  const cancel = async (id: string) => {
    const { request_id: requestId } = await bench.request(id);
    return await cancelRequest(bench.context, { requestId });
  };
  const planned = (id: string, count: number) =>
    bench.until('the tasks being planned', async () => {
      const tasks = await bench.tasks(id);
      return tasks.length === count ? tasks : null;
    });

  it('before intake ends at once, and nothing is made of it', async () => {
    const id = await bench.submit([{}, {}]);
    expect(await cancel(id)).toEqual({ id, userErrors: [] });
    const cancelled = await bench.request(id);
    expect(cancelled).toMatchObject({
      status: 'CANCELLED',
      round: 1,
      items: [
        { status: 'CANCELLED', settled_count: 3 },
        { status: 'CANCELLED', settled_count: 3 },
      ],
    });
    expect(cancelled.completed_at).not.toBeNull();
    await bench.startWorker();
    await bench.finished(await bench.submit([{}]));
    expect(await bench.tasks(id)).toEqual([]);
    expect(await bench.request(id)).toEqual(cancelled);
  });

  it('stops what is not in flight, leaves what another request wants, and ends with what is in flight', async () => {
    await bench.set('max_concurrency_idaas', 1);
    const { control } = bench.sandbox;
    await control.addFault({ system: 'IDAAS', operation: 'create', match: 'IN-FLIGHT', fault: 'hang' });
    await bench.startWorker();
    const mine = await bench.submit([
      { employeeNumber: 'IN-FLIGHT' },
      { employeeNumber: 'SHARED' },
      { employeeNumber: 'MINE' },
    ]);
    await control.whenCalled({ system: 'IDAAS', operation: 'create', count: 1 });
    const other = await bench.submit([{ employeeNumber: 'SHARED' }]);
    await planned(other, 3);

    await cancel(mine);
    expect(await bench.request(mine)).toMatchObject({
      status: 'PROCESSING',
      items: [{ status: 'TASK_CREATED' }, { status: 'CANCELLED' }, { status: 'CANCELLED' }],
    });
    expect((await bench.tasks(mine)).map((task) => [task.employee_number, task.system, task.status])).toEqual(
      [
        ['IN-FLIGHT', 'EMAIL', 'CANCELLED'],
        ['IN-FLIGHT', 'IDAAS', 'PROCESSING'],
        ['IN-FLIGHT', 'WELINK', 'CANCELLED'],
        ['SHARED', 'EMAIL', 'WAITING'],
        ['SHARED', 'IDAAS', 'PENDING'],
        ['SHARED', 'WELINK', 'WAITING'],
        ['MINE', 'EMAIL', 'CANCELLED'],
        ['MINE', 'IDAAS', 'CANCELLED'],
        ['MINE', 'WELINK', 'CANCELLED'],
      ],
    );
    expect(await cancel(mine)).toEqual({ id: mine, userErrors: [] });

    control.release();
    expect((await bench.finished(other)).status).toBe('COMPLETED');
    expect(await bench.finished(mine)).toMatchObject({
      status: 'CANCELLED',
      round: 1,
      items: [{ status: 'CANCELLED' }, { status: 'CANCELLED' }, { status: 'CANCELLED' }],
    });
    expect(await taskOf(bench, mine, { system: 'IDAAS', number: 'IN-FLIGHT' })).toMatchObject({
      status: 'COMPLETED',
      outcomes: ['CREATED'],
    });
    expect(upstreamOf(bench, 'IN-FLIGHT')).toMatchObject({ welink: null, email: null });
    expect(upstreamOf(bench, 'MINE').idaas).toBeNull();
    const final = await bench.request(mine);
    expect(await cancel(mine)).toEqual({ id: mine, userErrors: [] });
    expect(await bench.request(mine)).toEqual(final);
  });

  it('waits for a lost answer, which is recorded', async () => {
    await bench.startWorker();
    const { control } = bench.sandbox;
    await control.addFault({ system: 'IDAAS', operation: 'create', fault: 'answer-lost' });
    await control.addFault({ system: 'IDAAS', operation: 'find', fault: 'hang' });
    const id = await bench.submit([{}]);
    await untilOutcome(bench, id, { outcome: 'UNCERTAIN' });
    await control.whenCalled({ system: 'IDAAS', operation: 'find', count: 1 });
    await cancel(id);
    expect((await bench.request(id)).status).toBe('PROCESSING');
    control.release();
    expect((await bench.finished(id)).status).toBe('CANCELLED');
    expect(await taskOf(bench, id, { system: 'IDAAS' })).toMatchObject({
      status: 'COMPLETED',
      outcomes: ['UNCERTAIN', 'ADOPTED'],
    });
  });

  it('keeps items that failed before', async () => {
    await bench.startWorker();
    await bench.finished(await bench.submit([{ employeeNumber: 'HAS-IDAAS' }], { systems: ['IDAAS'] }));
    const { control } = bench.sandbox;
    await control.addFault({ system: 'WELINK', operation: 'create', fault: 'hang' });
    const id = await bench.submit([{ employeeNumber: 'HAS-IDAAS' }, { employeeNumber: 'HAS-NOT' }], {
      systems: ['WELINK'],
    });
    await control.whenCalled({ system: 'WELINK', operation: 'create', count: 1 });
    await cancel(id);
    control.release();
    expect(await bench.finished(id)).toMatchObject({
      status: 'PARTIAL_FAILED',
      round: 1,
      items: [{ status: 'COMPLETED' }, { status: 'FAILED', error_code: 'DEPENDENCY_MISSING' }],
    });
  });

  it('fails a request that waits for its account and wants none itself', async () => {
    await bench.set('task_processing_enabled', false);
    await bench.startWorker();
    const both = await bench.submit([{ employeeNumber: 'BASE' }], { systems: ['IDAAS'] });
    await planned(both, 1);
    const waiting = await bench.submit([{ employeeNumber: 'BASE' }], { systems: ['WELINK'] });
    await planned(waiting, 1);
    expect((await bench.request(waiting)).status).toBe('PROCESSING');
    await cancel(both);
    expect(await bench.request(waiting)).toMatchObject({
      status: 'FAILED',
      items: [
        {
          error_code: 'DEPENDENCY_MISSING',
          error_parameters: { employeeNumber: 'BASE', dependency: 'IDAAS' },
        },
      ],
    });
  });

  it('cannot be, once it is over otherwise', async () => {
    await bench.startWorker();
    const done = await bench.submit([{}]);
    const failed = await bench.submit([{ departmentCode: 'NOWHERE' }]);
    for (const id of [done, failed]) {
      const before = await bench.finished(id);
      expect(await cancel(id)).toMatchObject({
        id,
        userErrors: [{ code: 'INVALID_STATE', path: ['requestId'], parameters: { status: before.status } }],
      });
      expect(await bench.request(id)).toEqual(before);
    }
    expect(await cancelRequest(bench.context, { requestId: 'req_none' })).toMatchObject({
      id: null,
      userErrors: [{ code: 'NOT_FOUND' }],
    });
  });

  it('during intake loses no person', async () => {
    await bench.set('task_processing_enabled', false);
    const id = await bench.submit([{}, {}]);
    const other = await openTransaction(bench);
    await other.client.query('select 1 from account_request where id = $1 for update', [id]);
    await bench.startWorker();
    await untilBlocked(bench, 1);
    const cancelling = cancel(id);
    await untilBlocked(bench, 2);
    await other.end();
    await cancelling;
    expect(await bench.finished(id)).toMatchObject({
      status: 'CANCELLED',
      items: [{ status: 'CANCELLED' }, { status: 'CANCELLED' }],
    });
  });

  it('comes to life by a retry, wherever it had stopped', async () => {
    await bench.set('request_task_creation_enabled', false);
    await bench.startWorker();
    const id = await bench.submit([{}]);
    await bench.until('the item being synced', async () =>
      (await bench.request(id)).items[0]?.status === 'SYNCED' ? true : null,
    );
    await cancel(id);
    const { request_id: requestId, status } = await bench.request(id);
    expect(status).toBe('CANCELLED');
    await bench.set('request_task_creation_enabled', true);
    await retryRequest(bench.context, { requestId, systems: null });
    const request = await bench.finished(id);
    expect(request).toMatchObject({ status: 'COMPLETED', round: 2, cancelled_at: null });
  });

  it('of more people than one transaction takes is cancelled in parts, and by its job where the call has ended', async () => {
    await bench.set('task_processing_enabled', false);
    const people = Array.from({ length: 1_010 }, () => ({}));
    const id = await bench.submit(people, { systems: ['IDAAS'] });
    const left = await bench.submit(people, { systems: ['IDAAS'] });
    await bench.startWorker();
    await Promise.all([planned(id, people.length), planned(left, people.length)]);
    const statesOf = async (request: string) => {
      const { status, items } = await bench.request(request);
      return { status, items: [...new Set(items.map((item) => item.status))] };
    };
    expect(await cancel(id)).toEqual({ id, userErrors: [] });
    const done = { status: 'CANCELLED', items: ['CANCELLED'] };
    expect(await statesOf(id)).toEqual(done);
    expect((await bench.tasks(id)).every((task) => task.status === 'CANCELLED')).toBe(true);
    expect(await statesOf(left)).toEqual({ status: 'PROCESSING', items: ['TASK_CREATED'] });
    // What a process leaves that is killed after its first transaction.
    await inTransaction(bench.context.em, async (tx) => {
      await sql`update account_request set cancelled_at = clock_timestamp() where id = ${left}::bigint`.execute(
        tx,
      );
      await enqueue({ tx, boss: bench.core.boss }, cancelRequestJob, [{ payload: { request: left } }]);
    });
    await bench.finished(left);
    expect(await statesOf(left)).toEqual(done);
  });
});
