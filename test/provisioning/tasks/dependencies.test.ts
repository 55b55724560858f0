import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { taskOf } from '../../setup/facts.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';

describe('the accounts that an account needs first', () => {
  let bench: ProvisioningBench;
  beforeAll(async () => {
    bench = await ProvisioningBench.start();
  });
  afterAll(() => bench.stop());

  const creates = (id: string) =>
    bench.tasks(id).then((tasks) => new Set(tasks.map((task) => task.employee_number)));
  const graph = { IDAAS: [], WELINK: ['IDAAS'], EMAIL: ['IDAAS'] };

  it('come first for every person, by default IDaaS before the others', async () => {
    const id = await bench.submit(Array.from({ length: 10 }, () => ({})));
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    const calls = bench.sandbox.control.ledger({ operation: 'create' });
    for (const number of await creates(id)) {
      const mine = calls.filter((call) => call.key?.endsWith(number) === true).map((call) => call.system);
      expect(mine[0]).toBe('IDAAS');
      expect(mine.toSorted()).toEqual(['EMAIL', 'IDAAS', 'WELINK']);
    }
  });

  it('are those of the graph in force when the task is planned', async () => {
    await bench.set('task_processing_enabled', false);
    const before = await bench.submit([{ employeeNumber: 'BEFORE' }]);
    const planned = (id: string) =>
      bench.until('the tasks being planned', async () =>
        (await bench.tasks(id)).length === 3 ? true : null,
      );
    await planned(before);
    await bench.set('account_dependencies', { IDAAS: ['WELINK'], WELINK: [], EMAIL: ['IDAAS'] });
    const after = await bench.submit([{ employeeNumber: 'AFTER' }]);
    await planned(after);
    await bench.set('account_dependencies', graph);
    await bench.set('task_processing_enabled', true);
    for (const id of [before, after]) expect((await bench.finished(id)).status).toBe('COMPLETED');
    const order = (number: string) =>
      bench.sandbox.control
        .ledger({ operation: 'create' })
        .filter((call) => call.key?.endsWith(number) === true)
        .map((call) => call.system);
    expect(order('BEFORE')[0]).toBe('IDAAS');
    expect(order('AFTER').slice(0, 2)).toEqual(['WELINK', 'IDAAS']);
  });

  it.each([
    ['a cycle', { IDAAS: ['EMAIL'], WELINK: [], EMAIL: ['IDAAS'] }],
    ['itself', { IDAAS: ['IDAAS'], WELINK: [], EMAIL: [] }],
    ['a system that does not exist', { IDAAS: ['LDAP'], WELINK: [], EMAIL: [] }],
  ])('are never %s: the graph before stays in force', async (_, refused) => {
    await bench.set('account_dependencies', refused);
    expect(bench.settings.dependencies).toEqual(graph);
    const id = await bench.submit([{}]);
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    await bench.set('account_dependencies', graph);
  });

  it('are named when no request wants them, and waiting tasks start once they appear', async () => {
    const waiting = await bench.submit([{ employeeNumber: 'MISSING' }], { systems: ['WELINK', 'EMAIL'] });
    expect(await bench.finished(waiting)).toMatchObject({
      status: 'FAILED',
      round: 1,
      items: [
        {
          error_code: 'DEPENDENCY_MISSING',
          error_parameters: { employeeNumber: 'MISSING', system: 'WELINK', dependency: 'IDAAS' },
          settled_count: 2,
        },
      ],
    });
    expect((await bench.tasks(waiting)).map((task) => task.status)).toEqual(['WAITING', 'WAITING']);
    const idaas = await bench.submit([{ employeeNumber: 'MISSING' }], { systems: ['IDAAS'] });
    expect((await bench.finished(idaas)).status).toBe('COMPLETED');
    expect(await bench.finished(waiting)).toMatchObject({
      status: 'COMPLETED',
      round: 2,
      items: [{ error_code: null }],
    });
    const stored = await bench.request(waiting);
    expect(stored.completed_at).not.toBeNull();
  });

  it('may fail, which names the cause; a later request for them heals both', async () => {
    const both = await bench.submit([{ employeeNumber: 'CAUSE', departmentCode: 'NOWHERE' }], {
      systems: ['IDAAS'],
    });
    await bench.finished(both);
    const waiting = await bench.submit([{ employeeNumber: 'CAUSE', departmentCode: 'NOWHERE' }], {
      systems: ['WELINK'],
    });
    expect(await bench.finished(waiting)).toMatchObject({
      status: 'FAILED',
      items: [
        {
          error_code: 'DEPENDENCY_FAILED',
          error_parameters: {
            employeeNumber: 'CAUSE',
            system: 'WELINK',
            dependency: 'IDAAS',
            cause: 'DEPARTMENT_UNMAPPED',
          },
        },
      ],
    });
    const healing = await bench.submit([{ employeeNumber: 'CAUSE', departmentCode: 'D002' }], {
      systems: ['IDAAS'],
    });
    for (const id of [healing, waiting, both])
      await bench.until('it being completed', async () =>
        (await bench.request(id)).status === 'COMPLETED' ? true : null,
      );
    expect((await bench.request(waiting)).round).toBe(2);
    expect((await bench.request(both)).round).toBe(2);
  });

  it('are shown as the cause only while their own failure is not in the same request', async () => {
    const id = await bench.submit([{ employeeNumber: 'OWN', departmentCode: 'NOWHERE' }]);
    expect(await bench.finished(id)).toMatchObject({ items: [{ error_code: 'DEPARTMENT_UNMAPPED' }] });
    expect((await taskOf(bench, id, { system: 'WELINK' })).status).toBe('WAITING');
  });
});
