import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ActionName, actions } from '../../src/domain/explanations/actions.ts';
import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';

// A refusal names an operation; it is called here, and the refused call is then taken.
let bench: ApiBench;
beforeAll(async () => {
  bench = await ApiBench.start({ hrPeople: 3 });
  await bench.portal.mapDepartments(['D001']);
});
afterAll(() => bench.stop());

type Input = Readonly<Record<string, unknown>>;

async function call(operation: string, input: Input, fields = '') {
  const type = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}Input`;
  const query = `mutation M($input: ${type}!) { ${operation}(input: $input) { ${fields} userErrors { code message } } }`;
  return (await bench.portal.read(query, { input }))[operation];
}

/** Calls what must succeed. */
async function perform(operation: ActionName, input: Input, fields = '') {
  const payload = await call(operation, input, fields);
  expect(payload.userErrors, operation).toEqual([]);
  return payload;
}

/** Calls what must be refused with a code, in words that name these actions. */
async function refused(operation: string, input: Input, code: string, ...advised: readonly ActionName[]) {
  const { userErrors } = await call(operation, input);
  expect(userErrors).toMatchObject([{ code }]);
  for (const name of advised) {
    expect(userErrors[0].message).toContain(name);
    expect(actions).toHaveProperty(name);
  }
}

/** Somebody whose accounts are there. */
async function personWithAccounts(given: Input = {}) {
  const batch = batchOf(1, given);
  const requestId = await bench.portal.submit(batch);
  await bench.portal.finished(requestId);
  return { requestId, employeeNumber: batch.userList[0]?.employeeNumber ?? '' };
}

async function accountsOf(employeeNumber: string): Promise<{ system: string; identifier: string }[]> {
  const { person } = await bench.portal.read(
    `{ person(employeeNumber: "${employeeNumber}") { accounts { system identifier state } } }`,
  );
  return person.accounts;
}

async function runTo(end: string, operation: ActionName, input: Input): Promise<string> {
  const { run } = await perform(operation, input, 'run { runId }');
  await expect
    .poll(async () => (await bench.portal.read(`{ run(runId: "${run.runId}") { status } }`)).run.status)
    .toBe(end);
  return run.runId;
}

describe('what a refusal advises can be done, and helps', () => {
  it('PERSON_TYPE_UNKNOWN: upsertPersonTypeMappings', async () => {
    const change = { key: 'default_person_type', value: '访客' };
    await refused('updateSetting', change, 'INVALID', 'upsertPersonTypeMappings');
    const mapping = { personType: '访客', idaasUserType: '1', welinkPersonType: '1' };
    await perform('upsertPersonTypeMappings', { mappings: [mapping] });
    await perform('updateSetting', change);
    await perform('updateSetting', { ...change, value: '供应商' });
  });

  it('IN_USE: upsertDepartmentMappings', async () => {
    await personWithAccounts();
    await refused(
      'deleteDepartmentMappings',
      { idataDepartmentCodes: ['D001'] },
      'IN_USE',
      'upsertDepartmentMappings',
    );
    const mapping = { idataDepartmentCode: 'D001', idaasDepartmentCode: 'WW-D001', ou: 'OU=D001,OU=New' };
    await perform('upsertDepartmentMappings', { mappings: [mapping] });
  });

  it('INVALID_STATE of an item: retryRequest', async () => {
    await perform('updateSetting', { key: 'task_processing_enabled', value: false });
    const batch = batchOf(1);
    const requestId = await bench.portal.submit(batch);
    await perform('cancelRequest', { requestId });
    const correction = {
      requestId,
      employeeNumber: batch.userList[0]?.employeeNumber,
      phoneNumber: '13812340001',
    };
    await refused('updateRequestItem', correction, 'INVALID_STATE', 'retryRequest');
    await perform('updateSetting', { key: 'task_processing_enabled', value: true });
    await perform('retryRequest', { requestId });
    expect((await bench.portal.finished(requestId)).request.status).toBe('COMPLETED');
  });

  it('DEPENDENCY_MISSING: createAccounts', async () => {
    const batch = batchOf(1, { systemList: ['WELINK'] });
    const requestId = await bench.portal.submit(batch);
    const explanation = async () =>
      (
        await bench.portal.read(
          `{ request(requestId: "${requestId}") { items(first: 1) { nodes { tasks { explanation } } } } }`,
        )
      ).request.items.nodes[0].tasks[0]?.explanation;
    await expect.poll(explanation).toContain('createAccounts');
    await perform('createAccounts', {
      ...batch,
      businessKey: `${batch.businessKey}-2`,
      systemList: ['IDAAS'],
    });
    await expect.poll(async () => (await bench.portal.finished(requestId)).request.status).toBe('COMPLETED');
  });

  it('IDENTIFIER_TAKEN and INVALID_STATE of a link: unlinkAccount, then linkAccount', async () => {
    const owner = await personWithAccounts();
    const other = await personWithAccounts();
    const [account] = (await accountsOf(owner.employeeNumber)).filter(({ system }) => system === 'IDAAS');
    const link = {
      employeeNumber: other.employeeNumber,
      system: 'IDAAS',
      identifier: account?.identifier,
      force: true,
    };
    await refused('linkAccount', link, 'INVALID_STATE', 'unlinkAccount');
    await perform('unlinkAccount', { employeeNumber: other.employeeNumber, system: 'IDAAS' });
    await refused('linkAccount', link, 'IDENTIFIER_TAKEN', 'unlinkAccount');
    await perform('unlinkAccount', { employeeNumber: owner.employeeNumber, system: 'IDAAS' });
    await perform('linkAccount', link);
    const { person } = await bench.portal.read(
      `{ person(employeeNumber: "${owner.employeeNumber}") { username } }`,
    );
    expect(person.username).not.toBe(account?.identifier);
  });

  it('INVALID_STATE of names in use: verifyAccounts', async () => {
    const { employeeNumber } = await personWithAccounts();
    const names = { employeeNumber, username: 'another.name' };
    await refused('setPersonIdentifiers', names, 'INVALID_STATE', 'verifyAccounts');
    const runId = await runTo('COMPLETED', 'verifyAccounts', { employeeNumbers: [employeeNumber] });
    await refused('retryFailedItems', { runId }, 'INVALID_STATE', 'verifyAccounts', 'adoptAccounts');
  });

  it('INVALID_STATE of an erasure: disableLeavers or unlinkAccount; cancelRequest and cancelTasks', async () => {
    const { employeeNumber } = await personWithAccounts();
    const erasure = { employeeNumber, reason: 'asked for it' };
    await refused('erasePerson', erasure, 'INVALID_STATE', 'disableLeavers', 'unlinkAccount');
    for (const { system } of await accountsOf(employeeNumber))
      await perform('unlinkAccount', { employeeNumber, system });
    await perform('updateSetting', { key: 'task_processing_enabled', value: false });
    const again = batchOf(1);
    const requestId = await bench.portal.submit({
      ...again,
      userList: again.userList.map((user) => ({ ...user, employeeNumber })),
    });
    await refused('erasePerson', erasure, 'INVALID_STATE', 'cancelRequest', 'cancelTasks');
    await perform('cancelTasks', { mode: 'RUN', filter: { employeeNumber } });
    await perform('cancelRequest', { requestId });
    await perform('erasePerson', erasure);
    await perform('updateSetting', { key: 'task_processing_enabled', value: true });
  });

  it('INVALID_STATE of a task that is settled: retryTask, linkAccount', async () => {
    const { requestId } = await personWithAccounts();
    const { request } = await bench.portal.read(
      `{ request(requestId: "${requestId}") { items(first: 1) { nodes { tasks { taskId } } } } }`,
    );
    const { taskId } = request.items.nodes[0].tasks[0];
    await refused(
      'resolveTask',
      { taskId, outcome: 'SEND_AGAIN' },
      'INVALID_STATE',
      'retryTask',
      'linkAccount',
    );
  });

  it('INVALID_STATE of runs whose records are not tried one by one: syncHr, processAccountTasks', async () => {
    const sync = await runTo('COMPLETED', 'syncHr', {});
    await refused('retryFailedItems', { runId: sync }, 'INVALID_STATE', 'syncHr');
    await runTo('COMPLETED', 'syncHr', { forceFullSync: true });
    const tasks = await runTo('COMPLETED', 'processAccountTasks', {});
    await refused('retryFailedItems', { runId: tasks }, 'INVALID_STATE', 'retryTask', 'processAccountTasks');
    await runTo('COMPLETED', 'processAccountTasks', {});
  });

  it('KEY_PRINCIPAL and INVALID_STATE of a key: rotateApiKey, createApiKey', async () => {
    const key = (name: string, more: Input = {}) => ({ name, scopes: ['requests:read'], ...more });
    const { apiKey } = await perform(
      'createApiKey',
      key('oa-2026', { originSystems: ['OA'] }),
      'apiKey { id }',
    );
    const second = await perform('createApiKey', key('oa-2027', { originSystems: ['OA'] }), 'notice');
    expect(second.notice).toMatch(/rotateApiKey.*createApiKey/);
    await perform('rotateApiKey', { id: apiKey.id });
    const revoked = await perform('createApiKey', key('short'), 'apiKey { id }');
    await call('revokeApiKey', { id: revoked.apiKey.id });
    await refused('rotateApiKey', { id: revoked.apiKey.id }, 'INVALID_STATE', 'createApiKey');
    await perform('createApiKey', key('short again'));
  });

  it('WEBHOOK_INACTIVE: upsertWebhook, then redeliver', async () => {
    const { webhook } = await perform(
      'upsertWebhook',
      { url: 'https://portal.example.com/hooks', isActive: false, events: ['REQUEST_FINISHED'] },
      'webhook { id }',
    );
    await personWithAccounts();
    const read = async () =>
      (
        await bench.portal.read(
          '{ webhookDeliveries(first: 5) { nodes { id status errorCode errorMessage } } }',
        )
      ).webhookDeliveries.nodes[0];
    await expect.poll(async () => (await read())?.status).toBe('SKIPPED');
    const { id, errorCode, errorMessage } = await read();
    expect(errorCode).toBe('WEBHOOK_INACTIVE');
    expect(errorMessage).toContain('redeliver');
    await perform('upsertWebhook', { id: webhook.id, isActive: true });
    await perform('redeliver', { deliveryId: id });
  });
});
