import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readTaskFacts } from '../../../src/jobs/provisioning/attempts/task-facts.ts';
import type { FaultInput } from '../../../src/sandbox/playing/faults.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';
import { systemState, untilCircuit, wakeWorkers } from '../../setup/system-state.ts';
import { findViolations } from '../setup/invariants.ts';
import { findResourceViolations, type Resources, readResources } from '../setup/resources.ts';

const PEOPLE = 4;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

let bench: ProvisioningBench;
let before: Resources;
let expiredTokens = 0;
const placed: string[] = [];
beforeAll(async () => {
  bench = await ProvisioningBench.start({
    upstreamTimeoutSeconds: 1,
    settings: {
      account_dependencies: { IDAAS: [], WELINK: [], EMAIL: ['IDAAS'] },
      visibility_retry_seconds: 1,
    },
  });
  await bench.finished(await bench.submit([{}]));
  before = await readResources(bench.sql);
});
afterAll(() => bench.stop());

const submit = (people = PEOPLE) => bench.submit(Array.from({ length: people }, () => ({})));

/** The request once it is final; meanwhile every pause and every trial of a circuit is due at once. */
async function finishedAtOnce(id: string) {
  return bench.until(`request ${id} becoming final`, async () => {
    await sql`update system_state set throttled_until = least(throttled_until, clock_timestamp()),
      next_trial_at = least(next_trial_at, clock_timestamp())`.execute(bench.sql);
    for (const system of ['IDAAS', 'WELINK', 'EMAIL']) await wakeWorkers(bench, system);
    const request = await bench.request(id);
    return request.completed_at === null ? null : request;
  });
}

async function expectIntact(): Promise<void> {
  await bench.sandbox.control.removeFaults();
  expect(await findViolations(bench, { processes: 1, placed, expiredTokens })).toEqual([]);
}

type Row = readonly [string, Omit<FaultInput, 'system'>];
const breaks: readonly Row[] = [
  ['hangs', { fault: 'hang' }],
  ['hangs after it has done it', { fault: 'hang', apply: true }],
  ['answers a burst of 500', { fault: 'status', status: 500, times: 6 }],
  ['resets the connection before the body', { fault: 'reset' }],
  ['resets the connection when all is done', { fault: 'answer-lost' }],
  ['sends half an answer', { fault: 'half' }],
  ['answers HTML with 200', { fault: 'html' }],
  ['answers HTML with 200 when all is done', { fault: 'html', apply: true }],
  ['answers nothing with 200', { fault: 'empty', apply: true }],
  ['answers a redirect to a login page', { fault: 'redirect', location: '/login' }],
  ['answers 100 MB', { fault: 'huge' }],
  ['answers 100 MB when all is done', { fault: 'huge', apply: true }],
  ['answers a gzip bomb', { fault: 'gzip-bomb', apply: true }],
  ['refuses the token once', { fault: 'token-expired' }],
  ['is reached twice by one call', { fault: 'duplicate' }],
];

describe.each(['IDAAS', 'WELINK', 'EMAIL'] as const)('%s', (system) => {
  test.each(breaks)('%s: one account each', async (_, fault) => {
    await bench.sandbox.control.addFault({ system, operation: 'create', ...fault });
    if (fault.fault === 'token-expired') expiredTokens += 1;
    // A mailbox call carries no token that could be had anew: our rights are refused, and asked for again.
    const request = await finishedAtOnce(await submit());
    expect(request).toMatchObject({ status: 'COMPLETED' });
    expect(bench.sandbox.control.faults()).toMatchObject([{ hits: fault.times ?? 1 }]);
    // A redirect is never followed: nothing but the calls we know was asked for.
    expect(bench.sandbox.control.ledger({ system, operation: 'other' })).toEqual([]);
    await expectIntact();
  });
});

describe('429: the whole system slows, no attempt is burnt', () => {
  test.each([
    ['in seconds', () => 7, 7 * SECOND, 7 * SECOND],
    ['as a date', () => new Date(Date.now() + 10 * MINUTE).toUTCString(), 9 * MINUTE, 10 * MINUTE],
    ['that is absurd', () => '99999999', 15 * MINUTE, 15 * MINUTE],
    ['in the past', () => new Date(0).toUTCString(), SECOND, SECOND],
    ['that is no time', () => 'soon', SECOND, SECOND],
    ['that is missing', () => undefined, SECOND, SECOND],
  ])('with a Retry-After %s', async (_, retryAfter, least, most) => {
    const value = retryAfter();
    await bench.sandbox.control.addFault({
      system: 'WELINK',
      operation: 'create',
      fault: 'throttle',
      ...(value !== undefined && { retryAfter: value }),
    });
    const id = await submit();
    const attempt = await bench.until('the pause', async () => {
      const row = await bench.sql
        .selectFrom('task_attempt')
        .select(['id', 'finished_at', 'task_id'])
        .where('outcome', '=', 'THROTTLED')
        .orderBy('id', 'desc')
        .executeTakeFirst();
      return row !== undefined && (await bench.tasks(id)).some((task) => task.id === row.task_id)
        ? row
        : null;
    });
    const until = Date.parse((await systemState(bench, 'WELINK')).throttled_until ?? '');
    const call = bench.sandbox.control
      .ledger({ system: 'WELINK' })
      .findLast(({ fault }) => fault === 'throttle');
    // The pause begins between the call and the record of its outcome.
    expect(until - Date.parse(call?.at ?? '')).toBeGreaterThanOrEqual(least);
    expect(until - Date.parse(attempt.finished_at ?? '')).toBeLessThanOrEqual(most);
    expect((await finishedAtOnce(id)).status).toBe('COMPLETED');
    const tasks = await bench.tasks(id);
    const facts = await readTaskFacts(
      bench.sql,
      tasks.map((task) => task.id),
      '11',
    );
    expect(facts.map(({ counted }) => counted)).toEqual(tasks.map(() => 1));
    await expectIntact();
  });
});

