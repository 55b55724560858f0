import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { examples } from '../../console/src/graphiql/examples.ts';
import { createSchema } from '../../src/schema/index.ts';

import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { allOf, type ProgressEvent } from '../setup/portal.ts';

const DEADLINE = { timeout: 60_000, interval: 20 };

let bench: ApiBench;
beforeAll(async () => {
  bench = await ApiBench.start();
});
afterAll(() => bench.stop());

function expectSteady(events: readonly ProgressEvent[]): void {
  for (const key of ['percent', 'processedUsers', 'completedUsers'] as const) {
    const values = events.map((event) => event[key]);
    expect(values, key).toEqual(values.toSorted((a, b) => a - b));
  }
  expect(new Set(events.map(({ round }) => round)).size).toBe(1);
  expect(events.map(({ final }) => final)).toEqual([...events.slice(1).map(() => false), true]);
}

describe('on a fresh installation', () => {
  const systems = ['IDAAS', 'WELINK', 'EMAIL'].map((system) => ({
    system,
    displayName: { zh: system, en: system },
  }));

  test('the examples of GraphiQL run as they stand, one after the other', async () => {
    const schema = createSchema({ systems });
    let requestId = '';
    for (const { query } of [...examples.ZH_CN, ...examples.EN]) {
      expect(validate(schema, parse(query))).toEqual([]);
      expect(query.split('\n')[0]).toMatch(/^# \d\. /);
    }
    for (const { query, variables } of examples.EN) {
      if (query.includes('subscription')) {
        const last = await bench.portal.finished(requestId);
        expect(last).toMatchObject({ completedUsers: 2, request: { status: 'COMPLETED' } });
        continue;
      }
      const { status, body } = await bench.portal.post({ query, variables });
      expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined });
      for (const payload of Object.values(body.data))
        expect(Object(payload)).toMatchObject('userErrors' in Object(payload) ? { userErrors: [] } : {});
      requestId ||= body.data.createAccounts.request.requestId;
    }
    const [create] = examples.ZH_CN;
    const again = await bench.portal.read(create?.query ?? '', create?.variables);
    expect(again.createAccounts).toMatchObject({ replayed: true, request: { requestId } });
  });
});

describe('300 people, of whom some cannot be served', () => {
  const PEOPLE = 300;
  let requestId: string;
  beforeAll(async () => {
    await bench.portal.mapDepartments(['D001']);
    const batch = batchOf(PEOPLE);
    batch.userList.forEach((user, index) => {
      if (index % 5 === 0) user.departmentCode = 'D404';
      // A landline: no WeLink account.
      if (index % 5 === 1) user.phoneNumber = `010-${60_000_000 + index}`;
    });
    for (const system of ['IDAAS', 'WELINK', 'EMAIL'] as const)
      await bench.sandbox.control.addFault({
        system,
        operation: 'create',
        fault: 'answer-lost',
        probability: 0.05,
        times: 'forever',
      });
    requestId = await bench.portal.submit(batch);
  });

  test('are followed by several subscribers who never see it go back, and see one end', async () => {
    const streams = await Promise.all([
      allOf(bench.portal.watch(requestId, 'websocket')),
      allOf(bench.portal.watch(requestId, 'sse')),
      reconnecting(requestId),
    ]);
    for (const events of streams) {
      expectSteady(events);
      expect(events.at(-1)).toMatchObject({
        percent: 100,
        totalUsers: PEOPLE,
        processedUsers: PEOPLE,
        completedUsers: 180,
        failedUsers: 120,
        request: { status: 'PARTIAL_FAILED' },
      });
    }
    await bench.sandbox.control.removeFaults();
  });

  test('are gone on with in a new round when what was missing is there', async () => {
    const mapped = await bench.portal.mapDepartments(['D404']);
    expect(mapped).toMatchObject({ created: 1, releasedTasks: expect.any(Number) });
    expect(mapped.releasedTasks).toBeGreaterThanOrEqual(60);
    const events = await allOf(bench.portal.watch(requestId));
    expectSteady(events);
    expect(events.at(-1)).toMatchObject({ round: 2, completedUsers: 240, failedUsers: 60 });
  });

  test('are filtered by state, error and text', async () => {
    const { request } = await bench.portal.read(
      `query Q($id: String!) { request(requestId: $id) {
        itemCounts { status count } errorSummary { system code count fixBy }
        failed: items(first: 1, status: [FAILED]) { totalCount }
        landlines: items(last: 500, errorCode: ["PHONE_NOT_MOBILE"]) { totalCount nodes { position } } } }`,
      { id: requestId },
    );
    expect(request).toMatchObject({
      itemCounts: [
        { status: 'COMPLETED', count: 240 },
        { status: 'FAILED', count: 60 },
      ],
      errorSummary: [{ system: 'WELINK', code: 'PHONE_NOT_MOBILE', count: 60, fixBy: 'CALLER' }],
      failed: { totalCount: 60 },
      landlines: { totalCount: 60 },
    });
  });

  /** A portal whose connection is lost after the first event and comes back. */
  async function reconnecting(id: string): Promise<ProgressEvent[]> {
    const seen: ProgressEvent[] = [];
    for await (const event of bench.portal.watch(id)) {
      seen.push(event);
      break;
    }
    seen.push(...(await allOf(bench.portal.watch(id))));
    return seen;
  }
});

