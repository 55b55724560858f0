import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFinalRun } from '../../../src/domain/runs/run-states.ts';
import { sealAudit } from '../../../src/jobs/audit/seal-audit.ts';
import { verifyAudit } from '../../../src/jobs/audit/verify-audit.ts';
import { digestFailures } from '../../../src/jobs/notifications/digest-failures.ts';
import { startSyncPeople } from '../../../src/jobs/provisioning/hr-sync/start-sync-people.ts';
import { cancelRequest } from '../../../src/jobs/provisioning/requests/cancel-request.ts';
import { findUnaudited } from '../../faults/setup/unaudited.ts';
import { operatorOf } from '../../setup/operator.ts';
import { ProvisioningBench } from '../../setup/provisioning.ts';
import { tablesHolding } from '../../setup/tables-holding.ts';

/** One person is erased (docs/retention.md): everywhere, only them, and HR does not bring them back. */

const NUMBER = 'UNIQ-0901';
const NAME = '欧阳独九';
const HR_ID = '77700901';
/** As HR has them. */
const OF_HR = {
  employeeNumber: NUMBER,
  fullName: NAME,
  englishName: 'Ouyang Uniqname',
  telephoneNumber1: '13912349010',
  fullAddress: '独九路 901 号',
  employeeDescription: '独九说明',
  personDept: [{ departmentCode: 'D001' }],
};
/** As requests have them. */
const OF_REQUEST = {
  employeeNumber: NUMBER,
  employeeName: NAME,
  phoneNumber: '13912349011',
  partnerCompany: '独九公司',
};
const BAD_PHONE = 'x13912349012y';
const ADDRESS = 'mail.of.uniq0901@mail.example';
const OTHER = { employeeNumber: 'OTHER-0902', employeeName: '诸葛他人' };
const values = [NUMBER, NUMBER.toLowerCase(), NAME, HR_ID, OF_HR.englishName, OF_HR.telephoneNumber1].concat(
  [OF_HR.fullAddress, OF_HR.employeeDescription, OF_REQUEST.phoneNumber, OF_REQUEST.partnerCompany],
  [BAD_PHONE, ADDRESS],
);

let bench: ProvisioningBench;
beforeAll(async () => {
  bench = await ProvisioningBench.start({
    hr: true,
    sandbox: { company: { people: 3, changesPerSync: 0 } },
    settings: { account_creation_max_retries: 1 },
  });
});
afterAll(() => bench.stop());

async function sync(): Promise<Readonly<Record<string, unknown>>> {
  const started = await startSyncPeople(bench.context, {
    mode: 'RUN',
    forceFullSync: true,
    trigger: 'MANUAL_TASK',
  });
  return bench.until('the sync ending', async () => {
    const run = await bench.sql
      .selectFrom('sync_run')
      .select(['status', 'summary'])
      .where('id', '=', String(started.run))
      .executeTakeFirstOrThrow();
    return isFinalRun(run.status) ? run.summary : null;
  });
}

async function erase(input: Readonly<Record<string, unknown>>, locale: 'EN' | 'ZH_CN' = 'EN') {
  const source = `mutation ($input: ErasePersonInput!) { erasePerson(input: $input) {
    mode counts { table rows } userErrors { code path message } } }`;
  return (await operatorOf(bench)(source, { input: { reason: 'T-1', ...input } }, locale)).erasePerson;
}

async function personOf(number: string) {
  return bench.sql
    .selectFrom('person')
    .select(['id', 'reserved_username', 'reserved_email_address'])
    .where('employee_number', '=', number)
    .executeTakeFirst();
}

