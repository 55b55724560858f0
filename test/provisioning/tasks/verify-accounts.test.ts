import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { allErrors } from '../../../src/domain/catalogue/all-errors.ts';
import type { StoredError } from '../../../src/domain/errors/error-entry.ts';
import { renderError } from '../../../src/domain/errors/render-error.ts';
import { isFinalRun, type RunMode, type RunStatus } from '../../../src/domain/runs/run-states.ts';
import { unlinkAccount } from '../../../src/jobs/provisioning/corrections/unlink-account.ts';
import {
  startVerification,
  type VerificationInput,
} from '../../../src/jobs/provisioning/verification/start-verification.ts';
import { cancelRun } from '../../../src/jobs/runs/cancel-run.ts';
import { confirmRun, rejectRun } from '../../../src/jobs/runs/confirm-run.ts';
import { insertHrPerson, namesOf } from '../../setup/facts.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';
import { insertRow } from '../../setup/rows.ts';

let bench: ProvisioningBench;
afterEach(() => bench.stop());

interface RunSnapshot {
  readonly id: string;
  readonly run_id: string;
  readonly status: RunStatus;
  readonly summary: Readonly<Record<string, unknown>>;
}

function start(given: Partial<VerificationInput> = {}) {
  return startVerification(bench.context, {
    task: 'verify',
    mode: 'RUN',
    systems: null,
    employeeNumbers: null,
    ...given,
  });
}

async function read(id: string | null): Promise<RunSnapshot> {
  const { rows } = await sql<RunSnapshot>`
    select id, run_id, status, summary from sync_run where id = ${id}::bigint`.execute(bench.sql);
  const [run] = rows;
  if (run === undefined) throw new Error('there is no run');
  return run;
}

function until(id: string | null, is: (status: RunStatus) => boolean): Promise<RunSnapshot> {
  return bench.until(`run ${id}`, async () => {
    const run = await read(id);
    return is(run.status) ? run : null;
  });
}

async function run(given: Partial<VerificationInput> = {}): Promise<RunSnapshot> {
  return until((await start(given)).run, isFinalRun);
}

/** What a run says of records, as `number system outcome`, in order. */
async function items(id: string): Promise<string[]> {
  const { rows } = await sql<{ item: string }>`
    select item_key || ' ' || (payload->>'system') || ' ' || outcome as item from run_item
    where run_id = ${id}::bigint order by 1`.execute(bench.sql);
  return rows.map((row) => row.item);
}

async function account(number: string, system: string) {
  return bench.sql
    .selectFrom('account as a')
    .innerJoin('person as p', 'p.id', 'a.person_id')
    .select(['a.state', 'a.origin', 'a.identifier'])
    .where('p.employee_number', '=', number)
    .where('a.system', '=', system)
    .executeTakeFirst();
}

/** Resolves when the account is active. */
function active(number: string, system: string) {
  return bench.until(`${system} of ${number}`, async () => {
    const found = await account(number, system);
    return found?.state === 'ACTIVE' ? found : null;
  });
}

async function insertAccount(number: string, system: string, given: Readonly<Record<string, unknown>>) {
  const { id } = await bench.sql
    .selectFrom('person')
    .select('id')
    .where('employee_number', '=', number)
    .executeTakeFirstOrThrow();
  await insertRow(bench.sql, 'account', {
    person_id: id,
    system,
    state: 'ACTIVE',
    origin: 'IMPORTED',
    ...given,
  });
}

/** Accounts as they should not be: E1 missing for HR, R1 missing for a request, R2 renamed there, R3 unlinked here. */
async function disorder(settings: Readonly<Record<string, unknown>> = {}): Promise<string> {
  bench = await ProvisioningBench.start({ settings });
  const users = ['R1', 'R2', 'R3', 'R4'].map((employeeNumber) => ({ employeeNumber }));
  const request = await bench.submit(users);
  await bench.finished(request);
  await insertHrPerson(bench, { number: 'E1', name: '王五', phone: '13700000001' });
  await insertAccount('E1', 'IDAAS', { identifier: 'gone' });
  await bench.sql
    .updateTable('account')
    .set({ identifier: 'NOBODY' })
    .where('system', '=', 'WELINK')
    .where('identifier', '=', 'R1')
    .execute();
  bench.sandbox.control.putAccount({
    system: 'IDAAS',
    key: 'R2',
    username: 'renamed',
    email: 'renamed@example.edu.cn',
  });
  await unlinkAccount(bench.context, { employeeNumber: 'R3', system: 'WELINK' });
  return request;
}

const FOUND = ['E1 IDAAS MISSING', 'R1 WELINK MISSING', 'R2 IDAAS DIFFERING', 'R3 WELINK ORPHAN'];

