import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import type { HrPerson } from '../../../src/domain/provisioning/hr/hr-person.ts';
import { isFinalRun, type RunMode, type RunStatus } from '../../../src/domain/runs/run-states.ts';
import { inTransaction } from '../../../src/entities/transaction.ts';
import { readPersonRow } from '../../../src/integrations/hieds/person-row.ts';
import { noteConfigured, startSyncPeople } from '../../../src/jobs/provisioning/hr-sync/start-sync-people.ts';
import {
  comparePage,
  differing,
  hashPage,
  storeHrPeople,
} from '../../../src/jobs/provisioning/hr-sync/store-hr-people.ts';
import { findViolations } from '../../faults/setup/invariants.ts';
import { findSyncViolations } from '../../faults/setup/second-sync.ts';
import { endLeases } from '../../setup/leases.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';

let bench: ProvisioningBench;
afterEach(() => bench.stop());

const PEOPLE = 35;

async function open(options: { readonly worker?: boolean; readonly people?: number } = {}): Promise<void> {
  bench = await ProvisioningBench.start({
    hr: true,
    worker: options.worker ?? true,
    sandbox: { company: { people: options.people ?? PEOPLE, changesPerSync: 0 } },
  });
}

function start(options: { readonly mode?: RunMode; readonly forceFullSync?: boolean } = {}) {
  return startSyncPeople(bench.context, {
    mode: options.mode ?? 'RUN',
    forceFullSync: options.forceFullSync ?? false,
    trigger: 'MANUAL_TASK',
  });
}

interface RunSnapshot {
  readonly id: string;
  readonly status: RunStatus;
  readonly summary: Readonly<Record<string, unknown>>;
  readonly error_code: string | null;
}

function ended(id: string | null): Promise<RunSnapshot> {
  return bench.until(`run ${id} ending`, async () => {
    const { rows } = await sql<RunSnapshot>`
      select id, status, summary, error_code from sync_run where id = ${id}::bigint`.execute(bench.sql);
    const [run] = rows;
    return run !== undefined && isFinalRun(run.status) ? run : null;
  });
}

async function sync(options: { readonly mode?: RunMode; readonly forceFullSync?: boolean } = {}) {
  return ended((await start(options)).run);
}

async function watermark(): Promise<string | null> {
  const { rows } = await sql<{
    watermark: string | null;
  }>`select watermark from sync_source where kind = 'HR_SYNC'`.execute(bench.sql);
  return rows[0]?.watermark ?? null;
}

/** Every version of every person: changes with any write, also with one that changes nothing. */
async function versions(): Promise<unknown> {
  const { rows } = await sql`
    select p.id, p.xmin::text, p.ctid::text, (select string_agg(a.xmin::text, ',') from account a where a.person_id = p.id)
    from person p order by p.id`.execute(bench.sql);
  return rows;
}

async function person(employeeNumber: string) {
  return bench.sql
    .selectFrom('person')
    .selectAll()
    .where('employee_number', '=', employeeNumber)
    .executeTakeFirst();
}

async function items(run: string) {
  return bench.sql
    .selectFrom('run_item')
    .select(['item_key', 'outcome', 'error_code', 'payload'])
    .where('run_id', '=', run)
    .orderBy('id')
    .execute();
}

const pagesAsked = () => bench.sandbox.control.ledger({ system: 'HIEDS', operation: 'page' });

