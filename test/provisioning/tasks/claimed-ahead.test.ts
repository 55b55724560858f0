import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProvisioningBench } from '../../setup/provisioning.ts';

/** So many that the next is claimed ahead also where a busy machine draws out a call to twenty times its length. */
const SLOTS = 16;
/** More than what is claimed ahead. */
const MORE = 12;
const PATIENT = { max_concurrency_welink: SLOTS, account_dependencies: {} };

describe('a task that was claimed ahead of a slot', () => {
  let bench: ProvisioningBench;
  beforeAll(async () => {
    bench = await ProvisioningBench.start({
      // Slow enough for the next to be claimed meanwhile, quick enough for that to be worth it.
      sandbox: { latencyMs: { min: 20, max: 20 } },
      settings: PATIENT,
    });
  });
  afterAll(() => bench.stop());

  const creates = () => bench.sandbox.control.ledger({ system: 'WELINK', operation: 'create' }).length;

  /** All slots hang, and one task more is claimed. */
  async function hanging(): Promise<{ id: string; sent: number }> {
    // Calls are quick, as the lane has to find out (again, after those that hung).
    const before = await bench.submit(
      Array.from({ length: 40 }, () => ({})),
      { systems: ['WELINK'] },
    );
    await bench.finished(before);
    const called = creates() + SLOTS;
    await bench.sandbox.control.addFault({
      system: 'WELINK',
      operation: 'create',
      fault: 'hang',
      apply: true,
      times: SLOTS,
    });
    const id = await bench.submit(
      Array.from({ length: SLOTS + MORE }, () => ({})),
      { systems: ['WELINK'] },
    );
    await bench.until('one task more than slots being claimed', async () => {
      const claimed = (await bench.tasks(id)).filter((task) => task.status === 'PROCESSING');
      return claimed.length > SLOTS ? true : null;
    });
    // Claimed is not yet sent.
    await bench.sandbox.control.whenCalled({ system: 'WELINK', operation: 'create', count: called });
    return { id, sent: creates() };
  }

  async function notSent(id: string) {
    return await bench.until('a claim given back', async () => {
      const task = (await bench.tasks(id)).find((one) => one.outcomes?.[0] === 'THROTTLED');
      return task?.status === 'PROCESSING' ? null : (task ?? null);
    });
  }

  async function completes(id: string): Promise<void> {
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    const { control } = bench.sandbox;
    for (const { employee_number: key } of await bench.tasks(id))
      expect(control.ledger({ system: 'WELINK', operation: 'create', key })).toHaveLength(1);
    const state = await bench.sql
      .selectFrom('system_state')
      .select(['throttled_until', 'throttle_streak', 'circuit'])
      .where('system', '=', 'WELINK')
      .executeTakeFirst();
    // What we did not send says nothing of the system.
    expect(state).toEqual({ throttled_until: null, throttle_streak: 0, circuit: 'CLOSED' });
  }

  it('gives its claim back when none becomes free, unsent and uncounted', async () => {
    const { id, sent } = await hanging();
    const task = await notSent(id);
    expect(task).toMatchObject({ status: 'RETRY', error_code: 'NO_FREE_SLOT' });
    expect(creates()).toBe(sent);
    bench.sandbox.control.release();
    await completes(id);
  });

  it('is not sent when its system is paused while it waits', async () => {
    const { id, sent } = await hanging();
    await bench.set('paused_systems', [{ system: 'WELINK', reason: 'new release' }]);
    await bench.until('the pause', () => {
      const paused = bench.core.settings.pausedSystems(Date.now());
      return Promise.resolve(paused.length > 0 ? true : null);
    });
    bench.sandbox.control.release();
    await notSent(id);
    expect(creates()).toBe(sent);
    await bench.set('paused_systems', []);
    await completes(id);
  });
});
