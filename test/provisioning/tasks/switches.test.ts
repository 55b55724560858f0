import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveJobs, taskOf } from '../../setup/facts.ts';
import { inTime } from '../../setup/in-time.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';
import { storeSettings } from '../../setup/settings.ts';

/** In every process (provisioning.md §7). */
const EFFECTIVE_WITHIN_MS = 2_000;

describe('a switch', () => {
  let bench: ProvisioningBench;
  beforeAll(async () => {
    bench = await ProvisioningBench.start();
  });
  afterAll(() => bench.stop());

  /** By plain SQL, as an operator would: nobody tells this process but the database. */
  const store = (key: string, value: boolean) => storeSettings(bench.sql, { [key]: value });
  const turn = async (key: string, value: boolean) => {
    await store(key, value);
    await bench.until(`${key} being ${value}`, async () => (bench.settings.raw(key) === value ? true : null));
  };
  const itemStatus = async (id: string) => (await bench.request(id)).items[0]?.status;

  it('for everything: requests are accepted and stay pending; turned on, they move at once', async () => {
    await turn('account_creation_enabled', false);
    const id = await bench.submit([{}]);
    await bench.until('intake having looked at it', async () =>
      (await liveJobs(bench, 'provisioning.intake-request')).length === 0 ? true : null,
    );
    expect(await bench.request(id)).toMatchObject({ status: 'PENDING', items: [{ status: 'PENDING' }] });
    await turn('account_creation_enabled', true);
    expect((await bench.finished(id)).status).toBe('COMPLETED');
  });

  it('for planning: items stop at SYNCED; turned on, they are planned', async () => {
    await turn('request_task_creation_enabled', false);
    const id = await bench.submit([{}]);
    await bench.until('the item being synced', async () =>
      (await itemStatus(id)) === 'SYNCED' ? true : null,
    );
    expect(await bench.tasks(id)).toEqual([]);
    expect((await bench.request(id)).status).toBe('PROCESSING');
    await turn('request_task_creation_enabled', true);
    expect((await bench.finished(id)).status).toBe('COMPLETED');
  });

  it('for running: what runs is finished and nothing starts; turned on, it goes on', async () => {
    const { control } = bench.sandbox;
    await control.addFault({ system: 'IDAAS', operation: 'create', match: 'RUNS', fault: 'hang' });
    const id = await bench.submit([{ employeeNumber: 'RUNS' }]);
    await control.whenCalled({ system: 'IDAAS', operation: 'create', key: 'RUNS', count: 1 });
    await turn('task_processing_enabled', false);
    control.release();
    await bench.until('the running one being done', async () => {
      const task = await taskOf(bench, id, { system: 'IDAAS' });
      return task.status === 'COMPLETED' ? true : null;
    });
    const late = await bench.submit([{ employeeNumber: 'LATE' }]);
    await bench.until('the late one being planned', async () =>
      (await itemStatus(late)) === 'TASK_CREATED' ? true : null,
    );
    expect((await bench.tasks(id)).map((task) => task.status)).toEqual(['PENDING', 'COMPLETED', 'PENDING']);
    expect((await bench.tasks(late)).map((task) => task.status)).toEqual(['WAITING', 'PENDING', 'WAITING']);
    expect(control.ledger({ key: 'LATE' })).toEqual([]);
    await turn('task_processing_enabled', true);
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    expect((await bench.finished(late)).status).toBe('COMPLETED');
  });

  it('for everything stops planned work too', async () => {
    await turn('task_processing_enabled', false);
    const id = await bench.submit([{}]);
    await bench.until('it being planned', async () =>
      (await itemStatus(id)) === 'TASK_CREATED' ? true : null,
    );
    await turn('account_creation_enabled', false);
    await turn('task_processing_enabled', true);
    expect((await taskOf(bench, id, { system: 'IDAAS' })).outcomes).toBeNull();
    await turn('account_creation_enabled', true);
    expect((await bench.finished(id)).status).toBe('COMPLETED');
  });

  it('turned on and off again quickly leaves nothing behind', async () => {
    const ids: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      await turn('account_creation_enabled', false);
      ids.push(await bench.submit([{}], { systems: ['IDAAS'] }));
      await turn('account_creation_enabled', true);
    }
    for (const id of ids) expect((await bench.finished(id)).status).toBe('COMPLETED');
  });

  it('takes effect in every process within two seconds', async () => {
    for (const value of [false, true]) {
      await store('task_processing_enabled', value);
      const inForce = () => bench.settings.raw('task_processing_enabled') === value;
      expect(await inTime(bench.sql, EFFECTIVE_WITHIN_MS, inForce)).toBe(true);
    }
    const { count } = await bench.sql
      .selectFrom('setting_change')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('key', '=', 'task_processing_enabled')
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBeGreaterThanOrEqual(6);
  });
});
