import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiBench } from './setup/api.ts';
import { batchOf } from './setup/batch.ts';

let bench: ApiBench;
let requestId = '';
beforeAll(async () => {
  bench = await ApiBench.start();
  await bench.portal.mapDepartments(['D001']);
  const batch = batchOf(6);
  batch.userList.forEach((user, index) => {
    user.departmentCode = index === 0 ? 'D404' : 'D001';
  });
  requestId = await bench.portal.submit(batch);
  await bench.portal.finished(requestId);
});
afterAll(() => bench.stop());

describe('what the console asks beside what callers ask', () => {
  test('viewer: who the key belongs to and what it permits', async () => {
    const { viewer } = await bench.portal.read('{ viewer { principal scopes originSystems expiresAt } }');
    expect(viewer).toEqual({ principal: 'admin', scopes: ['admin'], originSystems: null, expiresAt: null });
  });

  test('a Setting has a group and the schema of its value', async () => {
    const { settings } = await bench.portal.read(
      '{ settings(keys: ["hr_sync_interval_minutes", "max_concurrency_email"]) { key group schema } }',
    );
    expect(settings).toMatchObject([
      { group: 'schedules', schema: { type: 'integer', minimum: 1 } },
      { group: 'systems', schema: { type: 'integer' } },
    ]);
  });

  test('tasks are found by id, origin and whose turn it is, and counted by the same filter', async () => {
    const query = `query ($filter: TaskFilter) {
      tasks(first: 50, filter: $filter) { nodes { taskId lastError { fixBy } } }
      taskCounts(filter: $filter) { status count }
    }`;
    const mine = await bench.portal.read(query, { filter: { fixBy: ['OPERATOR'] } });
    expect(mine.tasks.nodes).toMatchObject([{ lastError: { fixBy: 'OPERATOR' } }]);
    expect(mine.taskCounts).toEqual([{ status: 'FAILED', count: 1 }]);
    expect((await bench.portal.read(query, { filter: { fixBy: ['UPSTREAM_OWNER'] } })).taskCounts).toEqual(
      [],
    );
    const [{ taskId }] = mine.tasks.nodes;
    expect(
      (await bench.portal.read(query, { filter: { taskIds: [taskId, 'other'] } })).tasks.nodes,
    ).toHaveLength(1);
    const { originSystems } = await bench.portal.read('{ originSystems }');
    expect(originSystems).toHaveLength(1);
    const ofOrigin = await bench.portal.read(query, { filter: { originSystem: originSystems[0] } });
    expect(ofOrigin.tasks.nodes).toHaveLength(18);
    expect((await bench.portal.read(query, { filter: { originSystem: 'OTHER' } })).tasks.nodes).toEqual([]);
  });

  test('requests are found by a part of their key or id, and by what went wrong', async () => {
    const query =
      'query ($filter: RequestFilter) { requests(first: 5, filter: $filter) { nodes { requestId } } }';
    const found = async (filter: object) => (await bench.portal.read(query, { filter })).requests.nodes;
    expect(await found({ search: requestId.slice(-6).toUpperCase() })).toEqual([{ requestId }]);
    expect(await found({ search: 'no such%' })).toEqual([]);
    expect(await found({ errorCode: ['DEPARTMENT_UNMAPPED'] })).toEqual([{ requestId }]);
    expect(await found({ errorCode: ['PHONE_NOT_MOBILE'] })).toEqual([]);
  });

  test('activity counts attempts by hour and system', async () => {
    const { activity } = await bench.portal.read(
      '{ activity(hours: 2) { hour system done failed retried } }',
    );
    const done = activity.filter(({ system }: { system: string }) => system === 'IDAAS');
    expect(done.reduce((sum: number, entry: { done: number }) => sum + entry.done, 0)).toBe(5);
  });

  test('departments without a mapping are named with how many people wait', async () => {
    const { unmappedDepartments } = await bench.portal.read(
      '{ unmappedDepartments { departmentCode people } }',
    );
    expect(unmappedDepartments).toEqual([{ departmentCode: 'D404', people: 1 }]);
  });

  test('a system is paused with a reason, beside the others, and goes on', async () => {
    const mutation = `mutation ($input: PauseSystemInput!) {
      pauseSystem(input: $input) { system { code paused { reason } } userErrors { code path } }
    }`;
    const pause = async (input: object) => (await bench.portal.read(mutation, { input })).pauseSystem;
    expect((await pause({ system: 'WELINK', reason: 'upgrade' })).userErrors).toEqual([]);
    expect((await pause({ system: 'EMAIL', reason: 'moving' })).userErrors).toEqual([]);
    const paused = async () =>
      (await bench.portal.read('{ settings(keys: ["paused_systems"]) { value } }')).settings[0].value;
    expect(await paused()).toMatchObject([{ system: 'WELINK' }, { system: 'EMAIL' }]);
    expect((await pause({ system: 'WELINK' })).userErrors).toEqual([]);
    expect(await paused()).toMatchObject([{ system: 'EMAIL', reason: 'moving' }]);
    expect((await pause({ system: 'EMAIL' })).userErrors).toEqual([]);
  });
});
