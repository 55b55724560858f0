import { parse, subscribe } from 'graphql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../src/entities/transaction.ts';
import { allAreas } from '../../src/jobs/index.ts';
import { takeJobs } from '../../src/jobs/kit/job.ts';
import { syncPeopleJob } from '../../src/jobs/provisioning/hr-sync/sync-people-job.ts';
import { cancelRun } from '../../src/jobs/runs/cancel-run.ts';
import {
  awaitConfirmation,
  finishRun,
  openRun,
  recordProgress,
  storeRunItems,
  takeUpRun,
} from '../../src/jobs/runs/run-record.ts';
import { type RunStart, startRun } from '../../src/jobs/runs/start-run.ts';
import { type OpenSchema, openSchema } from '../setup/schema-fixture.ts';

let api: OpenSchema;
beforeEach(async () => {
  api = await openSchema({ jobs: [syncPeopleJob] });
});
afterEach(() => api.close());

const plan: RunStart = {
  kind: 'HR_SYNC',
  scope: '',
  mode: 'RUN',
  trigger: 'MANUAL_TASK',
  options: { full: true },
  createdBy: 'admin',
  displayTimeZone: 'Asia/Shanghai',
  steps: [{ key: 'people', parentKey: null }],
};

function start(change: Partial<RunStart> = {}) {
  return inTransaction(api.services.em, (tx) => startRun(tx, { ...plan, ...change }));
}

/** One piece of work at a run, as a job does it. */
function advance(id: string, done: number, total: number) {
  return inTransaction(api.services.em, async (tx) => {
    const run = await openRun(tx, id, 'people');
    if (run === null) return false;
    await recordProgress(tx, run, { done, total, failed: 0, checkpoint: { page: done }, summary: { done } });
    return true;
  });
}

function finish(id: string, status: 'COMPLETED' | 'FAILED') {
  return inTransaction(api.services.em, async (tx) => {
    const run = await openRun(tx, id, 'people');
    if (run !== null) await finishRun(tx, run, { status });
  });
}

const RUN =
  '{ runId kind mode trigger status progress summary createdBy error finishedAt steps { key name status done total } }';

describe('starting', () => {
  test('many at once begin one run; the others join it', async () => {
    const started = await Promise.all(Array.from({ length: 8 }, () => start()));
    expect(new Set(started.map((run) => run.runId)).size).toBe(1);
    expect(started.filter((run) => !run.joined)).toHaveLength(1);
    expect(started[0]?.runId).toMatch(/^run_\d{8}_[0-9a-f]{12}$/);
  });

  test('is possible again when the run before has ended, and beside one of another scope', async () => {
    const first = await start();
    expect((await start({ scope: 'other' })).joined).toBe(false);
    await finish(first.id, 'FAILED');
    const second = await start();
    expect(second).toMatchObject({ joined: false });
    expect(second.runId).not.toBe(first.runId);
  });

  test('a dry run neither joins nor is joined', async () => {
    const dry = await start({ mode: 'DRY_RUN' });
    const real = await start();
    const another = await start({ mode: 'DRY_RUN' });
    expect([dry, real, another].map((run) => run.joined)).toEqual([false, false, false]);
    expect(new Set([dry, real, another].map((run) => run.runId)).size).toBe(3);
  });
});