describe('changing one’s mind', () => {
  const CANCEL = `mutation M($id: String!) { cancelRequest(input: { requestId: $id }) { request { requestId status }
    userErrors { code path } } }`;
  const RETRY = `mutation M($id: String!, $systems: [AccountSystem!]) { retryRequest(input: { requestId: $id, systems: $systems }) {
    request { requestId status round } requeuedTasks userErrors { code path } } }`;
  const RETRY_TASK = `mutation M($id: String!) { retryTask(input: { taskId: $id }) { task { taskId status }
    userErrors { code path } } }`;

  async function tasksOf(requestId: string) {
    const { tasks } = await bench.portal.read(
      'query Q($id: String!) { tasks(first: 100, filter: { requestId: $id }) { nodes { taskId system status } } }',
      { id: requestId },
    );
    return tasks.nodes;
  }

  test('a cancelled request ends cancelled, once what was sent is answered, and a retry completes it', async () => {
    const { control } = bench.sandbox;
    await bench.portal.mapDepartments(['D001']);
    await control.addFault({ system: 'IDAAS', operation: 'create', fault: 'hang', apply: false });
    const batch = batchOf(1);
    const called = control.whenCalled({
      system: 'IDAAS',
      operation: 'create',
      key: batch.userList[0]?.employeeNumber,
      count: 1,
    });
    const id = await bench.portal.submit(batch);
    await called;
    const { cancelRequest } = await bench.portal.read(CANCEL, { id });
    expect(cancelRequest).toEqual({
      request: { requestId: id, status: 'PROCESSING' },
      userErrors: [],
    });
    control.release();
    expect((await bench.portal.finished(id)).request.status).toBe('CANCELLED');
    expect((await bench.portal.read(CANCEL, { id })).cancelRequest).toEqual({
      request: { requestId: id, status: 'CANCELLED' },
      userErrors: [],
    });
    const statuses = (await tasksOf(id)).map((task: { status: string }) => task.status).toSorted();
    expect(statuses).toEqual(['CANCELLED', 'CANCELLED', 'COMPLETED']);

    const { retryRequest } = await bench.portal.read(RETRY, { id });
    expect(retryRequest).toMatchObject({ requeuedTasks: 2, request: { round: 2 }, userErrors: [] });
    expect(await bench.portal.finished(id)).toMatchObject({ round: 2, request: { status: 'COMPLETED' } });
    expect((await bench.portal.read(RETRY, { id })).retryRequest).toMatchObject({
      requeuedTasks: 0,
      userErrors: [{ code: 'INVALID_STATE', path: ['requestId'] }],
    });
    expect((await bench.portal.read(CANCEL, { id })).cancelRequest.userErrors).toEqual([
      { code: 'INVALID_STATE', path: ['requestId'] },
    ]);
  });

  test('retryTask retries a failed task alone, and refuses a completed one', async () => {
    const { control } = bench.sandbox;
    await bench.portal.mapDepartments(['D001']);
    await control.addFault({
      system: 'IDAAS',
      operation: 'create',
      fault: 'business-error',
      code: '4711',
      message: 'no',
    });
    const id = await bench.portal.submit(batchOf(1));
    expect((await bench.portal.finished(id)).request.status).toBe('FAILED');
    const task = (await tasksOf(id)).find(({ status }: { status: string }) => status === 'FAILED');
    const { retryTask } = await bench.portal.read(RETRY_TASK, { id: task.taskId });
    expect(retryTask).toMatchObject({ task: { taskId: task.taskId }, userErrors: [] });
    expect(await bench.portal.finished(id)).toMatchObject({ round: 2, request: { status: 'COMPLETED' } });
    expect((await bench.portal.read(RETRY_TASK, { id: task.taskId })).retryTask).toEqual({
      task: { taskId: task.taskId, status: 'COMPLETED' },
      userErrors: [{ code: 'INVALID_STATE', path: ['taskId'] }],
    });
  });

  test('a request can be retried for one system', async () => {
    const { control } = bench.sandbox;
    await bench.portal.mapDepartments(['D001']);
    const fault = { operation: 'create', fault: 'business-error', code: '4711', message: 'no' } as const;
    await control.addFault({ ...fault, system: 'WELINK' });
    await control.addFault({ ...fault, system: 'EMAIL' });
    const id = await bench.portal.submit(batchOf(1));
    expect((await bench.portal.finished(id)).request.status).toBe('FAILED');
    const { retryRequest } = await bench.portal.read(RETRY, { id, systems: ['WELINK'] });
    expect(retryRequest).toMatchObject({ requeuedTasks: 1, userErrors: [] });
    await vi.waitUntil(async () => {
      const { request } = await bench.portal.read(
        'query Q($id: String!) { request(requestId: $id) { status round } }',
        { id },
      );
      return request.status === 'FAILED' && request.round === 2;
    }, DEADLINE);
    const bySystem = (await tasksOf(id)).map(({ system, status }: { system: string; status: string }) => [
      system,
      status,
    ]);
    expect(Object.fromEntries(bySystem)).toEqual({
      IDAAS: 'COMPLETED',
      WELINK: 'COMPLETED',
      EMAIL: 'FAILED',
    });
  });

  test('an unknown request is NOT_FOUND', async () => {
    const missing = { userErrors: [{ code: 'NOT_FOUND', path: ['requestId'] }] };
    expect((await bench.portal.read(CANCEL, { id: 'req_x' })).cancelRequest).toMatchObject(missing);
    expect((await bench.portal.read(RETRY, { id: '' })).retryRequest).toMatchObject(missing);
    expect((await bench.portal.read(RETRY_TASK, { id: 'x' })).retryTask).toEqual({
      task: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['taskId'] }],
    });
  });
});