describe('verifying accounts', () => {
  test('lists missing, differing and orphaned accounts; as RUN it corrects our records and makes wanted ones', async () => {
    const request = await disorder({ task_auto_creation_enabled: true });
    await insertHrPerson(bench, { number: 'E2', name: '赵六', phone: '13700000002' });
    await insertAccount('E2', 'IDAAS', { identifier: 'by-hand', origin: 'LINKED' });

    const dry = await run({ mode: 'DRY_RUN' });
    expect(dry).toMatchObject({
      status: 'COMPLETED',
      summary: {
        checked: 10,
        confirmed: 5,
        missing: 3,
        differing: 1,
        orphan: 1,
        failed: 0,
        bySystem: { IDAAS: { missing: 2, differing: 1 }, WELINK: { missing: 1, orphan: 1 } },
        notSearchable: ['EMAIL'],
      },
    });
    expect(await items(dry.id)).toEqual([...FOUND, 'E2 IDAAS MISSING'].toSorted());
    expect(await account('R1', 'WELINK')).toMatchObject({ state: 'ACTIVE', identifier: 'NOBODY' });

    const done = await run();
    expect(done).toMatchObject({
      status: 'COMPLETED',
      summary: { missing: 3, tasksCreated: 2, corrected: 1, byHand: 1, forgotten: 0 },
    });
    expect(await items(done.id)).toEqual([
      'E1 IDAAS TASK_CREATED',
      'E2 IDAAS BY_HAND',
      'R1 WELINK TASK_CREATED',
      'R2 IDAAS CORRECTED',
      'R3 WELINK ORPHAN',
    ]);
    // What was done about it already is not asked for again.
    const { rows: repaired } = await sql<StoredError & { key: string }>`
      select item_key as key, error_code as code, error_parameters as parameters from run_item
      where run_id = ${done.id}::bigint and outcome in ('TASK_CREATED', 'CORRECTED') order by id`.execute(
      bench.sql,
    );
    expect(repaired).toHaveLength(3);
    for (const error of repaired) {
      expect(renderError(allErrors, error, 'EN')).toMatch(/Nothing to do/);
      expect(renderError(allErrors, error, 'ZH_CN')).toMatch(/无需操作/);
    }
    expect(await active('E1', 'IDAAS')).toMatchObject({ origin: 'CREATED' });
    expect(await active('R1', 'WELINK')).toMatchObject({ origin: 'ADOPTED', identifier: 'R1' });
    expect(await account('R2', 'IDAAS')).toMatchObject({ identifier: 'renamed' });
    expect(await namesOf(bench, 'R2')).toEqual({
      reserved_username: 'renamed',
      reserved_email_address: 'renamed@example.edu.cn',
    });
    const after = await bench.finished(request);
    expect(after.items.map(({ status }) => status)).toEqual([
      'COMPLETED',
      'COMPLETED',
      'FAILED',
      'COMPLETED',
    ]);
    expect((await run({ employeeNumbers: ['e1', 'R1', 'R2', 'R4'] })).summary).toMatchObject({
      checked: 7,
      confirmed: 7,
      missing: 0,
    });
  });

  test('waits for a person where too many are missing, and honours the switches then', async () => {
    await disorder();
    await bench.set('verification_threshold_count', 1);
    const asked = await until((await start()).run, (status) => status === 'AWAITING_CONFIRMATION');
    expect(asked.summary).toMatchObject({ confirmation: { count: 2, limit: 1 } });
    expect(await account('E1', 'IDAAS')).toMatchObject({ state: 'ACTIVE' });
    const runs = { ...bench.context, em: bench.context.em };
    await rejectRun(runs, { runId: asked.run_id, reason: 'IDaaS was restored from a backup' });
    expect(await account('R2', 'IDAAS')).toMatchObject({ identifier: 'zR2' });

    await bench.set('task_auto_creation_enabled', false);
    const again = await until((await start()).run, (status) => status === 'AWAITING_CONFIRMATION');
    // Somebody dealt with it meanwhile: what was found is no longer so.
    await unlinkAccount(bench.context, { employeeNumber: 'R1', system: 'WELINK' });
    await confirmRun(runs, { runId: again.run_id });
    const done = await until(again.id, isFinalRun);
    expect(done.summary).toMatchObject({ forgotten: 1, skipped: 1, corrected: 1, tasksCreated: 0 });
    expect(await account('E1', 'IDAAS')).toMatchObject({ state: 'PLANNED', identifier: null });
    const task = await bench.sql
      .selectFrom('account_task')
      .select(['status', 'error_code'])
      .where('task_id', 'like', 'E1_IDAAS_%')
      .executeTakeFirst();
    expect(task).toEqual({ status: 'FAILED', error_code: 'ACCOUNT_MISSING' });
  });

  test('is joined by the same call and by no other; stops when it is cancelled; a pause holds it', async () => {
    await disorder();
    await bench.set('paused_systems', [{ system: 'WELINK', reason: 'upgrade' }]);
    const first = await start();
    expect(await start()).toMatchObject({ run: first.run, joined: true });
    expect((await start({ systems: ['IDAAS'] })).userErrors).toMatchObject([
      { code: 'INVALID_STATE', parameters: { variant: 'OTHER_SCOPE' } },
    ]);
    expect((await start({ employeeNumbers: ['R1', 'nobody'] })).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['employeeNumbers', '1'] },
    ]);
    await bench.until('IDAAS being through', async () => {
      const { summary } = await read(first.run);
      return JSON.stringify(summary).includes('"IDAAS":{') && summary['checked'] === 5 ? true : null;
    });
    expect(bench.sandbox.control.ledger({ system: 'WELINK', operation: 'find' })).toEqual([]);
    const { run_id: runId } = await read(first.run);
    await cancelRun(bench.context, { runId });
    expect(await until(first.run, isFinalRun)).toMatchObject({ status: 'CANCELLED' });
    await bench.set('paused_systems', []);
    expect((await run({ mode: 'DRY_RUN', systems: ['WELINK'] })).summary).toMatchObject({ checked: 4 });
    expect(await account('E1', 'IDAAS')).toMatchObject({ state: 'ACTIVE' });
  });

  test('waits while a system fails, and goes on in another worker where the last one stopped', async () => {
    bench = await ProvisioningBench.start({ worker: false });
    const numbers = Array.from({ length: 60 }, (_, index) => `V${index}`);
    for (const number of numbers) {
      await insertHrPerson(bench, { number, name: '张三' });
      await insertAccount(number, 'IDAAS', { identifier: `z${number}` });
      if (number !== 'V59')
        bench.sandbox.control.putAccount({ system: 'IDAAS', key: number, username: `z${number}` });
    }
    const { control } = bench.sandbox;
    await control.addFault({ system: 'IDAAS', operation: 'find', fault: 'status', status: 502, times: 12 });
    await control.addFault({ system: 'IDAAS', operation: 'find', match: 'V30', fault: 'hang' });
    const first = await bench.startWorker();
    const { run: id } = await start({ mode: 'DRY_RUN', systems: ['IDAAS'] });
    await control.whenCalled({ system: 'IDAAS', operation: 'find', key: 'V30', count: 1 });
    const stopping = first.end();
    control.release();
    await stopping;
    await bench.startWorker();
    const done = await until(id, isFinalRun);
    expect(done).toMatchObject({ status: 'COMPLETED', summary: { checked: 60, confirmed: 59, missing: 1 } });
    expect(await items(done.id)).toEqual(['V59 IDAAS MISSING']);
  });
});