describe('a sync of people', () => {
  test('stores everybody page by page, with the accounts HR knows of; the second writes nothing', async () => {
    await open();
    const dry = await sync({ mode: 'DRY_RUN' });
    const first = await sync();
    expect(dry.summary).toMatchObject({ accountsImported: first.summary['accountsImported'] });
    const accounts = await bench.sql.selectFrom('account').select(['system', 'state', 'origin']).execute();
    expect(first).toMatchObject({
      status: 'COMPLETED',
      summary: {
        full: true,
        pages: 4,
        fetched: PEOPLE,
        inserted: PEOPLE,
        updated: 0,
        unchanged: 0,
        skipped: 0,
        accountsImported: accounts.length,
      },
    });
    expect(accounts.length).toBeGreaterThan(0);
    expect(accounts.every(({ state, origin }) => state === 'ACTIVE' && origin === 'IMPORTED')).toBe(true);
    expect(await person('E000001')).toMatchObject({ source: 'HR', hr_person_id: '00000001' });

    const before = await versions();
    const again = await sync({ forceFullSync: true });
    expect(again).toMatchObject({
      status: 'COMPLETED',
      summary: { fetched: PEOPLE, inserted: 0, updated: 0, unchanged: PEOPLE, accountsImported: 0 },
    });
    expect(await versions()).toEqual(before);
    expect((await sync()).summary).toMatchObject({ full: false, fetched: 0 });
  });

  test('finds in the next one what changed while it ran', async () => {
    await open();
    await bench.sandbox.control.addFault({ system: 'HIEDS', operation: 'page', match: '4', fault: 'hang' });
    const { run } = await start();
    await bench.sandbox.control.whenCalled({ system: 'HIEDS', operation: 'page', key: '4', count: 1 });
    await bench.until('page 3 being stored', async () =>
      (await person('E000021')) === undefined ? null : true,
    );
    bench.sandbox.control.putPerson('00000001', { fullName: '改名' });
    bench.sandbox.control.release();
    await ended(run);
    expect((await person('E000001'))?.full_name).not.toBe('改名');
    expect((await sync()).summary).toMatchObject({ full: false, updated: 1, inserted: 0 });
    expect((await person('E000001'))?.full_name).toBe('改名');
  });

  test('retries a failed page and loses no person', async () => {
    await open();
    for (const fault of ['status', 'garbage'] as const)
      await bench.sandbox.control.addFault({
        system: 'HIEDS',
        operation: 'page',
        match: '2',
        fault,
        times: 4,
      });
    expect(await sync()).toMatchObject({ status: 'COMPLETED', summary: { inserted: PEOPLE } });
  });

  test('fails when a page cannot be had, and the watermark stays where it was', async () => {
    await open();
    await bench.sandbox.control.addFault({
      system: 'HIEDS',
      operation: 'page',
      match: '3',
      fault: 'status',
      times: 'forever',
    });
    expect(await sync()).toMatchObject({
      status: 'FAILED',
      error_code: 'HR_PAGE_FAILED',
      summary: { pages: 2 },
    });
    expect(await watermark()).toBeNull();
    await bench.sandbox.control.removeFaults();
    expect(await sync()).toMatchObject({
      status: 'COMPLETED',
      summary: { full: true, inserted: 15, unchanged: 20 },
    });
    expect(await watermark()).not.toBeNull();
  });

  test('fails for a full answer without people or with far fewer, and changes none', async () => {
    await open();
    bench.sandbox.control.answerPeople('nobody');
    expect(await sync()).toMatchObject({ status: 'FAILED', error_code: 'HR_SOURCE_EMPTY' });
    bench.sandbox.control.answerPeople('all');
    await sync();
    const before = [await versions(), await watermark()];
    bench.sandbox.control.answerPeople('fewer');
    expect(await sync({ forceFullSync: true })).toMatchObject({
      status: 'FAILED',
      error_code: 'HR_SOURCE_SHORT',
    });
    bench.sandbox.control.answerPeople('nobody');
    expect(await sync({ forceFullSync: true })).toMatchObject({
      status: 'FAILED',
      error_code: 'HR_SOURCE_EMPTY',
    });
    expect([await versions(), await watermark()]).toEqual(before);
    expect(await sync()).toMatchObject({ status: 'COMPLETED', summary: { fetched: 0 } });
    bench.sandbox.control.answerPeople('all');
    await sync({ forceFullSync: true });
    const broken = [...(await findViolations(bench, { processes: 1 })), ...(await findSyncViolations(bench))];
    expect(broken).toEqual([]);
  });

  test('leaves out malformed rows, keeps why, and takes the rest', async () => {
    await open();
    bench.sandbox.control.putPerson('00000002', { fullName: null });
    bench.sandbox.control.putPerson('00000003', { birthDay: 'soon' });
    bench.sandbox.control.putPerson('00000004', { employeeNumber: '外包001' });
    const run = await sync();
    expect(run).toMatchObject({
      status: 'COMPLETED_WITH_ERRORS',
      summary: { fetched: PEOPLE, inserted: PEOPLE - 1, skipped: 1 },
    });
    expect(await items(run.id)).toMatchObject([
      { item_key: 'E000002', outcome: 'SKIPPED', error_code: 'HR_FIELD_MISSING' },
      { item_key: 'E000003', outcome: 'INCOMPLETE', error_code: 'HR_FIELD_INVALID' },
    ]);
    expect(await person('E000003')).toMatchObject({ birth_day: null });
    expect(await person('外包001')).toMatchObject({ source: 'HR' });
  });

  test('dry: says what would change and writes nothing but the run', async () => {
    await open();
    await sync();
    bench.sandbox.control.putPerson('00000001', { sex: '9' });
    bench.sandbox.control.putPerson('90000000', { employeeNumber: 'NEW1' });
    const before = [await versions(), await watermark()];
    const run = await sync({ mode: 'DRY_RUN', forceFullSync: true });
    expect(run).toMatchObject({
      status: 'COMPLETED',
      summary: { inserted: 1, updated: 1, unchanged: PEOPLE - 1 },
    });
    expect(await items(run.id)).toMatchObject([
      { item_key: 'E000001', outcome: 'WOULD_UPDATE', payload: { fields: ['sex', 'hrUpdatedAt'] } },
      { item_key: 'NEW1', outcome: 'WOULD_INSERT' },
    ]);
    expect([await versions(), await watermark()]).toEqual(before);
  });
});