/** A person everywhere: HR, requests that went well, failed with echoes, were refused and cancelled, runs, mail. */
async function spread(): Promise<{ readonly request: string; readonly other: string }> {
  bench.sandbox.control.putPerson(HR_ID, { ...OF_HR, fullName: null });
  await sync();
  bench.sandbox.control.putPerson(HR_ID, OF_HR);
  expect(await sync()).toMatchObject({ inserted: 1, erased: 0 });
  const echo = `${NUMBER} ${NAME} ${OF_HR.telephoneNumber1} ${OF_REQUEST.phoneNumber} is refused`;
  for (const [match, message] of [
    [NUMBER, echo],
    [OTHER.employeeNumber, 'is refused'],
  ])
    await bench.sandbox.control.addFault({
      system: 'WELINK',
      operation: 'create',
      match,
      fault: 'business-error',
      code: '400',
      message,
      times: 'forever',
    });
  const request = await bench.submit([OF_REQUEST, OTHER], { systems: ['IDAAS', 'WELINK'] });
  await bench.finished(request);
  await sql`update task_failure set failed_at = failed_at - interval '1 hour'`.execute(bench.sql);
  await digestFailures(bench.sql);
  const bad = { ...OF_REQUEST, phoneNumber: BAD_PHONE };
  const partial = await bench.submit([bad, OTHER], { systems: ['IDAAS'], onInvalid: 'ACCEPT_VALID' });
  await bench.finished(partial);
  const person = (await personOf(NUMBER))?.id;
  await sql`insert into account_look_up (person_id, system, identifier) values (${person}, 'EMAIL', ${ADDRESS})`.execute(
    bench.sql,
  );
  await sql`update person set email_address = ${ADDRESS} where id = ${person}`.execute(bench.sql);
  await sql`
    with event as (insert into notification_event (type, subject, data, relayed_at)
      values ('webhook.test', 'of-uniq', '{}', now()) returning id)
    insert into notification_delivery (event_id, channel, target, status, delivered_at)
    select id, 'EMAIL', ${ADDRESS}, 'DELIVERED', now() from event`.execute(bench.sql);
  return { request, other: String((await personOf(OTHER.employeeNumber))?.id) };
}

