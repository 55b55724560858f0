import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey } from '../../src/jobs/access/create-api-key.ts';
import { revokeApiKey } from '../../src/jobs/access/revoke-api-key.ts';
import { exportPerson } from '../../src/jobs/provisioning/privacy/export-person.ts';
import { updateSetting } from '../../src/jobs/settings/update-setting.ts';
import { withLogScope } from '../../src/logger.ts';
import { findUnaudited } from '../faults/setup/unaudited.ts';
import { ProvisioningBench } from '../setup/provisioning.ts';
import { tablesHolding } from '../setup/tables-holding.ts';

/** Who changed what, in the transaction of the change (docs/audit.md). */

let bench: ProvisioningBench;
beforeAll(async () => {
  bench = await ProvisioningBench.start();
});
afterAll(() => bench.stop());

interface Entry {
  readonly actor: string;
  readonly correlation_id: string | null;
  readonly action: string;
  readonly before: unknown;
  readonly after: unknown;
}

async function entriesOf(kind: string, id: string): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    select actor, correlation_id, action, before, after from audit_entry
    where subject_kind = ${kind} and subject_id = ${id} order by id`.execute(bench.sql);
  return rows;
}

/** As an operation of the API runs. */
function asPrincipal<T>(principal: string, work: () => Promise<T>): Promise<T> {
  return withLogScope({ principal, correlationId: `of-${principal}` }, work);
}

test('a request, its people, tasks and accounts tell each of their states and who brought it about', async () => {
  const id = await asPrincipal('oa', () => bench.submit([{}, {}]));
  const { request_id, items } = await bench.finished(id);

  const ofRequest = await entriesOf('REQUEST', request_id);
  expect(ofRequest).toMatchObject([
    {
      actor: 'oa',
      correlation_id: 'of-oa',
      action: 'request.created',
      before: null,
      after: { status: 'PENDING', totalUsers: 2, originSystem: 'OA' },
    },
    {
      actor: 'job:provisioning.intake-request',
      before: { status: 'PENDING' },
      after: { status: 'PROCESSING' },
    },
    { actor: 'job:provisioning.run-task', before: { status: 'PROCESSING' }, after: { status: 'COMPLETED' } },
  ]);
  const tasks = await bench.tasks(id);
  const email = tasks.find(({ system }) => system === 'EMAIL');
  const ofTask = await entriesOf('TASK', email?.id ?? '');
  expect(ofTask[0]).toMatchObject({ action: 'task.created', after: { system: 'EMAIL' } });
  expect(ofTask.at(-1)).toMatchObject({ before: { status: 'PROCESSING' }, after: { status: 'COMPLETED' } });
  expect(ofTask.every(({ actor }) => actor.startsWith('job:provisioning.'))).toBe(true);
  expect(await entriesOf('ACCOUNT', `${items[0]?.person_id}:IDAAS`)).toMatchObject([
    { after: { state: 'ACTIVE', origin: 'CREATED', changed: ['identifier', 'remote_id'] } },
  ]);
  expect(await findUnaudited(bench.sql)).toEqual([]);
});

test('the checker sees a change without an entry', async () => {
  const id = await bench.submit([{}]);
  await bench.finished(id);
  const [task] = await bench.tasks(id);
  await sql`alter table account_task disable trigger audit_account_task_updated`.execute(bench.sql);
  await sql`update account_task set status = 'FAILED' where id = ${task?.id}::bigint`.execute(bench.sql);
  await sql`alter table account_task enable trigger audit_account_task_updated`.execute(bench.sql);
  expect(await findUnaudited(bench.sql)).toEqual([
    `I9: TASK ${task?.id} is {"status": "FAILED"}, the audit log says {"status": "COMPLETED"}`,
  ]);
  await sql`update account_task set status = 'COMPLETED' where id = ${task?.id}::bigint`.execute(bench.sql);
  expect(await entriesOf('TASK', task?.id ?? '')).toHaveLength(3 + 1);
});

test('changes are recorded with their principal; SQL by hand with its role; secrets and addresses not at all', async () => {
  await asPrincipal('lina', () =>
    updateSetting(
      { em: bench.context.em, settings: bench.settings, principal: 'lina' },
      { key: 'max_tasks_per_batch', value: 60, expectedVersion: null },
    ),
  );
  await bench.set('max_tasks_per_batch', 70);
  await bench.set('operator_emails', ['lina@example.com']);
  const ofSetting = await entriesOf('SETTING', 'max_tasks_per_batch');
  expect(ofSetting).toMatchObject([
    { actor: 'lina', action: 'setting.created', after: { value: 60, version: 1 } },
    { action: 'setting.changed', before: { value: 60, version: 1 }, after: { value: 70, version: 2 } },
  ]);
  expect(ofSetting[1]?.actor).toMatch(/^sql:/);
  expect(JSON.stringify(await entriesOf('SETTING', 'operator_emails'))).not.toContain('example.com');
  expect(await entriesOf('DEPARTMENT_MAPPING', 'D001')).toMatchObject([
    { actor: 'service', after: { idaasDepartmentCode: 'WW-D001', ou: 'OU=D001' } },
  ]);

  const key = await asPrincipal('lina', () =>
    createApiKey(
      { em: bench.context.em, principal: 'lina' },
      { name: 'OA', principal: 'oa', scopes: ['requests:write'], originSystems: null, expiresAt: null },
    ),
  );
  await asPrincipal('wang', () =>
    revokeApiKey({ em: bench.context.em, principal: 'wang' }, { id: key.id ?? '' }),
  );
  const ofKey = await entriesOf('API_KEY', key.id ?? '');
  expect(ofKey).toMatchObject([
    { actor: 'lina', after: { name: 'OA', principal: 'oa', scopes: ['requests:write'], revoked: false } },
    { actor: 'wang', before: { revoked: false }, after: { revoked: true } },
  ]);

  const refusal = 'the audit log is append-only';
  for (const statement of [
    sql`update audit_entry set actor = 'nobody'`,
    sql`delete from audit_entry`,
    sql`truncate audit_entry`,
  ])
    await expect(statement.execute(bench.sql)).rejects.toThrow(refusal);
});

test('no entry holds a name, a phone number or an identifier', async () => {
  const person = { employeeName: '欧阳独一', phoneNumber: '13912340987', employeeNumber: 'UNIQ-0815' };
  const id = await bench.submit([person]);
  await bench.finished(id);
  const { rows } = await sql<{ username: string }>`
    select reserved_username as username from person where employee_number = 'UNIQ-0815'`.execute(bench.sql);
  const { rows: found } = await sql<{ text: string }>`
    select e::text as text from audit_entry e
    where e::text ~ ${`${person.employeeName}|13912340987|UNIQ-0815|${rows[0]?.username}`}`.execute(
    bench.sql,
  );
  expect(rows).toHaveLength(1);
  expect(found).toEqual([]);
});

test('days below the legal minimum are refused when they are written, and allowed when that is wanted', async () => {
  const set = (key: string, value: unknown) =>
    updateSetting(
      { em: bench.context.em, settings: bench.settings, principal: 'admin' },
      { key, value, expectedVersion: null },
    );
  expect((await set('retention_audit_days', 179)).userErrors).toMatchObject([
    { code: 'INVALID', parameters: { variant: 'LEGAL_MINIMUM', minimum: 180 } },
  ]);
  await bench.set('retention_below_legal_minimum', true);
  expect((await set('retention_audit_days', 179)).userErrors).toEqual([]);
});

test('all that is stored of a person, and of no other, comes as one document, and the export is recorded', async () => {
  const person = {
    employeeName: '司马独二',
    phoneNumber: '13912340988',
    employeeNumber: 'UNIQ-0816',
    partnerCompany: '独三公司',
  };
  const other = { employeeName: '诸葛独四', phoneNumber: '13912340989', employeeNumber: 'UNIQ-0817' };
  const id = await bench.submit([person, other]);
  await bench.finished(id);
  expect(await exportPerson(bench.context, { employeeNumber: 'nobody', reason: 'T-1' })).toMatchObject({
    document: null,
    userErrors: [{ code: 'NOT_FOUND' }],
  });
  const { document } = await asPrincipal('lina', () =>
    exportPerson(bench.context, { employeeNumber: 'uniq-0816', reason: 'T-1' }),
  );
  expect(document).toMatchObject({
    person: [{ employee_number: 'UNIQ-0816', full_name: '司马独二' }],
    request_item: [{ phone_number: '13912340988', partner_company: '独三公司', origin_system: 'OA' }],
    account: [{ state: 'ACTIVE' }, { state: 'ACTIVE' }, { state: 'ACTIVE' }],
    name_reservation: [{}, {}],
  });
  expect(document?.['account_task']).toHaveLength(3);
  expect(document?.['task_attempt']).toHaveLength(3);
  for (const value of Object.values(other)) expect(JSON.stringify(document)).not.toContain(value);
  const [exported] = (await entriesOf('PERSON', String(await personId('UNIQ-0816')))).slice(-1);
  expect(exported).toMatchObject({
    actor: 'lina',
    action: 'person.exported',
    after: { reason: 'T-1', rows: { person: 1, account: 3 } },
  });

  // Whatever column holds a value of theirs belongs to a table of the document.
  const places = await tablesHolding(bench, [...Object.values(person)]);
  const exportedTables = new Set(Object.keys(document ?? {}));
  expect(places.filter((place) => !exportedTables.has(place))).toEqual([]);
});

async function personId(number: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from person where employee_number = ${number}`.execute(bench.sql);
  return rows[0]?.id;
}