describe('a page of many new people', () => {
  const row = (n: number, fields: Readonly<Record<string, unknown>> = {}) => {
    const raw = {
      personId: `${n}`,
      employeeNumber: `N${n}`,
      fullName: '张三',
      personType: '10',
      employeeStatus: '1',
    };
    const { person: read } = readPersonRow({ ...raw, ...fields }, '1');
    if (read === null) throw new Error('unreadable');
    return read;
  };
  const store = async (people: readonly HrPerson[]) => {
    const page = await hashPage(people);
    const { boss, systems } = bench.context;
    return inTransaction(bench.context.em, async (tx) => {
      const { rows } = await differing(page).execute(tx);
      return storeHrPeople({ tx, boss, systems, showing: [] }, comparePage(page, rows));
    });
  };
  /** Everything of a person but what differs from one to the next. */
  const stored = async (employeeNumber: string) => {
    const { rows } = await sql<{ fields: Record<string, unknown> }>`
      select to_jsonb(p) - '{id,employee_number,hr_person_id,content_hash,created_at,updated_at,search_text}'::text[] as fields
      from person p where employee_number = ${employeeNumber}`.execute(bench.sql);
    return rows[0]?.fields;
  };

  test('is stored as few are, with the accounts HR knows of, beside people who are known already', async () => {
    await open({ worker: false, people: 1 });
    const full = {
      birthDay: '1990-02-03',
      telephoneNumber1: '138 0013 8000',
      fullAddress: 'back\\slash',
      personDept: [{ department_code: 'D001', country: '中国' }],
      lastUpdateDate: '2026-01-02 03:04:05',
    };
    await store([row(1_000, full)]);
    const people = Array.from({ length: 150 }, (_, n) => row(n, full));
    people[7] = row(7, { ...full, employeeAccount: 'login7' });
    const page = [...people, row(1_000, { ...full, sex: '2' })];
    expect(await store(page)).toMatchObject({ inserted: 150, updated: 1, unchanged: 0, accountsImported: 1 });
    const known = await stored('N1000');
    expect(known?.['sex']).toBe('2');
    expect(await stored('N3')).toEqual({ ...known, sex: null });
    const accounts = await bench.sql.selectFrom('account').select(['system', 'identifier']).execute();
    expect(accounts).toEqual([{ system: 'IDAAS', identifier: 'login7' }]);
    const before = await versions();
    expect(await store(page)).toMatchObject({ inserted: 0, updated: 0, unchanged: 151 });
    expect(await versions()).toEqual(before);
  });
});