test('tokens that expire in mid-batch are had anew once, for everybody', async () => {
  const { control } = bench.sandbox;
  const tokens = () => control.ledger({ system: 'WELINK', operation: 'token' }).length;
  const had = tokens();
  const id = await submit(30);
  await control.whenCalled({ system: 'WELINK', operation: 'create', count: 5 });
  control.expireTokens('WELINK');
  expiredTokens += 1;
  expect((await finishedAtOnce(id)).status).toBe('COMPLETED');
  expect(tokens() - had).toBeLessThanOrEqual(1);
  await expectIntact();
});

test('200 with a business error is that person’s alone, and is not tried again', async () => {
  const fault = { fault: 'business-error', code: '59999', message: 'no such thing' } as const;
  await bench.sandbox.control.addFault({ system: 'WELINK', operation: 'create', ...fault });
  const { status, items } = await finishedAtOnce(await submit());
  expect(status).toBe('PARTIAL_FAILED');
  const failed = items.filter((item) => item.status === 'FAILED');
  expect(failed).toMatchObject([{ error_code: 'UPSTREAM_REJECTED' }]);
  await expectIntact();
});

test('an existing account is adopted where it is the person’s, and a conflict where it is another’s', async () => {
  const { control } = bench.sandbox;
  control.putAccount({ system: 'WELINK', key: 'OURS-1', phone: '13811110001' });
  control.putAccount({ system: 'WELINK', key: 'OTHERS-1', phone: '13811110002' });
  placed.push('WELINK OTHERS-1');
  const id = await bench.submit([
    { employeeNumber: 'OURS-1', phoneNumber: '13811110001' },
    { employeeNumber: 'MINE-2', phoneNumber: '13811110002' },
  ]);
  const { items } = await finishedAtOnce(id);
  expect(items.map((item) => [item.status, item.error_code])).toEqual([
    ['COMPLETED', null],
    ['FAILED', 'PHONE_TAKEN'],
  ]);
  const welink = (await bench.tasks(id)).filter((task) => task.system === 'WELINK');
  expect(welink.map((task) => task.outcomes)).toEqual([['ADOPTED'], ['CONFLICT']]);
  await expectIntact();
});

test('created, but not visible for five seconds: no account is made twice, no attempt counts', async () => {
  await bench.sandbox.control.addFault({
    system: 'IDAAS',
    operation: 'create',
    fault: 'invisible',
    delayMs: 5_000,
    times: 2,
  });
  const id = await submit(2);
  expect((await finishedAtOnce(id)).status).toBe('COMPLETED');
  const email = (await bench.tasks(id)).filter((task) => task.system === 'EMAIL');
  for (const { outcomes } of email) {
    expect(outcomes?.at(-1)).toBe('CREATED');
    expect(new Set(outcomes?.slice(0, -1))).toEqual(new Set(['NOT_VISIBLE_YET']));
  }
  await expectIntact();
});

test('down for an hour: the circuit opens, makes trials, and closes', async () => {
  const { control } = bench.sandbox;
  const refusal = await control.addFault({ system: 'IDAAS', fault: 'refuse' });
  const ids = [await submit(10), await submit(10)];
  const opened = await untilCircuit(bench, 'IDAAS', 'OPEN');
  // The hour passes trial by trial: each finds it down, and the next is further away.
  for (let trial = opened.trial_number + 1; trial <= opened.trial_number + 5; trial += 1) {
    await sql`update system_state set next_trial_at = clock_timestamp(), opened_at = opened_at - interval '12 minutes'
      where system = 'IDAAS'`.execute(bench.sql);
    await wakeWorkers(bench, 'IDAAS');
    await bench.until(`trial ${trial}`, async () =>
      (await systemState(bench, 'IDAAS')).trial_number >= trial ? true : null,
    );
  }
  expect((await systemState(bench, 'IDAAS')).circuit).toBe('OPEN');
  for (const id of ids) expect((await bench.request(id)).status).toBe('PROCESSING');
  await control.removeFaults(refusal.id);
  for (const id of ids) expect((await finishedAtOnce(id)).status).toBe('COMPLETED');
  expect(await systemState(bench, 'IDAAS')).toMatchObject({ circuit: 'CLOSED', failure_streak: 0 });
  await expectIntact();
});

test('nothing of all that is left open', async () => {
  bench.sandbox.control.release();
  // Idle connections are kept for a while, to be used again.
  await vi.waitFor(
    async () => expect(findResourceViolations(before, await readResources(bench.sql))).toEqual([]),
    { timeout: 60_000, interval: 500 },
  );
});
