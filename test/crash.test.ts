import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { taskOf, upstreamOf } from './setup/facts.ts';
import { ProvisioningBench } from './setup/provisioning.ts';
import { descendantsOf, ServiceProcess, untilGone } from './setup/service-process.ts';

const NUMBER = 'CRASH-1';
type System = 'IDAAS' | 'WELINK' | 'EMAIL';

describe('a worker process that is killed', () => {
  let bench: ProvisioningBench;
  const processes: ServiceProcess[] = [];
  beforeEach(async () => {
    bench = await ProvisioningBench.start({ worker: false });
  });
  afterEach(async () => {
    for (const process of processes.splice(0)) await process.destroy();
    await bench.stop();
  });

  const startWorker = async () => {
    const worker = new ServiceProcess('start', {
      ROLE: 'worker',
      PORT: '0',
      DATABASE_URL: bench.core.directUrl,
      SANDBOX: 'off',
      LOG_LEVEL: 'warn',
      UPSTREAM_TIMEOUT_SECONDS: '60',
      ...bench.sandbox.environment,
    });
    processes.push(worker);
    await worker.ready();
    return worker;
  };
  /** SIGKILL: nothing of it is left, and nothing was given back. */
  const kill = async (worker: ServiceProcess) => {
    const left = descendantsOf(worker.npmPid);
    const service = left.find(({ command }) => command.includes('src/main.ts'));
    if (service !== undefined) process.kill(service.pid, 'SIGKILL');
    await untilGone(left);
  };
  /** Stands for the 15 seconds after which a lease ends. */
  const endLeases = async () => {
    await sql`
      update pgboss.job set heartbeat_on = now() - interval '1 hour' where name like 'provisioning.%' and state = 'active'`.execute(
      bench.sql,
    );
    await bench.core.boss.supervise();
    await sql`update pgboss.job set start_after = now() where name like 'provisioning.%' and state = 'retry'`.execute(
      bench.sql,
    );
  };
  const expectOneEach = () => {
    const { idaas, welink, email } = upstreamOf(bench, NUMBER);
    expect([idaas, welink, email].every((account) => account !== null)).toBe(true);
    expect(bench.sandbox.control.counts().applied).toEqual({
      'IDAAS create': 1,
      'WELINK create': 1,
      'EMAIL create': 1,
    });
  };

  it.each<[System, boolean]>([
    ['IDAAS', true],
    ['WELINK', false],
    ['EMAIL', true],
  ])(
    'in the middle of a create at %s (applied: %s) leaves exactly one account each',
    async (system, apply) => {
      const { control } = bench.sandbox;
      await control.addFault({ system, operation: 'create', fault: 'hang', apply });
      const first = await startWorker();
      const id = await bench.submit([{ employeeNumber: NUMBER }]);
      await control.whenCalled({ system, operation: 'create', count: 1 });
      await kill(first);
      await endLeases();
      await startWorker();
      expect(await bench.finished(id)).toMatchObject({ status: 'COMPLETED', round: 1 });
      expectOneEach();
      const { outcomes } = await taskOf(bench, id, { system });
      expect(outcomes).toEqual(['LOST', apply ? 'ADOPTED' : 'CREATED']);
    },
  );
});
