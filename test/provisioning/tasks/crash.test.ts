import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFinalRun, type RunStatus } from '../../../src/domain/runs/run-states.ts';
import { startSyncPeople } from '../../../src/jobs/provisioning/hr-sync/start-sync-people.ts';
import { taskOf, upstreamOf } from '../../setup/facts.ts';
import { endLeases } from '../../setup/leases.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';
import { descendantsOf, ServiceProcess, untilGone } from '../../setup/service-process.ts';

const NUMBER = 'CRASH-1';
const PEOPLE = 35;
type System = 'IDAAS' | 'WELINK' | 'EMAIL';

describe('a worker process that is killed', () => {
  let bench: ProvisioningBench;
  const processes: ServiceProcess[] = [];
  beforeEach(async () => {
    bench = await ProvisioningBench.start({
      worker: false,
      hr: true,
      sandbox: { company: { people: PEOPLE, changesPerSync: 0 } },
    });
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
      HIEDS_PAGE_SIZE: '10',
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
      await endLeases(bench, 'provisioning.%');
      await startWorker();
      expect(await bench.finished(id)).toMatchObject({ status: 'COMPLETED', round: 1 });
      expectOneEach();
      const { outcomes } = await taskOf(bench, id, { system });
      expect(outcomes).toEqual(['LOST', apply ? 'ADOPTED' : 'CREATED']);
    },
  );

  it('in the middle of a sync of people is followed by one that goes on at the checkpoint; nothing is doubled', async () => {
    const { control } = bench.sandbox;
    const sync = () =>
      startSyncPeople(bench.context, { mode: 'RUN', forceFullSync: true, trigger: 'MANUAL_TASK' });
    const ended = (id: string | null) =>
      bench.until(`run ${id} ending`, async () => {
        const { rows } = await sql<{ status: RunStatus; summary: unknown }>`
          select status, summary from sync_run where id = ${id}::bigint`.execute(bench.sql);
        const [run] = rows;
        return run !== undefined && isFinalRun(run.status) ? run : null;
      });
    const storedPages = async (id: string | null) => {
      const { rows } = await sql<{ done: number }>`
        select done from run_step where run_id = ${id}::bigint`.execute(bench.sql);
      return rows[0]?.done ?? 0;
    };
    /** Every version of every person: changes with any write, also with one that changes nothing. */
    const versions = async () => {
      const { rows } = await sql`select id, xmin::text, ctid::text from person order by id`.execute(
        bench.sql,
      );
      return rows;
    };
    const pagesAsked = () =>
      control
        .ledger({ system: 'HIEDS', operation: 'page' })
        .map(({ key }) => key)
        .toSorted();

    await control.addFault({ system: 'HIEDS', operation: 'page', match: '3', fault: 'hang' });
    const first = await startWorker();
    const { run } = await sync();
    await bench.until('two pages being stored', async () => ((await storedPages(run)) === 2 ? true : null));
    await kill(first);
    await control.removeFaults();
    const before = await versions();
    const asked = pagesAsked();
    expect(before).toHaveLength(20);
    await endLeases(bench, 'provisioning.%');
    await startWorker();
    expect(await ended(run)).toMatchObject({
      status: 'COMPLETED',
      summary: { pages: 4, fetched: PEOPLE, inserted: PEOPLE, updated: 0, unchanged: 0 },
    });
    const after = await versions();
    expect(after).toHaveLength(PEOPLE);
    expect(after.slice(0, 20)).toEqual(before);
    expect(pagesAsked().length - asked.length).toBe(2);

    expect(await ended((await sync()).run)).toMatchObject({
      status: 'COMPLETED',
      summary: { fetched: PEOPLE, inserted: 0, updated: 0, unchanged: PEOPLE },
    });
    expect(await versions()).toEqual(after);
  });
});
