import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deadLetterOf, defineJob } from '../../src/jobs/kit/job.ts';
import { intakeRequestJob } from '../../src/jobs/provisioning/requests/intake-request.ts';
import { resolveUncertainJob, runTaskJob } from '../../src/jobs/provisioning/tasks/task-jobs.ts';
import { operatorOf } from '../setup/operator.ts';
import { ProvisioningBench } from '../setup/provisioning.ts';
import { findViolations } from './setup/invariants.ts';

const LIST = `query L($queue: String, $first: Int = 100, $after: String) {
  poisonMessages(first: $first, after: $after, queue: $queue) { totalCount pageInfo { endCursor hasNextPage }
    nodes { id queue tries readable error payload at } } }`;
const change = (name: string, type: string, count: string) =>
  `mutation M($input: ${type}Input!) { ${name}(input: $input) { count: ${count} userErrors { code path message } } }`;
const REDRIVE = change('redrivePoisonMessages', 'RedrivePoisonMessages', 'redriven');
const DISCARD = change('discardPoisonMessages', 'DiscardPoisonMessages', 'discarded');
const INTAKE = intakeRequestJob.name;
const RUN = runTaskJob('WELINK').name;

let bench: ProvisioningBench;
let ask: ReturnType<typeof operatorOf>;
beforeAll(async () => {
  bench = await ProvisioningBench.start();
  ask = operatorOf(bench);
});
afterAll(() => bench.stop());

async function list(queue: string | null = null) {
  return (await ask(LIST, { queue })).poisonMessages;
}

async function redrive(input: Readonly<Record<string, unknown>>, locale: 'EN' | 'ZH_CN' = 'EN') {
  return (await ask(REDRIVE, { input }, locale)).redrivePoisonMessages;
}

async function discard(input: Readonly<Record<string, unknown>>) {
  return (await ask(DISCARD, { input })).discardPoisonMessages;
}

/** Waits until so many messages stand in the dead letters. */
function poisoned(count: number) {
  return bench.until(`${count} poison messages`, async () => {
    const found = await list();
    // Counted and read one after the other.
    return found.totalCount === count && found.nodes.length === count ? found.nodes : null;
  });
}

describe('payloads that this version cannot read', () => {
  test('from every kind of lane are in their dead letters, shown without personal data', async () => {
    const { boss } = bench.core;
    const strange = {
      user: '张三丰',
      phone: '13800138000',
      task: 7,
      nested: { secret: 'x' },
      note: '阿'.repeat(99),
    };
    await boss.send(INTAKE, { requestNumber: 7 });
    await boss.send(RUN, strange);
    await boss.send(resolveUncertainJob('EMAIL').name, { task: '1', misses: 'many' });
    const nodes = await poisoned(3);
    expect(
      nodes.every(({ readable, tries }: { readable: boolean; tries: number }) => !readable && tries === 0),
    ).toBe(true);
    const [welink] = (await list(RUN)).nodes;
    expect(welink).toMatchObject({
      queue: RUN,
      error: expect.stringContaining('task: '),
      payload: { user: '张*', phone: '138****8000', task: 7, nested: 'object', note: 'text' },
    });
    expect(JSON.stringify(nodes)).not.toMatch(/张三丰|13800138000|secret/);
    expect(await list('nobody.knows')).toEqual({
      totalCount: 0,
      nodes: [],
      pageInfo: { endCursor: null, hasNextPage: false },
    });
    const first = (await ask(LIST, { first: 2 })).poisonMessages;
    const rest = (await ask(LIST, { first: 2, after: first.pageInfo.endCursor })).poisonMessages;
    expect([...first.nodes, ...rest.nodes]).toEqual(nodes);
    await expect(ask(LIST, { after: 'bm9uc2Vuc2U' })).rejects.toThrow('no cursor');
  });

  test('are refused with what is wrong, in both languages, and never lost', async () => {
    const [message] = (await list(RUN)).nodes;
    const refused = await redrive({ ids: [message.id, 'nonsense', '6f1b8a52-3c1d-4f0e-9a1e-0d5f2c7b9e11'] });
    expect(refused).toMatchObject({
      count: 0,
      userErrors: [
        { code: 'NOT_FOUND', path: ['ids', '1'] },
        { code: 'NOT_FOUND', path: ['ids', '2'] },
        { code: 'INVALID_STATE', path: ['ids', '0'], message: expect.stringContaining(`queue ${RUN}`) },
      ],
    });
    expect((await redrive({ queue: RUN }, 'ZH_CN')).userErrors).toMatchObject([
      { code: 'INVALID_STATE', path: ['queue'], message: expect.stringContaining('无法读取') },
    ]);
    expect(await redrive({})).toMatchObject({ userErrors: [{ code: 'REQUIRED' }] });
    expect(await redrive({ ids: [], queue: RUN })).toMatchObject({ userErrors: [{ code: 'INVALID' }] });
    expect(await redrive({ queue: 'nobody.knows' })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', path: ['queue'] }],
    });
    expect(await discard({ ids: Array.from({ length: 1_001 }, () => 'x') })).toMatchObject({
      userErrors: [{ code: 'TOO_MANY' }],
    });
    expect((await list()).totalCount).toBe(3);
  });

  test('are done once a version that reads them queues them again', async () => {
    // What an older version wrote into its dead letter, and this one reads: a request whose job never ran.
    const id = await bench.submit([{ employeeNumber: 'OLD-1' }], { systems: ['IDAAS'] });
    await bench.finished(id);
    await bench.core.boss.send(
      deadLetterOf(INTAKE),
      { request: id, by: 'a version before' },
      { singletonKey: id },
    );
    const [old] = (await list(INTAKE)).nodes.filter(({ readable }: { readable: boolean }) => readable);
    expect(await redrive({ ids: [old.id.toUpperCase()] })).toEqual({ count: 1, userErrors: [] });
    await poisoned(3);
    await bench.until('the job being done', async () => {
      const { rows } = await sql`
        select from pgboss.job where name = ${INTAKE} and singleton_key = ${id} and state = 'completed'
        having count(*) = 2`.execute(bench.sql);
      return rows.length === 1 ? true : null;
    });
  });

  test('whose work is queued already wait, twice the same once, and two who redrive at once move each once', async () => {
    await bench.set('account_creation_enabled', false);
    const { boss } = bench.core;
    await boss.send(RUN, { task: '900001' }, { singletonKey: '900001' });
    for (const task of ['900001', '900002', '900002'])
      await boss.send(deadLetterOf(RUN), { task }, { singletonKey: task });
    const answers = await Promise.all([redrive({ queue: RUN }), redrive({ queue: RUN })]);
    expect(answers.reduce((sum, { count }) => sum + count, 0)).toBe(1);
    for (const { userErrors } of answers)
      expect(userErrors.map(({ message }: { message: string }) => message).join()).toMatch(/running already/);
    expect((await list(RUN)).totalCount).toBe(3);
    await bench.set('account_creation_enabled', true);
    await bench.until('the queue being empty', async () => {
      const { rows } = await sql`select from pgboss.job where name = ${RUN} and state <= 'active'`.execute(
        bench.sql,
      );
      return rows.length === 0 ? true : null;
    });
    // Now the way is free.
    expect((await redrive({ queue: RUN })).count).toBeGreaterThanOrEqual(1);
  });

  test('can be discarded, by id or by queue', async () => {
    const [message, ...others] = (await list()).nodes;
    expect(await discard({ ids: [message.id] })).toEqual({ count: 1, userErrors: [] });
    expect(await discard({ ids: [message.id] })).toMatchObject({
      count: 0,
      userErrors: [{ code: 'NOT_FOUND' }],
    });
    for (const queue of new Set(others.map((other: { queue: string }) => other.queue)))
      expect((await discard({ queue })).userErrors).toEqual([]);
    expect((await list()).totalCount).toBe(0);
  });
});

