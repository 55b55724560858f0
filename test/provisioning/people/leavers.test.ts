import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { allErrors } from '../../../src/domain/catalogue/all-errors.ts';
import type { StoredError } from '../../../src/domain/errors/error-entry.ts';
import { renderError } from '../../../src/domain/errors/render-error.ts';
import { isFinalRun, type RunMode, type RunStatus } from '../../../src/domain/runs/run-states.ts';
import { startDisableLeavers } from '../../../src/jobs/provisioning/account-changes/start-disable-leavers.ts';
import { startSyncPeople } from '../../../src/jobs/provisioning/hr-sync/start-sync-people.ts';
import { upsertDepartmentMappings } from '../../../src/jobs/provisioning/mappings/upsert-department-mappings.ts';
import { cancelRun } from '../../../src/jobs/runs/cancel-run.ts';
import { confirmRun, rejectRun } from '../../../src/jobs/runs/confirm-run.ts';
import { resumeRun, retryFailedItems } from '../../../src/jobs/runs/resume-run.ts';
import { endLeases } from '../../setup/leases.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';

const PEOPLE = 40;
/** Everybody up to this number has an account at WeLink. */
const AT_WELINK = 30;

let bench: ProvisioningBench;
beforeAll(async () => {
  bench = await ProvisioningBench.start({
    hr: true,
    sandbox: { company: { people: PEOPLE, changesPerSync: 0 } },
  });
  const { control } = bench.sandbox;
  for (const person of control.people())
    control.putPerson(String(person['personId']), {
      employeeStatus: '1',
      employeeAccount: null,
      emailAddress: '',
    });
  control.putPerson(idOf(1), { employeeAccount: 'zE000001' });
  await sync();
  for (let n = 1; n <= AT_WELINK; n += 1) control.putAccount({ system: 'WELINK', key: numberOf(n) });
  await sql`
    insert into account (person_id, system, identifier, state, origin)
    select id, 'WELINK', employee_number, 'ACTIVE', 'ADOPTED' from person
    where employee_number <= ${numberOf(AT_WELINK)}`.execute(bench.sql);
});
afterAll(() => bench.stop());

beforeEach(async () => {
  await bench.sandbox.control.removeFaults();
  // What the test before disabled is of yesterday.
  await sql`update run_item set settled_at = settled_at - interval '25 hours'`.execute(bench.sql);
  await bench.set('leaver_disable_enabled', true);
  await bench.set('leaver_threshold_count', 20);
});

const numberOf = (n: number) => `E${String(n).padStart(6, '0')}`;
const idOf = (n: number) => String(n).padStart(8, '0');

function leave(...people: readonly number[]): void {
  for (const n of people) bench.sandbox.control.putPerson(idOf(n), { employeeStatus: '0' });
}

interface Run {
  readonly id: string;
  readonly run_id: string;
  readonly status: RunStatus;
  readonly trigger: string;
  readonly summary: Readonly<Record<string, unknown>>;
}

async function runs(kind: string): Promise<Run[]> {
  const { rows } = await sql<Run>`
    select id, run_id, status, trigger, summary from sync_run where kind = ${kind} order by id`.execute(
    bench.sql,
  );
  return rows;
}

/** Waits until the run rests: ended, or waiting for a person. */
function rested(id: string | null): Promise<Run> {
  return bench.until(`run ${id} resting`, async () => {
    const found = [...(await runs('HR_SYNC')), ...(await runs('LEAVERS'))].find((run) => run.id === id);
    return found !== undefined && found.status !== 'RUNNING' ? found : null;
  });
}

async function sync(
  options: { readonly mode?: RunMode; readonly forceFullSync?: boolean } = {},
): Promise<Run> {
  const { run } = await startSyncPeople(bench.context, {
    mode: 'RUN',
    forceFullSync: false,
    trigger: 'MANUAL_TASK',
    ...options,
  });
  return rested(run);
}

/** Syncs, and waits for the run of leavers that follows. */
async function syncAndFollow(): Promise<Run> {
  const before = (await runs('LEAVERS')).length;
  await sync();
  const [next] = (await runs('LEAVERS')).slice(before);
  return rested(next?.id ?? null);
}

