import { afterEach, expect, test } from 'vitest';
import { batchOf } from '../../setup/batch.ts';
import { Portal } from '../../setup/portal.ts';
import { checkOut, previousVersion } from '../../setup/previous-version.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';
import { findViolations } from '../setup/invariants.ts';
import { takeForReal } from '../setup/playing.ts';
import { findProgressViolations, followProgress } from '../setup/progress.ts';
import { CHILD_KEY, ServiceChild, serverVariables, workerVariables } from '../setup/service-child.ts';

const PEOPLE = 40;

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

test.skipIf(previousVersion === null)(
  `the version before (${previousVersion}) works on the schema of this one, alone and beside it, under load`,
  { timeout: 300_000 },
  async () => {
    const before = checkOut(previousVersion ?? '');
    undo.push(before.remove);
    // Migrated by this version before any process of it serves, as docs/deployment.md says.
    const bench = await ProvisioningBench.start({
      worker: false,
      settings: { rate_limit_idaas_per_second: 20 },
      sandbox: { latencyMs: { min: 20, max: 60 } },
    });
    undo.push(() => bench.stop());
    await takeForReal(bench, true);
    const children: ServiceChild[] = [];
    const launch = (variables: Readonly<Record<string, string>>, root?: string) => {
      const child = new ServiceChild(variables, root === undefined ? {} : { root });
      children.push(child);
      undo.push(() => child.kill());
      return child;
    };
    const oldWorker = launch({ ...workerVariables(bench), MIGRATE_ON_START: 'false' }, before.folder);
    const oldServer = launch({ ...serverVariables(bench), MIGRATE_ON_START: 'false' }, before.folder);
    const oldPortal = new Portal(await oldServer.ready(), CHILD_KEY);
    await oldWorker.ready();

    const alone = batchOf(PEOPLE);
    const aloneId = await oldPortal.submit(alone);
    expect(await oldPortal.finished(aloneId)).toMatchObject({ completedUsers: PEOPLE });

    // Both at once; then the former stop one after another, with work under way.
    const newServer = launch(serverVariables(bench));
    const newWorker = launch(workerVariables(bench));
    const newPortal = new Portal(await newServer.ready(), CHILD_KEY);
    await newWorker.ready();
    const inputs = [batchOf(PEOPLE), batchOf(PEOPLE)];
    const [first = '', second = ''] = [
      await oldPortal.submit(inputs[0] ?? {}),
      await newPortal.submit(inputs[1] ?? {}),
    ];
    const following = [
      // Whoever watched at the former server comes back at this one.
      followProgress(first, () => (oldServer.alive ? oldPortal : newPortal)),
      followProgress(second, () => newPortal),
    ];
    await bench.sandbox.control.whenCalled({ system: 'IDAAS', operation: 'create', count: PEOPLE + 20 });
    oldWorker.signal('SIGTERM');
    expect(await oldWorker.ended()).toBe(0);
    oldServer.signal('SIGTERM');
    expect(await oldServer.ended()).toBe(0);
    for (const events of await Promise.all(following)) {
      expect(events.at(-1)).toMatchObject({ final: true, completedUsers: PEOPLE });
      expect(findProgressViolations(events)).toEqual([]);
    }
    const answers = [
      { key: alone.businessKey, requestId: aloneId },
      { key: inputs[0]?.businessKey ?? '', requestId: first },
      { key: inputs[1]?.businessKey ?? '', requestId: second },
    ];
    const logs = children.map(({ stderr }) => stderr);
    expect(await findViolations(bench, { processes: 2, answers, logs })).toEqual([]);
  },
);

test.runIf(previousVersion === null)(
  'upgrade from the version before: skipped, neither a v* tag nor the baseline is in this checkout',
  () => {},
);
