import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '../../../src/entities/transaction.ts';
import { bringForward } from '../../../src/jobs/kit/job.ts';
import { cancelRequest } from '../../../src/jobs/provisioning/requests/cancel-request.ts';
import { retryRequest, retryRequestJob } from '../../../src/jobs/provisioning/requests/retry-request.ts';
import { openTransaction, untilBlocked } from '../../setup/facts.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';

/** Two parts: a thousand people, and these ten. */
const PEOPLE = 1_010;
const LAST_PART = 10;

describe('a retry of more people than one transaction takes', () => {
  let bench: ProvisioningBench;
  beforeEach(async () => {
    bench = await ProvisioningBench.start({ settings: { task_processing_enabled: false } });
  });
  afterEach(() => bench.stop());

  /** What a request of IDAAS is like: how many items and tasks are in which state. */
  async function stateOf(id: string) {
    const { status, round, items, cancelled_at: cancelledAt } = await bench.request(id);
    const tasks = await bench.tasks(id);
    return {
      status,
      round,
      cancelled: cancelledAt !== null,
      items: counted(items.map((item) => `${item.status} ${item.settled_count}`)),
      tasks: counted(tasks.map((task) => task.status)),
    };
  }

  async function cancelledRequest() {
    const id = await bench.submit(
      Array.from({ length: PEOPLE }, () => ({})),
      { systems: ['IDAAS'] },
    );
    await bench.until('the tasks being planned', async () =>
      (await bench.tasks(id)).length === PEOPLE ? true : null,
    );
    const { request_id: requestId } = await bench.request(id);
    await cancelRequest(bench.context, { requestId });
    return { id, requestId };
  }

  /** Retries it, and ends the connection of its second part as the death of the process would. */
  async function retryHalf({ id, requestId }: { readonly id: string; readonly requestId: string }) {
    const other = await openTransaction(bench);
    await other.client.query(
      'select 1 from person where id = (select max(person_id) from request_item where request_id = $1) for update',
      [id],
    );
    const retrying = retryRequest(bench.context, { requestId, systems: null }).catch(
      (error: unknown) => error,
    );
    await untilBlocked(bench, 1);
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(bench.sql);
    expect(await retrying).toMatchObject({ code: '57P01' });
    await other.end();
  }

  /** Lets the job that was left for the rest run now, and waits for its end. */
  async function finishByJob() {
    await inTransaction(bench.context.em, async (tx) => {
      const { rows } = await sql<{ request: string }>`
        select data->>'request' as request from pgboss.job
        where name = ${retryRequestJob.name} and state = 'created'`.execute(tx);
      expect(rows).toHaveLength(1);
      await bringForward(tx, retryRequestJob, rows);
    });
    await bench.until('the end of the job', async () => {
      const { rows } = await sql`
        select 1 from pgboss.job where name = ${retryRequestJob.name} and state in ('created', 'active', 'retry')`.execute(
        bench.sql,
      );
      return rows.length === 0 ? true : null;
    });
  }

  it('goes part by part in one round, is finished by its job where it died, and begins nothing twice', async () => {
    const request = await cancelledRequest();
    const cancelled = {
      status: 'CANCELLED',
      cancelled: true,
      items: { 'CANCELLED 1': PEOPLE },
      tasks: { CANCELLED: PEOPLE },
    };
    expect(await stateOf(request.id)).toEqual({ ...cancelled, round: 1 });

    await retryHalf(request);
    const half = {
      status: 'PROCESSING',
      cancelled: false,
      // Open from the first part on: progress does not go back with the second.
      items: { 'TASK_CREATED 0': PEOPLE },
      tasks: { PENDING: PEOPLE - LAST_PART, CANCELLED: LAST_PART },
    };
    expect(await stateOf(request.id)).toEqual({ ...half, round: 2 });

    await cancelRequest(bench.context, { requestId: request.requestId });
    await finishByJob();
    expect(await stateOf(request.id)).toEqual({ ...cancelled, round: 2 });

    await retryHalf(request);
    expect(await stateOf(request.id)).toEqual({ ...half, round: 3 });
    await finishByJob();
    const open = { ...half, round: 3, tasks: { PENDING: PEOPLE } };
    expect(await stateOf(request.id)).toEqual(open);

    await cancelRequest(bench.context, { requestId: request.requestId });
    await retryHalf(request);
    // The same once more, by somebody who does not wait for the job: what is left, in the same round.
    const again = await retryRequest(bench.context, { requestId: request.requestId, systems: null });
    expect(again).toEqual({ id: request.id, requeuedTasks: LAST_PART, userErrors: [] });
    expect(await stateOf(request.id)).toEqual({ ...open, round: 4 });
    await finishByJob();
    expect(await stateOf(request.id)).toEqual({ ...open, round: 4 });
    const nothing = await retryRequest(bench.context, { requestId: request.requestId, systems: null });
    expect(nothing).toEqual({ id: request.id, requeuedTasks: 0, userErrors: [] });

    await bench.set('task_processing_enabled', true);
    expect(await bench.finished(request.id)).toMatchObject({ status: 'COMPLETED', round: 4 });
    expect(bench.sandbox.control.counts().applied['IDAAS create']).toBe(PEOPLE);
  });
});

function counted(values: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length]),
  );
}