describe('working', () => {
  test('shows progress, and goes on at the checkpoint when it is taken up again', async () => {
    const { id, runId } = await start();
    const query = `query ($runId: String!) { run(runId: $runId) ${RUN} }`;
    expect((await api.read(query, { runId })).run).toMatchObject({ status: 'RUNNING', progress: null });
    await inTransaction(api.services.em, (tx) => takeUpRun(tx, id, 'people'));
    await advance(id, 1, 4);
    const again = await inTransaction(api.services.em, (tx) => takeUpRun(tx, id, 'people'));
    expect(again?.step.checkpoint).toEqual({ page: 1 });
    expect((await api.read(query, { runId })).run).toMatchObject({
      progress: 25,
      summary: { done: 1 },
      steps: [{ key: 'people', name: 'Read and store people', status: 'RUNNING', done: 1, total: 4 }],
    });
    await finish(id, 'COMPLETED');
    expect(await advance(id, 2, 4)).toBe(false);
    expect((await api.read(query, { runId })).run).toMatchObject({
      status: 'COMPLETED',
      progress: 100,
      finishedAt: expect.any(String),
      steps: [{ status: 'COMPLETED' }],
    });
  });

  test('a run that breaks off again and again without getting further is given up', async () => {
    const { id, runId } = await start();
    const takeUp = () => inTransaction(api.services.em, (tx) => takeUpRun(tx, id, 'people'));
    for (let count = 0; count < 10; count += 1) expect(await takeUp()).not.toBeNull();
    expect(await takeUp()).toBeNull();
    const { run } = await api.read(`{ run(runId: "${runId}") { status error steps { status error } } }`);
    expect(run.status).toBe('FAILED');
    expect(run.error).toContain(runId);
    expect(run.steps).toEqual([{ status: 'FAILED', error: run.error }]);
  });

  test('records that were refused can be read page by page', async () => {
    const { id, runId } = await start();
    await inTransaction(api.services.em, async (tx) => {
      const run = await openRun(tx, id, 'people');
      if (run === null) throw new Error('not open');
      const items = ['E1', 'E2', 'E3'].map((key) => ({
        key,
        outcome: 'SKIPPED' as const,
        error: { code: 'HR_FIELD_MISSING', parameters: { key, field: 'fullName' } },
        payload: { personId: key },
      }));
      await storeRunItems(tx, run, items);
    });
    const { run } = await api.read(
      `{ run(runId: "${runId}") { items(first: 2) { totalCount pageInfo { hasNextPage }
        nodes { key outcome errorCode message(locale: EN) details } } } }`,
    );
    expect(run.items).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    expect(run.items.nodes[0]).toEqual({
      key: 'E1',
      outcome: 'SKIPPED',
      errorCode: 'HR_FIELD_MISSING',
      message: expect.stringContaining('fullName'),
      details: { personId: 'E1' },
    });
  });
});

describe('cancelling', () => {
  const CANCEL = `mutation ($runId: String!) { cancelRun(input: { runId: $runId }) { run { status } userErrors { code path } } }`;

  test('stops the run before its next piece of work', async () => {
    const { id, runId } = await start();
    await advance(id, 1, 4);
    expect((await api.read(CANCEL, { runId })).cancelRun).toEqual({
      run: { status: 'RUNNING' },
      userErrors: [],
    });
    expect(await advance(id, 2, 4)).toBe(false);
    const { run } = await api.read(`{ run(runId: "${runId}") { status summary steps { status } } }`);
    expect(run).toEqual({ status: 'CANCELLED', summary: { done: 1 }, steps: [{ status: 'CANCELLED' }] });
    expect((await start()).joined).toBe(false);
  });

  test('of a run that ended is refused, of one that was cancelled changes nothing, of none is not found', async () => {
    const first = await start();
    await finish(first.id, 'COMPLETED');
    expect((await api.read(CANCEL, { runId: first.runId })).cancelRun.userErrors).toEqual([
      { code: 'INVALID_STATE', path: ['runId'] },
    ]);
    const second = await start();
    await cancelRun({ ...api.services, kinds: allAreas.runKinds }, second);
    await advance(second.id, 1, 1);
    expect((await api.read(CANCEL, { runId: second.runId })).cancelRun).toEqual({
      run: { status: 'CANCELLED' },
      userErrors: [],
    });
    for (const runId of ['run_none', 'run\0'])
      expect((await api.read(CANCEL, { runId })).cancelRun).toMatchObject({
        run: null,
        userErrors: [{ code: 'NOT_FOUND' }],
      });
  });
});

/** Stops a run for a confirmation, as its job does. */
function ask(id: string) {
  return inTransaction(api.services.em, async (tx) => {
    const run = await openRun(tx, id, 'people');
    if (run === null) throw new Error('not open');
    const items = ['E1', 'E2'].map((key) => ({ key, outcome: 'PENDING' as const, error: null, payload: {} }));
    await storeRunItems(tx, run, items);
    await awaitConfirmation(tx, run, { count: 2, limit: 1 });
  });
}

