import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDisableLeavers } from '../../src/jobs/provisioning/account-changes/start-disable-leavers.ts';
import { startSyncPeople } from '../../src/jobs/provisioning/hr-sync/start-sync-people.ts';
import { startVerification } from '../../src/jobs/provisioning/verification/start-verification.ts';
import { TaskRuns } from '../setup/operator.ts';
import { ProvisioningBench } from '../setup/provisioning.ts';
import { LOCK_ORDER, type Lock, lockOrderProblems, recordLocks } from '../setup/recorded-locks.ts';

/** Every kind of work at once, on one recording: docs/architecture.md, "Lock order". */

const PEOPLE = 60;
let bench: ProvisioningBench;
let runs: TaskRuns;
beforeAll(async () => {
  bench = await ProvisioningBench.start({
    hr: true,
    sandbox: { company: { people: PEOPLE, changesPerSync: 0 } },
    settings: { leaver_disable_enabled: true, verification_threshold_count: 1_000 },
  });
  runs = new TaskRuns(bench);
});
afterAll(() => bench.stop());

const numberOf = (n: number) => `E${String(n).padStart(6, '0')}`;

/** Waits until a run of this process has ended. */
async function ended(run: string | null): Promise<void> {
  await bench.until(`run ${run} ending`, async () => {
    const { rows } = await sql`
      select 1 from sync_run where id = ${run}::bigint and status <> 'RUNNING'`.execute(bench.sql);
    return rows[0] ?? null;
  });
}

async function sync(): Promise<void> {
  const input = { mode: 'RUN', forceFullSync: false, trigger: 'MANUAL_TASK' } as const;
  const { run } = await startSyncPeople(bench.context, input);
  await ended(run);
}

async function verify(task: 'verify' | 'adopt'): Promise<void> {
  const input = { task, mode: 'RUN', systems: null, employeeNumbers: null } as const;
  const { run } = await startVerification(bench.context, input);
  await ended(run);
}

async function leavers(): Promise<void> {
  const { id } = await startDisableLeavers(bench.context, { mode: 'RUN' });
  await ended(id);
}

async function change(mutation: string, input: Readonly<Record<string, unknown>>): Promise<void> {
  const type = mutation.charAt(0).toUpperCase() + mutation.slice(1);
  await runs.ask(`mutation ($input: ${type}Input!) { ${mutation}(input: $input) { userErrors { code } } }`, {
    input,
  });
}

/** Requests of three origins, corrected, cancelled and retried while they are worked on. */
async function requests(): Promise<void> {
  const ids = await Promise.all(
    ['OA', 'HR', 'SRM'].flatMap((originSystem, origin) =>
      [0, 1].map((batch) =>
        bench.submit(
          Array.from({ length: 15 }, (_, n) => ({
            employeeNumber: `R${origin}${batch}${n}`,
            departmentCode: n % 5 === 4 ? 'D404' : 'D001',
          })),
          { originSystem },
        ),
      ),
    ),
  );
  const [first = '', second = ''] = ids;
  const { request_id: cancelled } = await bench.request(first);
  await change('cancelRequest', { requestId: cancelled });
  for (const id of ids.slice(1)) await bench.finished(id);
  const { request_id: retried } = await bench.request(second);
  await change('retryRequest', { requestId: retried });
  await change('updateRequestItem', {
    requestId: retried,
    employeeNumber: 'R014',
    phoneNumber: '13700000014',
  });
  await change('retryTasks', { filter: { status: ['FAILED'] }, mode: 'RUN' });
  await change('upsertDepartmentMappings', {
    mappings: [{ idataDepartmentCode: 'D404', idaasDepartmentCode: 'WW-D404', ou: 'OU=D404' }],
  });
  for (const id of ids.slice(1)) await bench.finished(id);
}

async function everything(): Promise<void> {
  await sync();
  const { control } = bench.sandbox;
  for (let n = 1; n <= 20; n += 1) control.putAccount({ system: 'WELINK', key: numberOf(n) });
  await Promise.all([requests(), verify('adopt'), runs.create().then((run) => runs.rested(run))]);
  await bench.set('task_processing_enabled', false);
  await bench.submit([{ employeeNumber: 'LATE1' }]);
  await bench.set('task_processing_enabled', true);
  await runs.rested(await runs.process({ maxTasks: 50 }));
  for (let n = 1; n <= 5; n += 1) control.putPerson(String(n).padStart(8, '0'), { employeeStatus: '0' });
  await sync();
  // As if nobody had them any more at WeLink.
  await sql`
    update account set identifier = 'GONE' || id
    where system = 'WELINK' and identifier between ${numberOf(10)} and ${numberOf(15)}`.execute(bench.sql);
  await Promise.all([leavers(), verify('verify'), sync()]);
  await change('linkAccount', {
    employeeNumber: numberOf(12),
    system: 'WELINK',
    identifier: numberOf(12),
    force: true,
  });
  await change('unlinkAccount', { employeeNumber: numberOf(12), system: 'WELINK' });
  await change('setPersonIdentifiers', { employeeNumber: numberOf(30), emailLocalPart: 'somebody.else' });
}

test('every transaction takes its locks in the documented order, with all kinds of work beside it', async () => {
  const transactions = await recordLocks(everything);
  expect(transactions.length).toBeGreaterThan(100);
  const taken = new Set(transactions.flatMap((locks) => locks.map(({ kind }) => kind)));
  expect([...LOCK_ORDER].filter((kind) => !taken.has(kind))).toEqual([]);
  const problems = new Set(transactions.flatMap(lockOrderProblems));
  expect([...problems]).toEqual([]);
});

describe('a planted transaction', () => {
  const lock = (kind: Lock['kind'], keys: readonly string[] = []): Lock => ({ kind, keys, text: kind });

  test('that takes people before the run is refused', () => {
    expect(lockOrderProblems([lock('people'), lock('requests'), lock('runs', ['7'])])).toEqual([
      'runs after people: runs',
    ]);
  });

  test('that takes turns twice, the second time of a line that comes first, is refused', () => {
    expect(lockOrderProblems([lock('turns', ['b']), lock('turns', ['a', 'c'])])).toEqual([
      'a out of order: turns',
    ]);
  });

  test('that takes a second run behind people is refused, the one that it holds is not', () => {
    const held = [lock('runs', ['7']), lock('people')];
    expect(lockOrderProblems([...held, lock('runs', ['7'])])).toEqual([]);
    expect(lockOrderProblems([...held, lock('runs', ['8'])])).toEqual(['runs after people: runs']);
  });

  test('in order, also twice of a kind, is fine', () => {
    expect(
      lockOrderProblems([lock('runs'), lock('people'), lock('people'), lock('turns', ['a', 'b'])]),
    ).toEqual([]);
  });
});