async function disable(mode: RunMode): Promise<Run> {
  return rested((await startDisableLeavers(bench.context, { mode })).id);
}

async function items({ id }: Run) {
  const { rows } = await sql<{ text: string }>`
    select concat_ws(' ', item_key, payload->>'system', outcome, error_code) as text from run_item
    where run_id = ${id}::bigint order by item_key, payload->>'system'`.execute(bench.sql);
  return rows.map(({ text }) => text);
}

async function stateOf(n: number): Promise<{ ours: string | undefined; theirs: string | undefined }> {
  const { rows } = await sql<{ state: string }>`
    select a.state from account a join person p on p.id = a.person_id
    where p.employee_number = ${numberOf(n)} and a.system = 'WELINK'`.execute(bench.sql);
  const theirs = bench.sandbox.control.accounts('WELINK').find(({ key }) => key === numberOf(n));
  return { ours: rows[0]?.state, theirs: theirs?.state };
}

const disabled = { ours: 'DISABLED', theirs: 'disabled' };
const active = { ours: 'ACTIVE', theirs: 'active' };
const callsFor = (n: number) =>
  bench.sandbox.control.ledger({ system: 'WELINK', operation: 'disable', key: numberOf(n) }).length;

describe('after a sync', () => {
  test('leavers are disabled where the system can and reported once where it cannot; who comes back gets a task', async () => {
    leave(1);
    bench.sandbox.control.putPerson(idOf(2), { disableDate: '2020-01-01' });
    bench.sandbox.control.putPerson(idOf(3), { disableDate: '2999-01-01' });
    const run = await syncAndFollow();
    expect(run).toMatchObject({
      status: 'COMPLETED',
      trigger: 'EVENT',
      summary: {
        people: 2,
        disabled: 2,
        byHand: 1,
        failed: 0,
        pending: 0,
        activePeople: PEOPLE - 2,
        limit: 20,
      },
    });
    expect(await items(run)).toEqual([
      'E000001 IDAAS BY_HAND LEAVER_BY_HAND',
      'E000001 WELINK DISABLED',
      'E000002 WELINK DISABLED',
    ]);
    expect([await stateOf(1), await stateOf(2), await stateOf(3)]).toEqual([disabled, disabled, active]);

    expect(await items(await syncAndFollow())).toEqual([]);
    expect(await items(await disable('RUN'))).toEqual(['E000001 IDAAS BY_HAND LEAVER_BY_HAND']);

    bench.sandbox.control.putPerson(idOf(1), {
      employeeStatus: '1',
      personDept: [{ departmentCode: 'D001' }],
    });
    await bench.set('leaver_disable_enabled', false);
    const back = await syncAndFollow();
    expect(await items(back)).toEqual(['E000001 WELINK TASK_CREATED REHIRE_TASK']);
    await bench.until('the account being back', async () =>
      (await stateOf(1)).ours === 'ACTIVE' ? true : null,
    );
    expect(await stateOf(1)).toEqual(active);
    expect(await syncAndFollow()).toMatchObject({ summary: { tasksCreated: 0 } });
    // Nobody came back any more, and the Setting is off: no run follows.
    const before = (await runs('LEAVERS')).length;
    await sync();
    expect(await runs('LEAVERS')).toHaveLength(before);
  });

  test('no account is disabled when the Setting is off, the source is broken, or the run is dry', async () => {
    leave(4);
    await bench.set('leaver_disable_enabled', false);
    const before = (await runs('LEAVERS')).length;
    await sync();
    await bench.set('leaver_disable_enabled', true);
    bench.sandbox.control.answerPeople('nobody');
    expect(await sync({ forceFullSync: true })).toMatchObject({ status: 'FAILED' });
    bench.sandbox.control.answerPeople('all');
    expect(await runs('LEAVERS')).toHaveLength(before);

    const dry = await disable('DRY_RUN');
    expect(dry).toMatchObject({ status: 'COMPLETED', summary: { people: 1, wouldDisable: 1, disabled: 0 } });
    expect(await items(dry)).toEqual(['E000004 WELINK WOULD_DISABLE']);
    expect([await stateOf(4), callsFor(4)]).toEqual([active, 0]);
    // A dry sync judges by what HR says now: 15 is about to leave, 4 is known to have left.
    leave(15);
    const drySync = await sync({ mode: 'DRY_RUN' });
    expect(drySync).toMatchObject({ status: 'COMPLETED', summary: { updated: 1, disabled: 2 } });
    expect(await items(drySync)).toEqual(
      expect.arrayContaining(['E000004 WELINK WOULD_DISABLE', 'E000015 WELINK WOULD_DISABLE']),
    );
    bench.sandbox.control.putPerson(idOf(15), { employeeStatus: '1' });
    await syncAndFollow();
    expect(await stateOf(4)).toEqual(disabled);
  });
});