async function control(name: string, runId: string, more = '') {
  const answer = await api.read(
    `mutation ($runId: String!) { ${name}(input: { runId: $runId ${more} }) { joined
      run { status finishedAt confirmedBy confirmedAt rejectedBy rejectedAt rejectionReason steps { status done } }
      userErrors { code path message } } }`,
    { runId },
  );
  return answer[name];
}

const queued = async () =>
  (await takeJobs(api.services.boss, syncPeopleJob.name, { limit: 10 })).map((job) => job.data);

describe('waiting for a person', () => {
  test('shows what it is about, lives on so that others join it, and goes on when confirmed, once', async () => {
    const { id, runId } = await start();
    await ask(id);
    expect(await advance(id, 1, 2)).toBe(false);
    expect((await start()).runId).toBe(runId);
    const { run } =
      await api.read(`{ run(runId: "${runId}") { status summary confirmationRequestedAt finishedAt
      items(first: 5, outcome: [PENDING]) { nodes { key } } skipped: items(first: 5, outcome: [SKIPPED]) { totalCount } } }`);
    expect(run).toEqual({
      status: 'AWAITING_CONFIRMATION',
      summary: { confirmation: { count: 2, limit: 1 } },
      confirmationRequestedAt: expect.any(String),
      finishedAt: null,
      items: { nodes: [{ key: 'E1' }, { key: 'E2' }] },
      skipped: { totalCount: 0 },
    });
    const answers = await Promise.all([control('confirmRun', runId), control('confirmRun', runId)]);
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toMatchObject([
      { run: { status: 'RUNNING', confirmedBy: 'admin', confirmedAt: expect.any(String), rejectedBy: null } },
    ]);
    expect(answers.flatMap(({ userErrors }) => userErrors)).toMatchObject([{ code: 'INVALID_STATE' }]);
    expect(await queued()).toEqual([{ run: id, round: 2 }]);
    const taken = await inTransaction(api.services.em, (tx) => takeUpRun(tx, id, 'people'));
    expect(taken).toMatchObject({ confirmed: true });
  });

  test('ends when it is rejected, says who and why, and stays rejected', async () => {
    const { id, runId } = await start();
    await ask(id);
    for (const [reason, code] of [
      ['x'.repeat(1_001), 'TOO_LONG'],
      ['a\u0000b', 'INVALID'],
    ])
      expect(await control('rejectRun', runId, `reason: ${JSON.stringify(reason)}`)).toMatchObject({
        userErrors: [{ code, path: ['reason'] }],
      });
    expect(await control('rejectRun', runId, 'reason: " not  today "')).toMatchObject({
      run: { status: 'CANCELLED', rejectedBy: 'admin', rejectionReason: 'not today', confirmedBy: null },
      userErrors: [],
    });
    for (const name of ['confirmRun', 'rejectRun', 'resumeRun'])
      expect(await control(name, runId)).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] });
    expect((await control('resumeRun', runId)).userErrors[0].message).toContain('rejected by admin');
    expect(await queued()).toEqual([]);
    expect((await start()).joined).toBe(false);
  });
});

