import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProvisioningBench } from '../../setup/provisioning.ts';

describe('a source that sends much', () => {
  let bench: ProvisioningBench;
  beforeAll(async () => {
    bench = await ProvisioningBench.start({
      settings: {
        rate_limit_idaas_per_second: 200,
        max_concurrency_idaas: 4,
        task_processing_enabled: false,
      },
    });
  });
  afterAll(() => bench.stop());

  const planned = (id: string, count: number) =>
    bench.until('it being planned', async () => ((await bench.tasks(id)).length === count ? true : null));
  /** Where in the order of all creates these people came. */
  const places = async (id: string) => {
    const numbers = new Set((await bench.request(id)).items.map((item) => item.employee_number));
    const keys = bench.sandbox.control
      .ledger({ system: 'IDAAS', operation: 'create' })
      .map((call) => call.key ?? '');
    return keys.flatMap((key, index) => (numbers.has(key) ? [index] : []));
  };

  it('does not hold up one that sends little afterwards', async () => {
    const much = await bench.submit(
      Array.from({ length: 300 }, () => ({})),
      { originSystem: 'A', systems: ['IDAAS'] },
    );
    await planned(much, 300);
    await bench.set('task_processing_enabled', true);
    await bench.sandbox.control.whenCalled({ system: 'IDAAS', operation: 'create', count: 20 });
    const little = await bench.submit(
      Array.from({ length: 5 }, () => ({})),
      { originSystem: 'B', systems: ['IDAAS'] },
    );
    await planned(little, 5);
    const before = bench.sandbox.control.ledger({ system: 'IDAAS', operation: 'create' }).length;
    expect((await bench.finished(little)).status).toBe('COMPLETED');
    await bench.finished(much);
    // One of A's between two of B's, after what was under way or fetched ahead when B was planned.
    expect(Math.max(...(await places(little)))).toBeLessThan(before + 40);
  });

  it('does not hold up another while its request is being worked on', async () => {
    await bench.set('task_processing_enabled', false);
    const held = await bench.submit([{}], { originSystem: 'A', systems: ['IDAAS'] });
    await planned(held, 1);
    await bench.core.orm.em.fork().transactional(async (tx) => {
      await sql`select 1 from account_request where id = ${held} for update`.execute(tx.getKysely());
      const creates = bench.sandbox.control.ledger({ system: 'IDAAS', operation: 'create' }).length;
      await bench.set('task_processing_enabled', true);
      await bench.sandbox.control.whenCalled({ system: 'IDAAS', operation: 'create', count: creates + 1 });
      const other = await bench.submit([{}], { originSystem: 'B', systems: ['IDAAS'] });
      expect((await bench.finished(other)).status).toBe('COMPLETED');
      expect((await bench.request(held)).status).toBe('PROCESSING');
    });
    expect((await bench.finished(held)).status).toBe('COMPLETED');
  });

  it('is served by priority within itself, and no higher than its ceiling', async () => {
    await bench.set('origin_priorities', { CAPPED: 'NORMAL' });
    // One at a time: the ledger is in the order in which they were started.
    await bench.set('max_concurrency_idaas', 1);
    await bench.set('task_processing_enabled', false);
    const submit = async (originSystem: string, priority: 'LOW' | 'NORMAL' | 'HIGH') => {
      const id = await bench.submit(
        Array.from({ length: 10 }, () => ({})),
        { originSystem, priority, systems: ['IDAAS'] },
      );
      await planned(id, 10);
      return id;
    };
    const ids = {
      low: await submit('FREE', 'LOW'),
      normal: await submit('FREE', 'NORMAL'),
      high: await submit('FREE', 'HIGH'),
      capped: await submit('CAPPED', 'HIGH'),
    };
    const rows = await bench.sql
      .selectFrom('account_task')
      .select(['origin_system', 'priority'])
      .distinct()
      .execute();
    expect(rows).toContainEqual({ origin_system: 'CAPPED', priority: 'NORMAL' });
    await bench.set('task_processing_enabled', true);
    for (const id of Object.values(ids)) await bench.finished(id);
    const mean = async (id: string) => (await places(id)).reduce((sum, place) => sum + place, 0) / 10;
    expect(await mean(ids.high)).toBeLessThan(await mean(ids.normal));
    expect(await mean(ids.high)).toBeLessThan(await mean(ids.capped));
    expect(await mean(ids.normal)).toBeLessThan(await mean(ids.low));
  });
});