describe('too many at once', () => {
  test('wait before the first; confirmed, only who is a leaver still is disabled', async () => {
    await bench.set('leaver_threshold_count', 2);
    leave(5, 6, 7);
    const waiting = await syncAndFollow();
    expect(waiting).toMatchObject({
      status: 'AWAITING_CONFIRMATION',
      summary: { people: 3, pending: 3, disabled: 0, confirmation: { count: 3, limit: 2 } },
    });
    expect(await items(waiting)).toEqual(
      ['E000005', 'E000006', 'E000007'].map((key) => `${key} WELINK PENDING`),
    );
    expect([5, 6, 7].map(callsFor)).toEqual([0, 0, 0]);
    bench.sandbox.control.putPerson(idOf(6), { employeeStatus: '1' });
    await sync();
    expect(await startDisableLeavers(bench.context, { mode: 'RUN' })).toMatchObject({
      id: waiting.id,
      joined: true,
    });

    expect(await confirmRun(bench.context, { runId: waiting.run_id })).toMatchObject({ userErrors: [] });
    const done = await rested(waiting.id);
    expect(done).toMatchObject({ status: 'COMPLETED', summary: { disabled: 2, skipped: 1, pending: 0 } });
    expect(await items(done)).toEqual([
      'E000005 WELINK DISABLED',
      'E000006 WELINK SKIPPED LEAVER_CAME_BACK',
      'E000007 WELINK DISABLED',
    ]);
  });

  test('are counted over 24 hours; rejected, the next syncs do not ask again, but a person may', async () => {
    await bench.set('leaver_threshold_count', 2);
    leave(8, 9);
    expect(await syncAndFollow()).toMatchObject({ status: 'COMPLETED', summary: { disabled: 2 } });
    leave(10);
    const waiting = await syncAndFollow();
    expect(waiting).toMatchObject({
      status: 'AWAITING_CONFIRMATION',
      summary: { people: 1, recentPeople: 2, confirmation: { count: 3, limit: 2 } },
    });
    await rejectRun(bench.context, { runId: waiting.run_id, reason: 'HR is wrong' });
    expect((await rested(waiting.id)).status).toBe('CANCELLED');
    expect(await syncAndFollow()).toMatchObject({ status: 'COMPLETED', summary: { people: 0 } });
    expect([await stateOf(10), callsFor(10)]).toEqual([active, 0]);

    await bench.set('leaver_threshold_count', 20);
    expect(await disable('RUN')).toMatchObject({ status: 'COMPLETED', summary: { people: 1, disabled: 1 } });
    expect(await stateOf(10)).toEqual(disabled);
  });
});

