import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actions } from '../../src/domain/explanations/actions.ts';
import { API_KEY, ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { type Receiver, startReceiver } from '../setup/receivers.ts';
import { runProgram } from '../setup/run-program.ts';

let api: ApiBench;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  api = await ApiBench.start();
  await api.portal.mapDepartments(['D001']);
});
afterAll(async () => {
  await api.stop();
  await receiver.close();
});

function run(...args: string[]) {
  const variables = { ACCOUNTSYNC_URL: api.url, ACCOUNTSYNC_API_KEY: API_KEY, DEFAULT_LOCALE: 'en' };
  return runProgram('src/accountsync.ts', args, variables);
}

test.each(Object.entries(actions))('the command of %s exists', async (_, { command }) => {
  const words = command.split(' ').filter((word) => !/[{}]/.test(word) && !/^(--|[A-Z][A-Z_]+$)/.test(word));
  const name = words.filter((word) => /^[a-z-]+$/.test(word)).slice(0, 2);
  // Its help knows every option that the advice names.
  const help = await runProgram('src/accountsync.ts', [...name, '--help'], { DEFAULT_LOCALE: 'en' });
  expect(help.status, help.err).toBe(0);
  expect(help.out).toContain(`accountsync ${name[0]}`);
  for (const option of command.match(/--[a-z-]+/g) ?? []) expect(help.out).toContain(option);
});

test('attempts, what happened by hour, and whole lists as CSV', async () => {
  const requestId = await api.portal.submit(batchOf(2));
  await api.portal.finished(requestId);
  const attempts = await run(
    'attempts',
    '--system',
    'email',
    '--outcome',
    'created',
    '--since',
    '1h',
    '--json',
  );
  expect(JSON.parse(attempts.out)).toMatchObject([{ outcome: 'CREATED' }, { outcome: 'CREATED' }]);
  expect((await run('attempts', '--open')).out.trim()).toBe('');
  expect((await run('attempts', '--outcome', 'nonsense')).status).toBe(2);
  const activity = await run('activity', '--hours', '2');
  expect(activity).toMatchObject({ status: 0, out: expect.stringMatching(/EMAIL\s+2 new tasks\s+2 ended/) });
  const tasks = await run('export', 'tasks', '--filter', `requestId=${requestId}`, 'system=EMAIL');
  expect(tasks.out.trimEnd().split('\r\n')).toHaveLength(3);
  expect((await run('export', 'requests', '--filter', `search=${requestId}`)).out).toContain(requestId);
  expect((await run('export', 'people')).out).toContain('employeeNumber,fullName');
  expect(await run('export', 'people', '--filter', 'nonsense=1')).toMatchObject({ status: 2, out: '' });
});

describe('failures that nobody will settle', () => {
  test('are put away with a reason, leave the status green, and come back', async () => {
    const landline = batchOf(1);
    const requestId = await api.portal.submit({
      ...landline,
      userList: landline.userList.map((user) => ({ ...user, phoneNumber: '010-88881234' })),
    });
    await api.portal.finished(requestId);
    const failing = await run('status');
    expect(failing).toMatchObject({ status: 1, out: expect.stringContaining('PHONE_NOT_MOBILE × 1') });
    expect(failing.out).toContain('accountsync retry');
    expect(failing.out).toContain('accountsync dismiss');
    expect(failing.out).not.toMatch(/retryTasks|dismissTasks/);

    const tasks = await run('tasks', '--error-code', 'PHONE_NOT_MOBILE');
    expect(tasks.out).toContain(`accountsync correct ${requestId}`);
    expect((await run('dismiss', '--error-code', 'PHONE_NOT_MOBILE')).status).toBe(2);
    const preview = await run('dismiss', '--error-code', 'PHONE_NOT_MOBILE', '--reason', 'left', '--dry-run');
    expect(preview.out).toContain('nothing was changed');
    const away = await run('dismiss', '--error-code', 'PHONE_NOT_MOBILE', '--reason', 'left the company');
    expect(away).toMatchObject({ status: 0, out: expect.stringContaining('1 tasks changed') });
    expect((await run('status')).status).toBe(0);
    const audit = await run('audit', '--action', 'task.dismissed', '--json');
    expect(JSON.parse(audit.out)[0]).toMatchObject({ after: { reason: 'left the company' } });

    await run('dismiss', '--request', requestId, '--reason', 'a slip', '--restore');
    expect((await run('status')).status).toBe(1);
    // A retry that fails again is news, whatever was put away before.
    await run('dismiss', '--request', requestId, '--reason', 'again');
    expect((await run('status')).status).toBe(0);
    await run('retry', requestId);
    await api.portal.finished(requestId);
    await expect.poll(async () => (await run('status')).status).toBe(1);
    await run('dismiss', '--request', requestId, '--reason', 'over');
  });

  test('of people refused before they had a task too', async () => {
    const first = batchOf(1);
    await api.portal.finished(await api.portal.submit(first));
    const other = await api.portal.submit({
      ...first,
      businessKey: 'other',
      userList: first.userList.map((user) => ({ ...user, employeeName: '王五六' })),
    });
    await api.portal.finished(other);
    expect((await run('status')).out).toContain('PERSON_MISMATCH × 1');
    const away = await run('dismiss', '--error-code', 'PERSON_MISMATCH', '--reason', 'typing error');
    expect(away.out).toContain('1 people without a task');
    expect((await run('status')).status).toBe(0);
  });
});

