import { type ExecutionResult, parse, subscribe } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notifyChange } from '../../../src/jobs/kit/change-feed.ts';
import type { RequestScope } from '../../../src/schema/context/context.ts';
import { type OpenSchema, openSchema, seed } from '../../setup/schema-fixture.ts';

let api: OpenSchema;
const REQUEST = 'req_20261122_aaaaaaaaaaaa';
const document = parse(`subscription S($id: String!) { requestProgress(requestId: $id) {
  percent processedUsers completedUsers failedUsers round final changedItemCount etaSeconds
  changedItems { employeeNumber status } taskCounts { system status count }
  request { status progress completedUsers } } }`);

async function follow(id: string, contextValue: RequestScope = api.scope()) {
  return subscribe({ schema: api.schema, document, variableValues: { id }, contextValue });
}

async function events(id: string): Promise<AsyncGenerator<ExecutionResult>> {
  const stream = await follow(id);
  if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream));
  return stream;
}

async function nextOf(stream: AsyncGenerator<ExecutionResult>) {
  const { value, done } = await stream.next();
  if (done === true) return null;
  if (value.errors !== undefined) throw new AggregateError(value.errors, String(value.errors[0]?.message));
  return JSON.parse(JSON.stringify(value.data)).requestProgress;
}

beforeAll(async () => {
  api = await openSchema();
  await api.execute(seed);
});
afterAll(() => api.close());

describe('requestProgress', () => {
  it('is refused for an unknown request, and without signing in', async () => {
    for (const id of ['nope', 'a\0b'])
      expect(await follow(id)).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    expect(await follow(REQUEST, api.scope({ viewer: null }))).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it('shows the present state, each change, and the end exactly once', async () => {
    const stream = await events(REQUEST);
    const late = await events(REQUEST);
    expect(await nextOf(stream)).toMatchObject({
      percent: 66.66,
      processedUsers: 2,
      final: false,
      changedItemCount: 0,
      changedItems: [],
      request: { status: 'PROCESSING', progress: 66.66 },
    });

    const next = nextOf(stream);
    await api.execute(`
      update account_task set status = 'COMPLETED' where id = 3;
      update request_item set settled_count = 1, updated_at = clock_timestamp() where id = 2;`);
    await notifyChange(api.db, { request: REQUEST });
    expect(await next).toMatchObject({
      percent: 83.33,
      final: false,
      changedItemCount: 1,
      changedItems: [{ employeeNumber: 'P_2', status: 'TASK_CREATED' }],
    });

    await api.execute(`
      update request_item set status = 'COMPLETED', settled_count = 2, updated_at = clock_timestamp() where id = 2;
      update account_request set status = 'PARTIAL_FAILED', updated_at = clock_timestamp() where id = 1;`);
    await notifyChange(api.db, { request: REQUEST });
    expect(await nextOf(stream)).toMatchObject({
      percent: 100,
      completedUsers: 2,
      failedUsers: 1,
      final: true,
      etaSeconds: 0,
      changedItemCount: 1,
      request: { status: 'PARTIAL_FAILED', progress: 100, completedUsers: 2 },
    });
    expect(await nextOf(stream)).toBeNull();

    const seen = await nextOf(late);
    expect(seen).toMatchObject({ changedItemCount: 0 });
    await late.return(undefined);
  });

  it('of a request that has ended is one final event', async () => {
    const stream = await events(REQUEST);
    expect(await nextOf(stream)).toMatchObject({ percent: 100, final: true, changedItemCount: 0 });
    expect(await nextOf(stream)).toBeNull();
  });

  it('lets go while it waits', async () => {
    const stream = await events('req_20261122_bbbbbbbbbbbb');
    await nextOf(stream);
    const pending = stream.next();
    await stream.return(undefined);
    expect(await pending).toMatchObject({ done: true });
  });
});