describe('at the system', () => {
  test('a passing fault is tried again, a refusal is the record of a run with errors, taken again by hand', async () => {
    const { control } = bench.sandbox;
    leave(11, 12);
    for (const fault of ['status', 'answer-lost'] as const)
      await control.addFault({ system: 'WELINK', operation: 'disable', match: numberOf(11), fault });
    await control.addFault({
      system: 'WELINK',
      operation: 'disable',
      match: numberOf(12),
      fault: 'business-error',
      code: '47003',
    });
    const run = await syncAndFollow();
    expect(run).toMatchObject({ status: 'COMPLETED_WITH_ERRORS', summary: { disabled: 1, failed: 1 } });
    expect(await items(run)).toEqual([
      'E000011 WELINK DISABLED',
      expect.stringMatching(/^E000012 WELINK FAILED UPSTREAM_/),
    ]);
    expect([await stateOf(11), callsFor(11), await stateOf(12)]).toEqual([disabled, 3, active]);

    expect(await retryFailedItems(bench.context, { runId: run.run_id })).toMatchObject({ userErrors: [] });
    const again = await rested(run.id);
    expect(again).toMatchObject({ status: 'COMPLETED', summary: { disabled: 2, failed: 0 } });
    expect([callsFor(11), await stateOf(12)]).toEqual([3, disabled]);
    expect(await retryFailedItems(bench.context, { runId: run.run_id })).toMatchObject({
      userErrors: [{ code: 'INVALID_STATE', parameters: { variant: 'NOTHING_FAILED' } }],
    });
  });

  test('a paused system is not called; the run waits, is cancelled at once, and goes on when resumed', async () => {
    await bench.set('paused_systems', [{ system: 'WELINK', reason: '升级' }]);
    leave(13);
    const before = (await runs('LEAVERS')).length;
    await sync();
    const [live] = await bench.until('the run waiting for its system', async () => {
      const found = (await runs('LEAVERS')).slice(before);
      return found[0]?.summary['pending'] === 1 ? found : null;
    });
    if (live === undefined) throw new Error('no run');
    expect([live.status, callsFor(13)]).toEqual(['RUNNING', 0]);
    await cancelRun(bench.context, { runId: live.run_id });
    expect(await rested(live.id)).toMatchObject({ status: 'CANCELLED' });
    await bench.set('paused_systems', []);
    expect(await resumeRun(bench.context, { runId: live.run_id })).toMatchObject({ userErrors: [] });
    expect(await rested(live.id)).toMatchObject({ status: 'COMPLETED', summary: { disabled: 1 } });
    expect([await stateOf(13), callsFor(13)]).toEqual([disabled, 1]);
  });

  test('a worker that is taken for dead in the middle of a call leaves one disabled account', async () => {
    const { control } = bench.sandbox;
    const job = 'provisioning.change-account.welink';
    await control.addFault({
      system: 'WELINK',
      operation: 'disable',
      match: numberOf(14),
      fault: 'hang',
      apply: true,
    });
    leave(14);
    await sync();
    await control.whenCalled({ system: 'WELINK', operation: 'disable', key: numberOf(14), count: 1 });
    const second = await bench.startWorker();
    await endLeases(bench, job);
    await control.whenCalled({ system: 'WELINK', operation: 'disable', key: numberOf(14), count: 2 });
    control.release();
    const last = (await runs('LEAVERS')).at(-1);
    expect(await rested(last?.id ?? null)).toMatchObject({ status: 'COMPLETED' });
    expect(await stateOf(14)).toEqual(disabled);
    await second.end();
  });
});