describe('adopting accounts', () => {
  test('finds existing accounts of HR people, so that they are not made again', async () => {
    bench = await ProvisioningBench.start({
      hr: true,
      sandbox: { company: { people: 0, changesPerSync: 0 } },
      settings: { task_auto_creation_enabled: false },
    });
    for (const number of ['A1', 'A2', 'A3', 'A4'])
      await insertHrPerson(bench, { number, name: '张三', phone: `1370000000${number.slice(1)}` });
    const { control } = bench.sandbox;
    control.putAccount({ system: 'IDAAS', key: 'A1', username: 'adopted1', email: 'first@example.edu.cn' });
    control.putAccount({ system: 'WELINK', key: 'A1' });
    control.putAccount({ system: 'WELINK', key: 'A2' });
    control.putAccount({ system: 'IDAAS', key: 'A3', username: 'holder' });
    // The login that IDaaS has for A3 is another person's here.
    await insertAccount('A4', 'IDAAS', { identifier: 'holder' });
    const request = await bench.submit([{ employeeNumber: 'A2', employeeName: '张三' }], {
      systems: ['WELINK'],
    });
    await bench.finished(request);

    const adopt = (mode: RunMode) => run({ task: 'adopt', mode });
    const dry = await adopt('DRY_RUN');
    expect(dry).toMatchObject({
      status: 'COMPLETED_WITH_ERRORS',
      summary: { adopted: 3, absent: 3, failed: 1, notSearchable: ['EMAIL'] },
    });
    const found = ['A1 IDAAS', 'A1 WELINK', 'A2 WELINK'];
    expect(await items(dry.id)).toEqual([...found.map((one) => `${one} WOULD_ADOPT`), 'A3 IDAAS FAILED']);
    expect(await account('A1', 'IDAAS')).toBeUndefined();

    const done = await adopt('RUN');
    expect(await items(done.id)).toEqual([...found.map((one) => `${one} ADOPTED`), 'A3 IDAAS FAILED']);
    expect(await account('A1', 'IDAAS')).toEqual({
      state: 'ACTIVE',
      origin: 'ADOPTED',
      identifier: 'adopted1',
    });
    expect(await namesOf(bench, 'A1')).toMatchObject({ reserved_username: 'adopted1' });
    expect(await bench.finished(request)).toMatchObject({ status: 'COMPLETED' });
    expect(control.ledger({ operation: 'create' })).toEqual([]);
    expect((await adopt('RUN')).summary).toMatchObject({ adopted: 0 });
  });
});

test('systems that cannot be asked are refused where nothing else is to be checked', async () => {
  bench = await ProvisioningBench.start();
  expect(await start({ systems: ['EMAIL'] })).toMatchObject({
    run: null,
    userErrors: [
      { code: 'INVALID', path: ['systems'], parameters: { variant: 'NOT_SEARCHABLE', given: ['EMAIL'] } },
    ],
  });
});