describe('going on', () => {
  test('a run that failed or was cancelled is resumed at its checkpoint, unless another one is live', async () => {
    const { id, runId } = await start();
    await advance(id, 1, 4);
    expect(await control('resumeRun', runId)).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] });
    await finish(id, 'FAILED');
    const other = await start();
    const refused = await control('resumeRun', runId);
    expect(refused).toMatchObject({ run: { status: 'FAILED' }, userErrors: [{ code: 'INVALID_STATE' }] });
    expect(refused.userErrors[0].message).toContain(other.runId);
    await cancelRun({ ...api.services, kinds: allAreas.runKinds }, other);
    await advance(other.id, 1, 1);

    expect(await control('resumeRun', runId)).toMatchObject({
      run: { status: 'RUNNING', finishedAt: null, steps: [{ status: 'PENDING', done: 1 }] },
      userErrors: [],
    });
    expect(await queued()).toContainEqual({ run: id, round: 2 });
    const taken = await inTransaction(api.services.em, (tx) => takeUpRun(tx, id, 'people'));
    expect(taken?.step.checkpoint).toEqual({ page: 1 });
    await finish(id, 'COMPLETED');
    expect(await control('resumeRun', runId)).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] });
    // Cancelled in the middle, and cancelled no more when it goes on.
    expect(await control('resumeRun', other.runId)).toMatchObject({ run: { status: 'RUNNING' } });
    expect(await advance(other.id, 1, 1)).toBe(true);
  });

  test('records of a source are not retried alone, and an unknown run is NOT_FOUND', async () => {
    const { id, runId } = await start();
    expect(await control('retryFailedItems', runId)).toMatchObject({
      userErrors: [{ code: 'INVALID_STATE' }],
    });
    await finish(id, 'COMPLETED');
    const refused = await control('retryFailedItems', runId);
    expect(refused).toMatchObject({ run: { status: 'COMPLETED' }, userErrors: [{ code: 'INVALID_STATE' }] });
    expect(refused.userErrors[0].message).toContain('the next sync takes them');
    for (const name of ['confirmRun', 'rejectRun', 'resumeRun', 'retryFailedItems'])
      for (const unknown of ['run_none', 'run\0'])
        expect(await control(name, unknown)).toMatchObject({
          run: null,
          userErrors: [{ code: 'NOT_FOUND', path: ['runId'] }],
        });
  });

  test('steps and records go with their run', async () => {
    const { id } = await start();
    await ask(id);
    await api.execute(`delete from sync_run where id = ${id}`);
    for (const table of ['run_step', 'run_item'] as const)
      expect(await api.db.selectFrom(table).selectAll().execute()).toEqual([]);
  });
});

describe('reading', () => {
  test('runs are listed newest first and found by kind, state and mode, and by node', async () => {
    const first = await start();
    await finish(first.id, 'COMPLETED');
    const second = await start({ kind: 'TASK_CREATION' });
    const dry = await start({ mode: 'DRY_RUN' });
    const list = async (filter: string) => {
      const { runs } = await api.read(`{ runs(first: 10, filter: { ${filter} }) { nodes { runId } } }`);
      return runs.nodes.map(({ runId }: { runId: string }) => runId);
    };
    expect(await list('')).toEqual([dry.runId, second.runId, first.runId]);
    expect(await list('kind: [HR_SYNC], mode: RUN')).toEqual([first.runId]);
    expect(await list('status: [RUNNING]')).toEqual([dry.runId, second.runId]);
    expect(await list('status: []')).toEqual([]);
    expect(await list('createdBy: "admin", kind: [TASK_CREATION]')).toEqual([second.runId]);
    expect(await list('createdBy: "nobody"')).toEqual([]);
    const { run } = await api.read(`{ run(runId: "${first.runId}") { id } }`);
    const { node } = await api.read(`{ node(id: "${run.id}") { __typename id } }`);
    expect(node).toEqual({ __typename: 'SyncRun', id: run.id });
  });

  test('runProgress shows a run at once, its changes and its end', async () => {
    const { id, runId } = await start();
    const follow = (wanted: string) =>
      subscribe({
        schema: api.schema,
        document: parse('subscription ($runId: String!) { runProgress(runId: $runId) { status summary } }'),
        variableValues: { runId: wanted },
        contextValue: api.scope(),
      });
    expect(await follow('run_none')).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    const events = await follow(runId);
    if (!(Symbol.asyncIterator in events)) throw new Error('no stream');
    const seen: unknown[] = [];
    for await (const event of events) {
      seen.push(event.data?.['runProgress']);
      if (seen.length === 1) await advance(id, 1, 2);
      if (seen.length === 2) await finish(id, 'COMPLETED');
    }
    expect(seen).toMatchObject([
      { status: 'RUNNING', summary: {} },
      { status: 'RUNNING', summary: { done: 1 } },
      { status: 'COMPLETED' },
    ]);
  });
});