describe('one at a time', () => {
  /** A run that waits for page 3. */
  async function startedUpToPage2() {
    await bench.sandbox.control.addFault({ system: 'HIEDS', operation: 'page', match: '3', fault: 'hang' });
    const { run } = await start();
    await bench.until('page 2 being stored', async () =>
      (await person('E000011')) === undefined ? null : true,
    );
    return run;
  }

  test('two at once are one; a full one asked for beside an incremental one is refused', async () => {
    await open({ worker: false });
    const [one, two] = await Promise.all([start(), start()]);
    expect(one.run).toBe(two.run);
    expect([one.joined, two.joined].toSorted()).toEqual([false, true]);
    expect((await start({ forceFullSync: true })).joined).toBe(true);
    await bench.startWorker();
    await ended(one.run);
    await bench.sandbox.control.addFault({ system: 'HIEDS', operation: 'page', fault: 'hang' });
    const asked = pagesAsked().length;
    const incremental = await start();
    expect(await start({ forceFullSync: true })).toMatchObject({
      run: null,
      userErrors: [{ code: 'INVALID_STATE' }],
    });
    expect((await start()).run).toBe(incremental.run);
    await bench.sandbox.control.whenCalled({ system: 'HIEDS', operation: 'page', count: asked + 1 });
    bench.sandbox.control.release();
    expect((await ended(incremental.run)).status).toBe('COMPLETED');
  });

  test('a worker that stops gives the run back; the next goes on at the checkpoint', async () => {
    await open({ worker: false });
    const worker = await bench.startWorker();
    const run = await startedUpToPage2();
    await worker.end();
    await bench.sandbox.control.removeFaults();
    const asked = pagesAsked().length;
    await bench.startWorker();
    expect(await ended(run)).toMatchObject({
      status: 'COMPLETED',
      summary: { inserted: PEOPLE, fetched: PEOPLE },
    });
    const again = pagesAsked().slice(asked);
    expect(again.map(({ key }) => key).toSorted()).toEqual(['3', '4']);
  });

  test('a worker that is taken for dead is followed by another, and changes nothing when it comes back', async () => {
    await open();
    const run = await startedUpToPage2();
    await bench.startWorker();
    await endLeases(bench, 'provisioning.sync-people');
    const end = await ended(run);
    expect(end).toMatchObject({
      status: 'COMPLETED',
      summary: { inserted: PEOPLE, fetched: PEOPLE, unchanged: 0 },
    });
    const before = await versions();
    bench.sandbox.control.release();
    expect((await sync()).summary).toMatchObject({ fetched: 0 });
    expect(await ended(run)).toEqual(end);
    expect(await versions()).toEqual(before);
  });

  test('pages that are lost when Postgres crashes are read again', async () => {
    await open();
    const run = await startedUpToPage2();
    // As a crash leaves it before page 2 is on the disk; the worker is waiting for page 3 and does not see it.
    await sql`delete from account a using person p where p.id = a.person_id and p.employee_number > 'E000010'`.execute(
      bench.sql,
    );
    await sql`delete from person where employee_number > 'E000010'`.execute(bench.sql);
    await sql`update run_step set checkpoint = checkpoint || '{"page": 1}' where run_id = ${run}::bigint`.execute(
      bench.sql,
    );
    bench.sandbox.control.release();
    expect((await ended(run)).status).toBe('COMPLETED');
    const { rows } = await sql<{ people: number }>`select count(*)::int as people from person`.execute(
      bench.sql,
    );
    expect(rows).toEqual([{ people: PEOPLE }]);
  });

  test('is refused where no HR source is configured', async () => {
    await open({ worker: false });
    await noteConfigured(bench.sql, { configured: false, sandboxed: false });
    expect(await start()).toMatchObject({ run: null, userErrors: [{ code: 'SYSTEM_NOT_CONFIGURED' }] });
  });
});

describe('people whom requests brought', () => {
  test("become HR's when HR delivers them, and what HR leaves empty stays", async () => {
    await open({ people: 3 });
    const user = { employeeNumber: 'e000001', employeeName: '张三', phoneNumber: '13900000001' };
    await bench.finished(await bench.submit([user], { systems: ['IDAAS'] }));
    bench.sandbox.control.putPerson('00000001', { telephoneNumber1: '', fullName: '张三丰' });
    expect((await sync()).summary).toMatchObject({ inserted: 2, updated: 1 });
    expect(await person('E000001')).toMatchObject({
      source: 'HR',
      full_name: '张三丰',
      telephone_number1: '13900000001',
    });
  });

  test('get the account HR knows of; what waited for it goes on', async () => {
    await open({ people: 3 });
    await bench.sandbox.control.addFault({
      system: 'IDAAS',
      operation: 'create',
      fault: 'business-error',
      code: '400',
    });
    const user = { employeeNumber: 'E000001', employeeName: '张三' };
    const request = await bench.submit([user], { systems: ['IDAAS', 'WELINK'] });
    expect((await bench.finished(request)).status).toBe('FAILED');
    bench.sandbox.control.putPerson('00000001', {
      employeeAccount: 'zhangsan',
      emailAddress: null,
      personDept: [{ departmentCode: 'D001' }],
    });
    expect((await sync()).summary).toMatchObject({ updated: 1, accountsImported: 1 });
    expect((await bench.finished(request)).status).toBe('COMPLETED');
  });

  test('a request for a person HR knows keeps the values of HR', async () => {
    await open({ people: 3 });
    bench.sandbox.control.putPerson('00000001', { fullName: '张三', telephoneNumber1: '13700000001' });
    await sync();
    const user = { employeeNumber: 'E000001', employeeName: '张三', phoneNumber: '13900000001' };
    await bench.finished(await bench.submit([user], { systems: ['WELINK'] }));
    expect(await person('E000001')).toMatchObject({ source: 'HR', telephone_number1: '13700000001' });
    const before = await versions();
    expect((await sync({ forceFullSync: true })).summary).toMatchObject({ unchanged: 3 });
    expect(await versions()).toEqual(before);
  });
});
