import { afterEach, describe, expect, it } from 'vitest';
import { readTaskFacts } from '../../src/jobs/provisioning/attempts/task-facts.ts';
import { taskOf, untilOutcome } from '../setup/facts.ts';
import { ProvisioningBench } from '../setup/provisioning.ts';
import { moveTrial, systemState, untilCircuit, untilSuccess } from '../setup/system-state.ts';

describe('the trials of an open circuit', () => {
  let bench: ProvisioningBench;
  const start = async (settings: Readonly<Record<string, unknown>> = {}) => {
    bench = await ProvisioningBench.start({
      settings: { account_dependencies: { IDAAS: [], WELINK: [], EMAIL: ['IDAAS'] }, ...settings },
    });
  };
  afterEach(() => bench.stop());

  const counted = async (id: string) => (await readTaskFacts(bench.sql, [id], '11'))[0]?.counted;
  const untilPlanned = (id: string) =>
    bench.until('the tasks being planned', async () => ((await bench.tasks(id)).length > 0 ? true : null));

  it('never fail a person while the system is down for an hour', async () => {
    await start();
    const { control } = bench.sandbox;
    await bench.finished(await bench.submit([{}], { systems: ['IDAAS'] }));
    await untilSuccess(bench, 'IDAAS');
    await bench.sql
      .updateTable('system_state')
      .set({ last_success_at: new Date(Date.now() - 60_000) })
      .where('system', '=', 'IDAAS')
      .execute();
    const down = await control.addFault({ system: 'IDAAS', fault: 'refuse' });
    const id = await bench.submit([{}], { systems: ['IDAAS'] });
    await untilCircuit(bench, 'IDAAS', 'OPEN');
    for (let trial = 1; trial <= 8; trial += 1) {
      await moveTrial(bench, 'IDAAS', 'now');
      await bench.until(`trial ${trial}`, async () =>
        (await systemState(bench, 'IDAAS')).trial_number >= trial ? true : null,
      );
      await untilOutcome(bench, id, { outcome: 'RETRYABLE', count: 5 + trial });
    }
    const { next_trial_at: next, updated_at: last } = await systemState(bench, 'IDAAS');
    expect(Date.parse(next ?? '') - Date.parse(last)).toBeGreaterThan(59_000);
    const task = await taskOf(bench, id, { system: 'IDAAS' });
    expect(task.status).toBe('RETRY');
    expect(await counted(task.id)).toBe(5);
    await control.removeFaults(down.id);
    await moveTrial(bench, 'IDAAS', 'now');
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    await untilCircuit(bench, 'IDAAS', 'CLOSED');
  });

  it('burn nothing while our secret is refused, and close it when the secret works', async () => {
    await start();
    await bench.sandbox.control.addFault({ system: 'IDAAS', operation: 'token', fault: 'token-expired' });
    const id = await bench.submit([{}], { systems: ['IDAAS'] });
    const open = await untilCircuit(bench, 'IDAAS', 'OPEN');
    expect(open).toMatchObject({ circuit_reason: 'UPSTREAM_CREDENTIALS', failure_streak: 0 });
    await untilOutcome(bench, id, { outcome: 'CREDENTIALS' });
    const task = await taskOf(bench, id, { system: 'IDAAS' });
    expect(task).toMatchObject({ status: 'RETRY', error_code: 'UPSTREAM_CREDENTIALS' });
    expect(await counted(task.id)).toBe(0);
    // The refusal is remembered for five seconds, which is when the first trial comes by itself.
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    expect((await taskOf(bench, id, { system: 'IDAAS' })).outcomes).toEqual(['CREDENTIALS', 'CREATED']);
    expect(bench.sandbox.control.ledger({ system: 'IDAAS', operation: 'token' })).toHaveLength(2);
  });

  it('are not spent on tasks that need no call', async () => {
    await start();
    await bench.sql
      .updateTable('system_state')
      .set({ circuit: 'OPEN', next_trial_at: new Date(Date.now() + 3_600_000) })
      .where('system', '=', 'IDAAS')
      .execute();
    const unmapped = await bench.submit(
      Array.from({ length: 5 }, () => ({ departmentCode: 'NOWHERE' })),
      { systems: ['IDAAS'] },
    );
    await untilPlanned(unmapped);
    const good = await bench.submit([{}], { systems: ['IDAAS'] });
    await untilPlanned(good);
    await moveTrial(bench, 'IDAAS', 'now');
    expect((await bench.finished(unmapped)).status).toBe('FAILED');
    expect((await bench.finished(good)).status).toBe('COMPLETED');
    expect(await systemState(bench, 'IDAAS')).toMatchObject({ circuit: 'CLOSED' });
  });
});
