import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { Portal } from '../setup/portal.ts';

// What the texts advise is done here as they say it, by whom they say it to.
let bench: ApiBench;
let portal: Portal;
beforeAll(async () => {
  bench = await ApiBench.start({ settings: { account_creation_max_retries: 0 } });
  await bench.portal.mapDepartments(['D001']);
  const { createApiKey } = await bench.portal.read(
    `mutation { createApiKey(input: { name: "oa", scopes: ["requests:read", "requests:write"], originSystems: ["OA"] }) {
      secret userErrors { message } } }`,
  );
  portal = new Portal(bench.url, createApiKey.secret, { 'accept-language': 'en' });
});
afterAll(() => bench.stop());

const ADVICE = 'advice { operation input command button page }';
const ITEM = `query Q($id: String!) { request(requestId: $id) { requestId status explanation ${ADVICE} items(first: 1) { nodes {
  employeeNumber explanation error { code message fixBy } ${ADVICE} tasks { taskId system status explanation ${ADVICE} } } } } }`;

interface Advised {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly command: string;
}

/** The first item of a request that has ended, and what it advises. */
async function itemOf(requestId: string) {
  await bench.portal.finished(requestId);
  const { request } = await portal.read(ITEM, { id: requestId });
  return { request, item: request.items.nodes[0], advice: request.items.nodes[0].advice[0] };
}

/** Does what is advised, by the portal that asked; `missing` is what only people know. */
async function perform(caller: Portal, advice: Advised, missing: Readonly<Record<string, unknown>> = {}) {
  const type = `${advice.operation.charAt(0).toUpperCase()}${advice.operation.slice(1)}Input`;
  const query = `mutation M($input: ${type}!) { ${advice.operation}(input: $input) { userErrors { code message } } }`;
  const data = await caller.read(query, { input: { ...advice.input, ...missing } });
  expect(data[advice.operation].userErrors).toEqual([]);
}

function batchWith(user: Readonly<Record<string, unknown>>, call: Readonly<Record<string, unknown>> = {}) {
  const batch = batchOf(1, call);
  return { ...batch, userList: batch.userList.map((one) => ({ ...one, ...user })) };
}

describe('what a portal is advised', () => {
  it('after a landline is to correct the person, which is enough', async () => {
    const requestId = await portal.submit(batchWith({ phoneNumber: '010-88881234' }));
    const { item, advice } = await itemOf(requestId);
    expect(item.error).toMatchObject({ code: 'PHONE_NOT_MOBILE', fixBy: 'CALLER' });
    expect(item.error.message).toContain('updateRequestItem');
    expect(item.error.message).not.toContain('end the call again');
    expect(advice).toMatchObject({
      operation: 'updateRequestItem',
      input: { requestId, employeeNumber: item.employeeNumber },
      command: `accountsync correct ${requestId} ${item.employeeNumber}`,
      button: 'Correct',
      page: `/requests/${requestId}`,
    });
    await perform(portal, advice, { phoneNumber: '13812345678' });
    expect((await bench.portal.finished(requestId)).request.status).toBe('COMPLETED');
  });

  it('after another name is to correct the name', async () => {
    const first = batchOf(1);
    await bench.portal.finished(await portal.submit(first));
    const [user] = first.userList;
    const requestId = await portal.submit(
      batchWith({ employeeNumber: user?.employeeNumber, employeeName: '王五六' }),
    );
    const { item, advice } = await itemOf(requestId);
    expect(item.error.code).toBe('PERSON_MISMATCH');
    expect(advice.operation).toBe('updateRequestItem');
    await perform(portal, advice, { employeeName: user?.employeeName });
    expect((await bench.portal.finished(requestId)).request.status).toBe('COMPLETED');
  });

  it('after a refusal of the system is to retry the task, which its own key may', async () => {
    const fault = { system: 'IDAAS', operation: 'create', fault: 'status', status: 400 } as const;
    await bench.sandbox.control.addFault(fault);
    const requestId = await portal.submit(batchOf(1));
    const { item } = await itemOf(requestId);
    const failed = item.tasks.find((task: { status: string }) => task.status === 'FAILED');
    await bench.sandbox.control.removeFaults();
    const retry = failed.advice.find(({ operation }: Advised) => operation === 'retryTask');
    expect(retry).toMatchObject({ command: `accountsync retry ${failed.taskId}` });
    await perform(portal, retry);
    expect((await bench.portal.finished(requestId)).request.status).toBe('COMPLETED');
  });

  it('of a row that was left out is to send it in a call of its own', async () => {
    const batch = batchOf(2, { onInvalid: 'ACCEPT_VALID' });
    const bad = {
      ...batch,
      userList: batch.userList.map((one, i) => (i === 0 ? { ...one, country: '' } : one)),
    };
    const answer = await portal.createAccounts(bad);
    expect(answer.userErrors[0].message).toContain('another businessKey');
    const [left] = batch.userList;
    expect(await portal.createAccounts(batch)).toMatchObject({
      request: null,
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', message: expect.stringContaining('updateRequestItem') }],
    });
    const own = await portal.createAccounts({
      ...batch,
      businessKey: `${batch.businessKey}-2`,
      userList: [left],
    });
    expect(own.userErrors).toEqual([]);
    const refused = await portal.createAccounts({ ...bad, businessKey: 'refused', onInvalid: 'REJECT_ALL' });
    expect(refused.userErrors[0].message).toContain('send the call again');
  });

  it('names commands to the command line, and buttons to the console, in both languages', async () => {
    const requestId = await portal.submit(batchWith({ phoneNumber: '010-88881235' }));
    await bench.portal.finished(requestId);
    const read = async (form: string, language: string) => {
      const caller = new Portal(bench.url, API_KEY, {
        'accept-language': language,
        'x-accountsync-form': form,
      });
      return (await caller.read(ITEM, { id: requestId })).request.items.nodes[0];
    };
    const command = await read('command', 'en');
    expect(command.explanation).toContain(`\`accountsync correct ${requestId} ${command.employeeNumber}\``);
    expect((await read('command', 'zh-CN')).explanation).toContain(`用 \`accountsync correct ${requestId}`);
    expect((await read('button', 'en')).explanation).toContain('“Correct”');
    expect((await read('button', 'zh-CN')).explanation).toContain('“更正”');
    expect((await read('operation', 'en')).explanation).toContain('updateRequestItem');
  });
});