test('a job on which the program fails until its retries run out is shown with its error, and counted', async () => {
  const { boss } = bench.core;
  const id = await bench.submit([{ employeeNumber: 'BUG-1' }], { systems: ['IDAAS'] });
  await bench.finished(id);
  await sql`update request_item set status = 'PENDING', settled_count = 0 where request_id = ${id}::bigint`.execute(
    bench.sql,
  );
  await sql`update account_request set status = 'PENDING' where id = ${id}::bigint`.execute(bench.sql);
  // A defect of the program, planted where intake reads: it fails whatever it does with a job of this key.
  await sql`create function defect() returns trigger language plpgsql as $$ begin
    raise exception '张三丰 13800138000 broke it'; end $$`.execute(bench.sql);
  await sql`create trigger defect before insert or update on request_item for each statement execute function defect()`.execute(
    bench.sql,
  );
  await boss.send(INTAKE, { request: id }, { singletonKey: id, retryLimit: 1 });
  const [message] = await poisoned(1);
  expect(message).toMatchObject({ queue: INTAKE, tries: 2, readable: true, payload: { request: id } });
  expect(message.error).toContain('张* 138****8000 broke it');
  const { overview } = await ask('{ overview { deadLetters { queue count } reasons { code whatToDo } } }');
  expect(overview).toMatchObject({ deadLetters: [{ queue: deadLetterOf(INTAKE), count: 1 }] });
  expect(JSON.stringify(overview.reasons)).toContain('redrivePoisonMessages');

  await sql`drop trigger defect on request_item`.execute(bench.sql);
  expect(await redrive({ queue: INTAKE })).toEqual({ count: 1, userErrors: [] });
  await poisoned(0);
  await bench.finished(id);
  await bench.until('the queue being empty', async () => {
    const { rows } = await sql`select from pgboss.job where name = ${INTAKE} and state <= 'active'`.execute(
      bench.sql,
    );
    return rows.length === 0 ? true : null;
  });
  expect(await findViolations(bench, { processes: 1 })).toEqual([]);
});

test('what is wrong with a payload is said without its values', () => {
  const { problemOf } = defineJob({ name: 'x', payload: runTaskJob('EMAIL').payload, key: () => 'x' });
  expect(problemOf({ task: '1' })).toBeNull();
  expect(problemOf({ task: 13_800_138_000 })).not.toContain('13800138000');
  expect(problemOf(null)).toContain('payload');
});