describe('movers', () => {
  /** The records of a sync once none of them waits any more. */
  const settled = (run: Run) =>
    bench.until(`the records of run ${run.id} being settled`, async () => {
      const found = await items(run);
      return found.some((item) => item.includes('PENDING')) ? null : found;
    });
  const atWelink = (n: number) =>
    bench.sandbox.control.accounts('WELINK').find(({ key }) => key === numberOf(n));

  test('are updated where the system can be told, with what changed and nothing else, and listed where it cannot', async () => {
    const { control } = bench.sandbox;
    control.putPerson(idOf(1), { fullName: '新名字' });
    control.putPerson(idOf(20), {
      telephoneNumber1: '13712345678',
      personDept: [{ departmentCode: 'D002' }],
    });
    control.putPerson(idOf(21), { sex: '9' });
    const run = await sync();
    expect(run).toMatchObject({ status: 'COMPLETED', summary: { updated: 3, moved: 2 } });
    expect(await settled(run)).toEqual([
      'E000001 IDAAS BY_HAND MOVER_BY_HAND',
      'E000001 WELINK UPDATED',
      'E000020 WELINK UPDATED',
    ]);
    expect(atWelink(1)).toMatchObject({ name: '新名字' });
    expect(atWelink(20)).toMatchObject({ phone: '13712345678' });
    const calls = control.ledger({ system: 'WELINK', operation: 'update' }).map(({ key }) => key);
    expect(calls.toSorted()).toEqual(['E000001', 'E000020', 'E000020']);
    expect(await items(await sync({ forceFullSync: true }))).toEqual([]);
  });

  test('that cannot be updated say why, and are taken again by hand once the cause is gone', async () => {
    const { control } = bench.sandbox;
    control.putAccount({ system: 'WELINK', key: 'OTHER', phone: '13799999999' });
    control.putPerson(idOf(22), { telephoneNumber1: '13799999999' });
    control.putPerson(idOf(23), { telephoneNumber1: '010-88881234' });
    control.putPerson(idOf(24), { personDept: [{ departmentCode: 'D777' }] });
    // NM03 and NM06: a name that hardly is one is not sent, be it of somebody who has an account.
    control.putPerson(idOf(26), { fullName: '王?' });
    const run = await sync();
    expect(await settled(run)).toEqual([
      'E000022 WELINK FAILED PHONE_TAKEN_ELSEWHERE',
      'E000023 WELINK FAILED PHONE_NOT_MOBILE',
      'E000024 WELINK FAILED DEPARTMENT_UNMAPPED',
      'E000026 WELINK FAILED NAME_DOUBTFUL',
    ]);
    // The sync had ended well before its movers failed: it says so afterwards.
    await expect
      .poll(() => rested(run.id))
      .toMatchObject({ status: 'COMPLETED_WITH_ERRORS', summary: { moved: 4, movesFailed: 4 } });
    const { rows } = await sql<StoredError>`
      select error_code as code, error_parameters as parameters from run_item
      where run_id = ${run.id}::bigint and item_key = 'E000024'`.execute(bench.sql);
    const [unmapped = { code: '', parameters: {} }] = rows;
    for (const [locale, says, not] of [
      ['EN', 'was not updated', 'goes on by itself'],
      ['ZH_CN', '没有更新', '任务会自动继续'],
    ] as const) {
      const text = renderError(allErrors, unmapped, locale);
      expect(text).toContain(says);
      expect(text).toContain(`retryFailedItems`);
      expect(text).toContain(run.run_id);
      expect(text).not.toContain(not);
    }
    await upsertDepartmentMappings(bench.context, {
      skipBad: false,
      mappings: [{ idataDepartmentCode: 'D777', idaasDepartmentCode: 'WW-D777', ou: 'OU=D777' }],
    });
    control.putAccount({ system: 'WELINK', key: 'OTHER', phone: '13788888888' });
    expect(await retryFailedItems(bench.context, { runId: run.run_id })).toMatchObject({ userErrors: [] });
    await rested(run.id);
    expect(await settled(run)).toEqual([
      'E000022 WELINK UPDATED',
      'E000023 WELINK FAILED PHONE_NOT_MOBILE',
      'E000024 WELINK UPDATED',
      'E000026 WELINK FAILED NAME_DOUBTFUL',
    ]);
    await expect
      .poll(() => rested(run.id))
      .toMatchObject({ status: 'COMPLETED_WITH_ERRORS', summary: { movesFailed: 2 } });
  });

  test('are only listed while the Setting is off', async () => {
    await bench.set('mover_update_enabled', false);
    bench.sandbox.control.putPerson(idOf(25), { fullName: '又一个名字' });
    expect(await items(await sync())).toEqual(['E000025 WELINK BY_HAND MOVER_BY_HAND']);
    await bench.set('mover_update_enabled', true);
  });
});

test('nothing is left over: every run ends and no job stays queued', async () => {
  await bench.until('everything being over', async () => {
    const { rows } = await sql`
      select name from pgboss.job where name ~ 'change-account|disable-leavers' and state < 'completed'`.execute(
      bench.sql,
    );
    const live = (await runs('LEAVERS')).filter((run) => !isFinalRun(run.status));
    return live.length === 0 && rows.length === 0 ? true : null;
  });
});