describe('operators at a prompt', () => {
  test('list requests, and retry and cancel single tasks', async () => {
    const requestId = await api.portal.submit(batchOf(1));
    await api.portal.finished(requestId);
    expect((await run('requests', '--status', 'completed')).out).toContain(requestId);
    const wrong = await run('requests', '--status', 'done');
    expect(wrong).toMatchObject({ status: 2, err: expect.stringContaining('known are PENDING') });
    const { out } = await run('tasks', '--request', requestId, '--system', 'email', '--json');
    const [task] = JSON.parse(out);
    expect(await run('retry', task.taskId)).toMatchObject({
      status: 1,
      err: expect.stringContaining('INVALID_STATE'),
    });
    expect((await run('cancel', task.taskId)).out).toContain('0 cancelled');
    const token = await run('watch-token', requestId);
    expect(token.out).toMatch(/as_watch_\w+/);
    expect((await run('purge', '--dry-run')).status).toBe(0);
  });

  test('add receivers, see deliveries and send them again', async () => {
    const url = `${receiver.url}/cli`;
    const added = await run('webhooks', 'set', url, '--event', 'request.finished', '--description', 'portal');
    expect(added).toMatchObject({ status: 0, out: expect.stringMatching(/whsec_/) });
    expect((await run('webhooks')).out).toContain('REQUEST_FINISHED');
    await api.portal.finished(await api.portal.submit(batchOf(1)));
    await receiver.received('/cli');
    let found: { id: string; status: string }[] = [];
    await expect
      .poll(async () => {
        found = JSON.parse((await run('deliveries', '--webhook', url, '--json')).out);
        return found.map(({ status }) => status);
      })
      .toEqual(['DELIVERED']);
    expect((await run('redeliver', found[0]?.id ?? '')).out).toContain('1 sent again');
    await receiver.received('/cli', 2);
    expect((await run('redeliver', '--webhook', url, '--since', '1h')).out).toContain('1 sent again');
    expect((await run('webhooks', 'set', url, '--inactive')).out).toContain('inactive');
    expect((await run('webhooks', 'delete', url)).out).toContain('deleted');
  });

  test('renew keys with an overlap, and see whose they are', async () => {
    const made = await run('keys', 'create', 'oa', '--scope', 'requests:read');
    expect(made.err).toContain('principal "oa"');
    const [prefix = ''] = /as_live_\w{8}/.exec(made.out) ?? [];
    const rotated = await run('keys', 'rotate', prefix, '--overlap', '2h');
    expect(rotated).toMatchObject({ status: 0, err: expect.stringContaining(`${prefix} works until`) });
    expect((await run('keys')).out).toMatch(new RegExp(`${prefix} {2}oa {2}oa {2}ACTIVE until \\d{4}`));
  });

  test('are told of a typing error in a kind of the audit log', async () => {
    expect(await run('audit', '--kind', 'typo')).toMatchObject({
      status: 2,
      err: expect.stringContaining('There are: REQUEST'),
    });
    expect((await run('audit', '--kind', 'task')).status).toBe(0);
  });
});
