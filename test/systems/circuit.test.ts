import { isDeepStrictEqual } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { taskOf, untilOutcome } from '../setup/facts.ts';
import { listenTo } from '../setup/notifications.ts';
import { ProvisioningBench } from '../setup/provisioning.ts';
import { moveTrial, systemState, untilCircuit } from '../setup/system-state.ts';

describe('the circuit of a system', () => {
  let bench: ProvisioningBench;
  const start = async (settings: Readonly<Record<string, unknown>> = {}) => {
    bench = await ProvisioningBench.start({
      settings: { account_dependencies: { IDAAS: [], WELINK: [], EMAIL: ['IDAAS'] }, ...settings },
    });
  };
  afterEach(() => bench.stop());

  it('opens after five failures in a row, keeps everything away, and closes when a trial succeeds', async () => {
    await start();
    const notifications = await listenTo(bench.core.directUrl);
    const { control } = bench.sandbox;
    await control.addFault({ system: 'IDAAS', fault: 'status', times: 'forever' });
    const first = await bench.submit([{}], { systems: ['IDAAS'] });
    const open = await untilCircuit(bench, 'IDAAS', 'OPEN');
    expect(open).toMatchObject({
      failure_streak: 5,
      circuit_reason: 'UPSTREAM_SERVER_ERROR',
      trial_number: 0,
    });
    expect(Date.parse(open.next_trial_at ?? '') - Date.parse(open.opened_at ?? '')).toBe(5_000);
    await moveTrial(bench, 'IDAAS', 'far');
    const calls = control.ledger({ system: 'IDAAS' }).length;

    const others = await bench.submit(
      Array.from({ length: 3 }, () => ({})),
      { systems: ['IDAAS', 'WELINK'] },
    );
    await untilOutcome(bench, others, { outcome: 'CREATED', count: 3 });
    expect(control.ledger({ system: 'IDAAS' })).toHaveLength(calls);
    const waiting = (await bench.tasks(others)).filter((task) => task.system === 'IDAAS');
    expect(waiting.map((task) => [task.status, task.outcomes])).toEqual(waiting.map(() => ['PENDING', null]));

    await control.removeFaults();
    await moveTrial(bench, 'IDAAS', 'now');
    expect((await bench.finished(first)).status).toBe('COMPLETED');
    expect((await bench.finished(others)).status).toBe('COMPLETED');
    expect(await systemState(bench, 'IDAAS')).toMatchObject({
      circuit: 'CLOSED',
      failure_streak: 0,
      circuit_reason: null,
      opened_at: null,
    });
    await notifications.caughtUp();
    await notifications.close();
    // It opened and closed, and the trial was moved twice.
    const ofSystem = notifications.heard.filter((change) => isDeepStrictEqual(change, { system: 'IDAAS' }));
    expect(ofSystem).toHaveLength(2 + 2);
  });

  it('waits for twenty failures in a row while the system has answered a moment ago', async () => {
    await start();
    await bench.finished(await bench.submit([{}], { systems: ['IDAAS'] }));
    await bench.sandbox.control.addFault({ system: 'IDAAS', fault: 'refuse' });
    await bench.submit(
      Array.from({ length: 6 }, () => ({})),
      { systems: ['IDAAS'] },
    );
    const open = await untilCircuit(bench, 'IDAAS', 'OPEN');
    expect(open.failure_streak).toBeGreaterThanOrEqual(20);
  });

  it('opens at once when our rights are refused', async () => {
    await start();
    await bench.sandbox.control.addFault({
      system: 'IDAAS',
      operation: 'create',
      fault: 'business-error',
      code: '403',
    });
    const id = await bench.submit([{}], { systems: ['IDAAS'] });
    await untilCircuit(bench, 'IDAAS', 'OPEN');
    await moveTrial(bench, 'IDAAS', 'now');
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    expect((await taskOf(bench, id, { system: 'IDAAS' })).outcomes).toEqual(['CREDENTIALS', 'CREATED']);
  });
});
