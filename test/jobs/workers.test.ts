import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { liveJobs, taskOf, upstreamOf } from '../setup/facts.ts';
import { endLeases } from '../setup/leases.ts';
import { ProvisioningBench } from '../setup/provisioning.ts';
import { systemState } from '../setup/system-state.ts';

const RUN_IDAAS = 'provisioning.run-task.idaas';

describe('workers', () => {
  let bench: ProvisioningBench;
  afterEach(() => bench.stop());

  const accountCalls = () =>
    bench.sandbox.control
      .ledger({ system: 'IDAAS' })
      .map((call) => call.operation)
      .filter((operation) => operation !== 'token');
  /** Ends the lease of every active job of a queue, and tells the workers that it is due. */
  const giveBack = async (queue: string) => {
    await endLeases(bench, queue);
    await sql`select pg_notify('accountsync', ${JSON.stringify({ job: queue, afterMs: 0 })})`.execute(
      bench.sql,
    );
  };

  it('share one request: each account is made once, in one attempt', async () => {
    bench = await ProvisioningBench.start();
    await bench.startWorker();
    await bench.startWorker();
    const id = await bench.submit(Array.from({ length: 40 }, () => ({})));
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    const tasks = await bench.tasks(id);
    expect(tasks).toHaveLength(120);
    expect(tasks.every((task) => task.outcomes?.join() === 'CREATED')).toBe(true);
    expect(bench.sandbox.control.counts()).toMatchObject({
      accounts: { IDAAS: 40, WELINK: 40, EMAIL: 40 },
      calls: { 'IDAAS create': 40, 'WELINK create': 40, 'EMAIL create': 40 },
    });
    expect(bench.sandbox.control.ledger({ operation: 'find' })).toEqual([]);
  });

  it('drop a job whose task is done', async () => {
    bench = await ProvisioningBench.start();
    const id = await bench.submit([{}], { systems: ['IDAAS'] });
    await bench.finished(id);
    const before = await taskOf(bench, id, { system: 'IDAAS' });
    await bench.core.boss.insert(RUN_IDAAS, [{ data: { task: before.id }, singletonKey: before.id }]);
    await bench.until('the job being gone', async () =>
      (await liveJobs(bench, RUN_IDAAS)).length === 0 ? true : null,
    );
    expect(await taskOf(bench, id, { system: 'IDAAS' })).toEqual(before);
  });

  it.each([
    [true, 'ADOPTED'],
    [false, 'CREATED'],
  ])(
    'take over from one whose lease ended, look first, and ignore what it brings late (applied: %s)',
    async (apply, outcome) => {
      bench = await ProvisioningBench.start({ worker: false, upstreamTimeoutSeconds: 60 });
      const { control } = bench.sandbox;
      const first = await bench.startWorker();
      await control.addFault({ system: 'IDAAS', operation: 'create', fault: 'hang', apply });
      const id = await bench.submit([{}], { systems: ['IDAAS'] });
      await control.whenCalled({ system: 'IDAAS', operation: 'create', count: 1 });
      const second = await bench.startWorker();
      await giveBack(RUN_IDAAS);
      expect((await bench.finished(id)).status).toBe('COMPLETED');
      const settled = await taskOf(bench, id, { system: 'IDAAS' });
      expect(settled.outcomes).toEqual(['LOST', outcome]);
      const state = await systemState(bench, 'IDAAS');
      control.release();
      await bench.until('the late answer being dealt with', async () =>
        first.runner.held + second.runner.held === 0 ? true : null,
      );
      expect(await taskOf(bench, id, { system: 'IDAAS' })).toEqual(settled);
      expect(await bench.request(id)).toMatchObject({ status: 'COMPLETED', round: 1 });
      expect((await systemState(bench, 'IDAAS')).circuit).toBe(state.circuit);
      expect(control.accounts('IDAAS')).toHaveLength(1);
      // What follows is the late one's, which looks for the account that it finds to exist.
      expect(accountCalls().slice(0, apply ? 2 : 3)).toEqual(
        apply ? ['create', 'find'] : ['create', 'find', 'create'],
      );
    },
  );

  it('look first also where the attempt that was lost had looked just before', async () => {
    bench = await ProvisioningBench.start({ upstreamTimeoutSeconds: 60 });
    const { control } = bench.sandbox;
    await control.addFault({ system: 'IDAAS', operation: 'create', fault: 'reset' });
    await control.addFault({ system: 'IDAAS', operation: 'create', fault: 'hang', apply: true });
    const id = await bench.submit([{}], { systems: ['IDAAS'] });
    await control.whenCalled({ system: 'IDAAS', operation: 'create', count: 2 });
    await giveBack(RUN_IDAAS);
    await bench.finished(id);
    expect((await taskOf(bench, id, { system: 'IDAAS' })).outcomes).toEqual(['UNCERTAIN', 'LOST', 'ADOPTED']);
    expect(accountCalls()).toEqual(['create', 'find', 'find', 'create', 'find']);
    control.release();
  });

  it('give a task up that takes its worker down ten times in a row', async () => {
    bench = await ProvisioningBench.start({ settings: { task_processing_enabled: false } });
    const id = await bench.submit([{ employeeNumber: 'DEADLY' }], { systems: ['IDAAS'] });
    const [task] = await bench.until('the task being planned', async () => {
      const tasks = await bench.tasks(id);
      return tasks.length > 0 ? tasks : null;
    });
    await sql`
      insert into task_attempt (task_id, execution_attempt, outcome, started_at, finished_at)
      select ${task?.id}::bigint, n, 'LOST', now(), now() from generate_series(1, 10) n`.execute(bench.sql);
    await bench.set('task_processing_enabled', true);
    expect(await bench.finished(id)).toMatchObject({
      status: 'FAILED',
      items: [
        {
          error_code: 'WORKER_LOST',
          error_parameters: { employeeNumber: 'DEADLY', system: 'IDAAS', count: 10 },
        },
      ],
    });
    expect(bench.sandbox.control.ledger({ system: 'IDAAS' })).toEqual([]);
  });

  it('give back what they hold when they stop, and finish what runs', async () => {
    bench = await ProvisioningBench.start({ worker: false, settings: { max_concurrency_idaas: 1 } });
    const { control } = bench.sandbox;
    const worker = await bench.startWorker();
    await control.addFault({ system: 'IDAAS', operation: 'create', fault: 'hang' });
    const id = await bench.submit(
      Array.from({ length: 5 }, () => ({})),
      { systems: ['IDAAS'] },
    );
    await control.whenCalled({ system: 'IDAAS', operation: 'create', count: 1 });
    await bench.until('a job being held ready', async () => (worker.runner.held >= 2 ? true : null));
    const stopped = worker.end();
    await bench.until('only the running job being held', async () =>
      worker.runner.held === 1 ? true : null,
    );
    control.release();
    await stopped;
    expect((await liveJobs(bench, RUN_IDAAS)).map((job) => job.state)).toEqual(
      Array.from({ length: 4 }, () => 'created'),
    );
    const { rows } =
      await sql`select count(*)::int as open from pg_locks where locktype = 'advisory' and classid = 4105023
          and database = (select oid from pg_database where datname = current_database())`.execute(bench.sql);
    expect(rows).toEqual([{ open: 0 }]);
    await bench.startWorker();
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    expect((await bench.tasks(id)).map((task) => task.outcomes)).toEqual(
      Array.from({ length: 5 }, () => ['CREATED']),
    );
  });

  it('put an unreadable payload aside, and go on', async () => {
    bench = await ProvisioningBench.start();
    const queues = [
      RUN_IDAAS,
      'provisioning.resolve-uncertain.idaas',
      'provisioning.intake-request',
      'provisioning.sweep',
    ];
    for (const queue of queues)
      await bench.core.boss.insert(queue, [
        { data: queue === 'provisioning.sweep' ? [] : { tsk: 7 }, singletonKey: 'poison' },
      ]);
    for (const queue of queues) {
      await bench.until(`${queue} being empty`, async () =>
        (await liveJobs(bench, queue)).length === 0 ? true : null,
      );
      if (queue === 'provisioning.sweep') continue;
      const { rows } = await sql<{
        data: unknown;
      }>`select data from pgboss.job where name = ${`${queue}.dead`}`.execute(bench.sql);
      expect(rows).toEqual([{ data: { tsk: 7 } }]);
    }
    const id = await bench.submit([{}]);
    expect((await bench.finished(id)).status).toBe('COMPLETED');
    expect(upstreamOf(bench, (await bench.request(id)).items[0]?.employee_number ?? '').idaas).not.toBeNull();
  });
});