test('a person is erased everywhere, and only them; HR does not bring them back, a new request does', async () => {
  const { request, other } = await spread();
  const before = await tablesHolding(bench, values);
  expect(before).toEqual(expect.arrayContaining(['person', 'request_item', 'account_task', 'task_attempt']));
  expect(before).toEqual(expect.arrayContaining(['run_item', 'notification_event', 'account_request']));
  const person = await personOf(NUMBER);
  const id = String(person?.id);

  // Refused: nobody, an active account, something open.
  expect(await erase({ employeeNumber: 'nobody' })).toMatchObject({
    counts: [],
    userErrors: [{ code: 'NOT_FOUND', path: ['employeeNumber'] }],
  });
  expect(await erase({ employeeNumber: NUMBER, reason: ' ' })).toMatchObject({
    userErrors: [{ code: 'REQUIRED', path: ['reason'] }],
  });
  const active = await erase({ employeeNumber: NUMBER });
  expect(active.userErrors).toMatchObject([
    { code: 'INVALID_STATE', message: expect.stringMatching(/IDAAS/) },
  ]);
  await sql`update account set state = 'DISABLED', leaver_since = now() where person_id = ${id} and state = 'ACTIVE'`.execute(
    bench.sql,
  );
  await bench.set('account_creation_enabled', false);
  const open = await bench.submit([OF_REQUEST], { systems: ['EMAIL'] });
  const { request_id: openId } = await bench.request(open);
  const refused = await erase({ employeeNumber: NUMBER }, 'ZH_CN');
  expect(refused.userErrors).toMatchObject([
    { code: 'INVALID_STATE', message: expect.stringMatching(`未结束的任务或请求（${openId}）`) },
  ]);
  await cancelRequest(bench.context, { requestId: openId });
  await bench.set('account_creation_enabled', true);

  // A dry run counts, and changes nothing.
  const counts = { person: 1, request_item: 2, account_task: 2, task_attempt: 2, account_request: 3 };
  const countOf = (answer: { counts: { table: string; rows: number }[] }) =>
    Object.fromEntries(answer.counts.map(({ table, rows }) => [table, rows]));
  expect(countOf(await erase({ employeeNumber: NUMBER, mode: 'DRY_RUN' }))).toMatchObject(counts);
  expect(await tablesHolding(bench, values)).toEqual(before);
  const { status, round } = await bench.request(request);

  const done = await erase({ employeeNumber: NUMBER.toLowerCase() });
  expect(done.userErrors).toEqual([]);
  expect(countOf(done)).toMatchObject(counts);
  expect(await tablesHolding(bench, values)).toEqual([]);
  // Names are never given twice: they stay, without a person, but for the login that tells the number.
  const chosen = person?.reserved_email_address?.split('@')[0];
  const { rows: kept } = await sql`
    select value, person_id from name_reservation where value in ('mail.of.uniq0901', ${chosen}) order by value = ${chosen}`.execute(
    bench.sql,
  );
  expect(kept).toEqual([
    { value: 'mail.of.uniq0901', person_id: null },
    { value: chosen, person_id: null },
  ]);
  const names = [String(person?.reserved_username), String(person?.reserved_email_address)];
  expect(await tablesHolding(bench, names)).toEqual([]);
  expect(await bench.request(request)).toMatchObject({
    status,
    round,
    items: [{ employee_number: `erased:${id}`, status: 'FAILED' }, { employee_number: OTHER.employeeNumber }],
  });
  expect(await personOf(OTHER.employeeNumber)).toMatchObject({ id: other });
  expect(await erase({ employeeNumber: NUMBER })).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  expect(await erase({ employeeNumber: `erased:${id}` })).toMatchObject({
    userErrors: [{ code: 'NOT_FOUND' }],
  });

  // The audit log says so without saying who it was, and its chain is whole.
  const { rows: entries } = await sql<{ after: unknown }>`
    select after from audit_entry where action = 'person.erased' and subject_id = ${id}`.execute(bench.sql);
  expect(entries).toMatchObject([{ after: { reason: 'T-1', rows: { person: 1 } } }]);
  expect(await findUnaudited(bench.sql)).toEqual([]);
  await sealAudit({ em: bench.core.orm.em });
  expect(await verifyAudit(bench.sql, { after: '0', head: null })).toMatchObject({ problem: null });

  // Nothing acts for them any more: no sync, no retry, no correction.
  expect(await sync()).toMatchObject({ inserted: 0, skipped: 0, erased: 1 });
  bench.sandbox.control.putPerson(HR_ID, { ...OF_HR, fullName: null });
  expect(await sync()).toMatchObject({ inserted: 0, skipped: 1 });
  expect(await tablesHolding(bench, values)).toEqual([]);
  await bench.sandbox.control.removeFaults();
  const ask = operatorOf(bench);
  const { request_id: requestId } = await bench.request(request);
  const tasks = (await bench.tasks(request)).filter((task) => task.employee_number === `erased:${id}`);
  const failed = tasks.find((task) => task.status === 'FAILED');
  const retry = await ask(
    `mutation ($task: String!, $request: String!, $open: String!) {
      retryTask(input: { taskId: $task }) { userErrors { code message } }
      retryRequest(input: { requestId: $request }) { requeuedTasks userErrors { code } }
      cancelled: retryRequest(input: { requestId: $open }) { requeuedTasks userErrors { code } }
      updateRequestItem(input: { requestId: $request, position: 0, phoneNumber: "13912349013" }) { userErrors { code } } }`,
    { task: failed?.task_id, request: requestId, open: openId },
  );
  expect(retry).toMatchObject({
    retryTask: { userErrors: [{ code: 'INVALID_STATE', message: expect.stringContaining('erased') }] },
    retryRequest: { requeuedTasks: 1, userErrors: [] },
    cancelled: { requeuedTasks: 0, userErrors: [] },
    updateRequestItem: { userErrors: [{ code: 'INVALID_STATE' }] },
  });
  await bench.finished(request);
  const { rows: states } = await sql`
    select system, status from account_task where person_id = ${id} order by system`.execute(bench.sql);
  expect(states).toEqual([
    { system: 'IDAAS', status: 'COMPLETED' },
    { system: 'WELINK', status: 'FAILED' },
  ]);

  // A new request is a deliberate act: a new person, who finds the account that is still there, and HR speaks again.
  const again = await bench.submit([OF_REQUEST], { systems: ['IDAAS', 'WELINK'] });
  expect((await bench.finished(again)).status).toBe('COMPLETED');
  bench.sandbox.control.putPerson(HR_ID, OF_HR);
  const newcomer = await personOf(NUMBER);
  expect(newcomer?.id).not.toBe(id);
  expect(await sync()).toMatchObject({ inserted: 0, updated: 1, erased: 0 });
  const { rows: tombstones } = await sql`select 1 from erased_person`.execute(bench.sql);
  expect(tombstones).toEqual([]);
});
