import { afterEach, describe, expect, it } from 'vitest';
import { readTaskFacts } from '../../src/jobs/provisioning/attempts/task-facts.ts';
import { taskOf, untilOutcome } from '../setup/facts.ts';
import { ProvisioningBench } from '../setup/provisioning.ts';

describe('a system that asks for patience', () => {
  let bench: ProvisioningBench;
  const start = async (options: Parameters<typeof ProvisioningBench.start>[0] = {}) => {
    bench = await ProvisioningBench.start(options);
  };
  afterEach(() => bench.stop());

  const task = (id: string, system: string) => taskOf(bench, id, { system });
  const counted = async (id: string) => (await readTaskFacts(bench.sql, [id], '11'))[0]?.counted;
  const stateOf = (system: string) =>
    bench.sql.selectFrom('system_state').selectAll().where('system', '=', system).executeTakeFirstOrThrow();

  it('shows a mailbox server the login only later: no attempt is burnt', async () => {
    await start();
    const { control } = bench.sandbox;
    const hidden = { fault: 'invisible', delayMs: 3_600_000 } as const;
    await control.addFault({ system: 'IDAAS', operation: 'create', ...hidden });
    const id = await bench.submit([{}]);
    await untilOutcome(bench, id, { outcome: 'NOT_VISIBLE_YET', count: 2 });
    for (const account of control.accounts('IDAAS'))
      control.putAccount({ ...account, visibleAt: account.createdAt });
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    const { outcomes, id: taskId } = await task(id, 'EMAIL');
    expect(outcomes?.at(-1)).toBe('CREATED');
    expect(outcomes?.at(0)).toBe('NOT_VISIBLE_YET');
    expect(await counted(taskId)).toBe(1);
  });

  it('is waited for half an hour and no longer', async () => {
    await start({ sandbox: { replicationDelayMs: 3_600_000 } });
    const id = await bench.submit([{ employeeNumber: 'NEVER' }], { systems: ['IDAAS', 'EMAIL'] });
    await untilOutcome(bench, id, { outcome: 'NOT_VISIBLE_YET' });
    await bench.sql
      .updateTable('task_attempt')
      .set({ started_at: new Date(Date.now() - 31 * 60_000) })
      .where('outcome', '=', 'NOT_VISIBLE_YET')
      .execute();
    expect(await bench.finished(id)).toMatchObject({
      status: 'FAILED',
      items: [
        {
          error_code: 'NOT_VISIBLE_TOO_LONG',
          error_parameters: { employeeNumber: 'NEVER', system: 'EMAIL', minutes: 30 },
        },
      ],
    });
  });

  it('lets all tokens end in mid-batch: one new token serves everybody', async () => {
    await start();
    const { control } = bench.sandbox;
    const first = await bench.submit(
      Array.from({ length: 10 }, () => ({})),
      { systems: ['IDAAS'] },
    );
    await bench.finished(first);
    control.expireTokens('IDAAS');
    const second = await bench.submit(
      Array.from({ length: 20 }, () => ({})),
      { systems: ['IDAAS'] },
    );
    expect((await bench.finished(second)).status).toBe('COMPLETED');
    expect(control.ledger({ system: 'IDAAS', operation: 'token' })).toHaveLength(2);
    expect((await bench.tasks(second)).every((one) => one.outcomes?.join() === 'CREATED')).toBe(true);
  });

  it('says for how long: everything at it waits, nothing is burnt, other systems go on', async () => {
    await start({ settings: { account_dependencies: { IDAAS: [], WELINK: [], EMAIL: ['IDAAS'] } } });
    const { control } = bench.sandbox;
    await control.addFault({ system: 'WELINK', operation: 'create', fault: 'throttle', retryAfter: 600 });
    const id = await bench.submit(Array.from({ length: 3 }, () => ({})));
    await bench.until('the other systems being done', async () => {
      const tasks = await bench.tasks(id);
      const done = tasks.filter((one) => one.status === 'COMPLETED');
      const throttled = tasks.some((one) => one.outcomes?.includes('THROTTLED'));
      return done.filter((one) => one.system !== 'WELINK').length === 6 && throttled ? tasks : null;
    });
    const { throttled_until: until, circuit } = await stateOf('WELINK');
    expect(Date.parse(until ?? '') - Date.now()).toBeGreaterThan(590_000);
    expect(circuit).toBe('CLOSED');
    const calls = control.ledger({ system: 'WELINK', operation: 'create' }).length;
    // A request that comes now waits too.
    const late = await bench.submit([{}], { systems: ['WELINK'] });
    await bench.sql
      .updateTable('system_state')
      .set({ throttled_until: new Date() })
      .where('system', '=', 'WELINK')
      .execute();
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    expect((await bench.finished(late)).status).toBe('COMPLETED');
    const welink = (await bench.tasks(id)).filter((one) => one.system === 'WELINK');
    const throttled = welink
      .flatMap((one) => one.outcomes ?? [])
      .filter((outcome) => outcome === 'THROTTLED');
    expect(throttled).toHaveLength(1);
    expect(calls).toBeLessThanOrEqual(3);
    for (const one of welink) expect(await counted(one.id)).toBe(1);
  });

  it.each([
    ['1 s', 0, 1_000, 1_000],
    ['15 minutes', 86_400, 900_000, 900_000],
  ])('is waited for between 1 s and 15 minutes, here %s', async (_, retryAfter, least, most) => {
    await start();
    await bench.sandbox.control.addFault({
      system: 'IDAAS',
      operation: 'create',
      fault: 'throttle',
      retryAfter,
    });
    const id = await bench.submit([{}], { systems: ['IDAAS'] });
    const attempt = await bench.until('the pause', async () => {
      const row = await bench.sql
        .selectFrom('task_attempt')
        .select('finished_at')
        .where('outcome', '=', 'THROTTLED')
        .executeTakeFirst();
      return row?.finished_at ?? null;
    });
    const { throttled_until: until } = await stateOf('IDAAS');
    const [call] = bench.sandbox.control.ledger({ system: 'IDAAS', operation: 'create' });
    // The pause begins between the call and the record of its outcome.
    expect(Date.parse(until ?? '') - Date.parse(call?.at ?? '')).toBeGreaterThanOrEqual(least);
    expect(Date.parse(until ?? '') - Date.parse(attempt)).toBeLessThanOrEqual(most);
    await bench.sql
      .updateTable('system_state')
      .set({ throttled_until: new Date() })
      .where('system', '=', 'IDAAS')
      .execute();
    expect((await bench.finished(id)).status).toBe('COMPLETED');
  });

  it('does not say for how long: 1 s, then 2 s, and the count starts anew after a success', async () => {
    await start();
    await bench.sandbox.control.addFault({
      system: 'IDAAS',
      operation: 'create',
      fault: 'throttle',
      times: 2,
    });
    const id = await bench.submit([{}], { systems: ['IDAAS'] });
    const second = await bench.until('the second pause', async () => {
      const state = await stateOf('IDAAS');
      return state.throttle_streak === 2 ? state : null;
    });
    expect(Date.parse(second.throttled_until ?? '') - Date.parse(second.updated_at)).toBeGreaterThan(1_900);
    await bench.sql
      .updateTable('system_state')
      .set({ throttled_until: new Date() })
      .where('system', '=', 'IDAAS')
      .execute();
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    expect((await task(id, 'IDAAS')).outcomes).toEqual(['THROTTLED', 'THROTTLED', 'CREATED']);
    // That a system lives is recorded behind the outcome that tells of it.
    await bench.until('the count starting anew', async () =>
      (await stateOf('IDAAS')).throttle_streak === 0 ? true : null,
    );
  });

  it('is given up after 24 hours of it', async () => {
    await start();
    const fault = {
      system: 'IDAAS',
      operation: 'create',
      fault: 'throttle',
      retryAfter: 900,
      times: 'forever',
    } as const;
    await bench.sandbox.control.addFault(fault);
    const id = await bench.submit([{ employeeNumber: 'SLOW' }], { systems: ['IDAAS'] });
    await untilOutcome(bench, id, { outcome: 'THROTTLED' });
    await bench.sql
      .updateTable('task_attempt')
      .set({ started_at: new Date(Date.now() - 25 * 3_600_000) })
      .execute();
    await bench.sql
      .updateTable('system_state')
      .set({ throttled_until: new Date() })
      .where('system', '=', 'IDAAS')
      .execute();
    expect(await bench.finished(id)).toMatchObject({
      status: 'FAILED',
      items: [
        {
          error_code: 'THROTTLED_TOO_LONG',
          error_parameters: { employeeNumber: 'SLOW', system: 'IDAAS', hours: 24 },
        },
      ],
    });
  });
});
