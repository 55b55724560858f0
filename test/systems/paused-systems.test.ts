import { graphql } from 'graphql';
import { afterEach, describe, expect, it } from 'vitest';
import { registeredSystems } from '../../src/application/upstreams.ts';
import { seesEverything } from '../../src/domain/access/visibility.ts';
import { createSchema } from '../../src/schema/index.ts';
import { taskOf } from '../setup/facts.ts';
import { ProvisioningBench } from '../setup/provisioning.ts';

const systems = registeredSystems.map((system) => ({ system, displayName: { zh: system, en: system } }));

/** The explanation of a task, as the API gives it. */
async function explanationOf(bench: ProvisioningBench, taskId: string): Promise<unknown> {
  const { core } = bench;
  const { data } = await graphql({
    schema: createSchema({ systems }),
    source: 'query Q($id: String!) { task(taskId: $id) { explanation } }',
    variableValues: { id: taskId },
    contextValue: {
      services: {
        ...core,
        em: core.orm.em,
        systems,
        displayTimeZone: 'Asia/Shanghai',
        defaultEmailDomain: null,
        defaultLocale: 'EN',
      },
      em: core.orm.em.fork(),
      viewer: { principal: 'admin', scopes: new Set(['admin']), sees: seesEverything, keyId: null },
      locale: 'EN',
      correlationId: 'test',
    },
  });
  return data?.['task'];
}

describe('a paused system', () => {
  let bench: ProvisioningBench;
  const start = async (pause: { readonly until?: string }) => {
    bench = await ProvisioningBench.start({
      settings: {
        account_dependencies: {},
        paused_systems: [{ system: 'WELINK', reason: 'new release', ...pause }],
      },
    });
  };
  afterEach(() => bench.stop());

  it('gets nothing while the others go on, and moves at once when the pause is taken back', async () => {
    await start({});
    const id = await bench.submit([{}, {}], { systems: ['IDAAS', 'WELINK'] });
    await bench.until('the IDaaS accounts', async () => {
      const tasks = (await bench.tasks(id)).filter((task) => task.system === 'IDAAS');
      return tasks.length === 2 && tasks.every((task) => task.status === 'COMPLETED') ? true : null;
    });
    const waiting = await taskOf(bench, id, { system: 'WELINK' });
    expect(waiting).toMatchObject({ status: 'PENDING', outcomes: null });
    expect(await explanationOf(bench, waiting.task_id)).toEqual({
      explanation: expect.stringContaining('WELINK is paused (new release)'),
    });
    expect(bench.sandbox.control.ledger({ system: 'WELINK' })).toEqual([]);

    await bench.set('paused_systems', []);
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    expect((await taskOf(bench, id, { system: 'WELINK' })).outcomes).toEqual(['CREATED']);
  });

  it('wakes when the pause runs out', async () => {
    await start({ until: new Date(Date.now() + 3_600_000).toISOString() });
    const id = await bench.submit([{}], { systems: ['WELINK'] });
    const task = await bench.until('the task', async () => (await bench.tasks(id))[0] ?? null);
    expect(await explanationOf(bench, task.task_id)).toEqual({
      explanation: expect.stringContaining('WELINK is paused until '),
    });
    const until = new Date(Date.now() + 1_000);
    await bench.set('paused_systems', [
      { system: 'WELINK', reason: 'new release', until: until.toISOString() },
    ]);
    const { completed_at: completedAt } = await bench.finished(id);
    expect(Date.parse(completedAt ?? '')).toBeGreaterThanOrEqual(until.getTime());
    expect((await taskOf(bench, id, { system: 'WELINK' })).outcomes).toEqual(['CREATED']);
  });
});