describe('what an operator is advised', () => {
  it('of an unmapped department is to map it, and of many failures to retry them all', async () => {
    const requestId = await portal.submit(batchWith({ departmentCode: 'D-NEW' }));
    const { item, advice } = await itemOf(requestId);
    expect(item.error).toMatchObject({ code: 'DEPARTMENT_UNMAPPED', fixBy: 'OPERATOR' });
    expect(advice).toMatchObject({ operation: 'upsertDepartmentMappings' });
    const { overview } = await bench.portal.read(
      `{ overview { failures { system code whatToDo ${ADVICE} } reasons { code whatToDo ${ADVICE} } } }`,
    );
    const group = overview.failures.find(({ code }: { code: string }) => code === 'DEPARTMENT_UNMAPPED');
    expect(group.advice[0].operation).toBe('upsertDepartmentMappings');
    await perform(bench.portal, advice, {
      mappings: [{ idataDepartmentCode: 'D-NEW', idaasDepartmentCode: 'WW-NEW', ou: 'OU=New' }],
    });
    expect((await bench.portal.finished(requestId)).request.status).toBe('COMPLETED');
    const why = `{ whyNot(employeeNumber: "${item.employeeNumber}", system: IDAAS) { state ${ADVICE} } }`;
    expect((await bench.portal.read(why)).whyNot).toEqual({ state: 'HAS_ACCOUNT', advice: [] });
  });

  it('of a switch is to turn it on', async () => {
    const setting = (value: boolean) => ({ key: 'task_processing_enabled', value });
    const SET =
      'mutation S($input: UpdateSettingInput!) { updateSetting(input: $input) { userErrors { code } } }';
    await bench.portal.read(SET, { input: setting(false) });
    const { overview } = await bench.portal.read(`{ overview { reasons { code ${ADVICE} } } }`);
    const reason = overview.reasons.find(({ code }: { code: string }) => code === 'SWITCH_OFF');
    expect(reason.advice).toMatchObject([
      {
        operation: 'updateSetting',
        input: { key: 'task_processing_enabled' },
        command: 'accountsync settings set task_processing_enabled JSON',
        page: '/settings?key=task_processing_enabled',
      },
    ]);
    await perform(bench.portal, reason.advice[0], { value: true });
  });
});
