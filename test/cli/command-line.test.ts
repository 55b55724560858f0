import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_KEY, ApiBench } from '../setup/api.ts';
import { runProgram } from '../setup/run-program.ts';

let api: ApiBench;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'accountsync-cli-'));
  api = await ApiBench.start();
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The command line as an operator runs it, in English unless the arguments say otherwise. */
function run(...args: string[]) {
  const variables = { ACCOUNTSYNC_URL: api.url, ACCOUNTSYNC_API_KEY: API_KEY, DEFAULT_LOCALE: 'en' };
  return runProgram('src/accountsync.ts', args, variables);
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('the command line', () => {
  test('makes accounts of the sample files as they stand', async () => {
    const mappings = await run('load-department-mappings', 'samples/department-mappings.csv');
    expect(mappings).toMatchObject({ status: 0, err: expect.stringContaining('read as UTF-8') });
    expect(mappings.out).toContain('5 new');

    const preview = await run('create-accounts', 'samples/accounts.csv', '--dry-run');
    expect(preview.status).toBe(0);
    expect(preview.out).toMatch(
      /S000103 {2}oS000103 {2}oneilbrian@\S+ {2}IDAAS WELINK EMAIL {2}new person\n/,
    );

    const [csv, json] = await Promise.all([
      run('create-accounts', 'samples/accounts.csv', '--watch', '--locale', 'zh-CN'),
      run('create-accounts', 'samples/accounts.json', '--watch', '--json'),
    ]);
    expect(csv.status, csv.err).toBe(0);
    expect(csv.out).toContain('IDAAS 3/3   WELINK 3/3   EMAIL 3/3');
    expect(csv.out).toMatch(/req_\w+ {2}已完成 {2}完成 3\/3 {2}失败 0/);
    // With --json stdout is the answer alone.
    expect(JSON.parse(json.out)).toMatchObject({ status: 'COMPLETED', completedUsers: 2 });
    expect(json.status).toBe(0);

    const again = await run('create-accounts', 'samples/accounts.csv');
    expect(again).toMatchObject({ status: 0, out: expect.stringContaining('sent before, found again') });
  });

  test('sends nothing of a file with bad lines, or the others with --skip-bad, and says each by its number', async () => {
    const head = Buffer.from('employeeNumber,employeeName,departmentCode,phoneNumber,accountType\n');
    // 张三 and 李四 in GB18030.
    const names = ['d5c5c8fd', 'c0eecbc4'].map((hex) => Buffer.from(hex, 'hex'));
    const lines = [
      Buffer.concat([Buffer.from('C1,'), names[0] ?? head, Buffer.from(',D001,13911119001,11\n')]),
      Buffer.concat([Buffer.from('1.2E+05,'), names[1] ?? head, Buffer.from(',D001,13911119002,11\n')]),
      Buffer.from('C 3,Zoe,D001,13911119003,11\n'),
    ];
    const bad = file('bad.csv', Buffer.concat([head, ...lines]));
    const refused = await run('create-accounts', bad);
    expect(refused).toMatchObject({ status: 1, out: '' });
    expect(refused.err).toContain('read as GB18030');
    expect(refused.err).toContain('line 3  employeeNumber is 1.2E+05');

    const skipped = await run('create-accounts', bad, '--skip-bad', '--watch');
    expect(skipped.status).toBe(1);
    expect(skipped.err).toContain('line 3  employeeNumber is 1.2E+05');
    expect(skipped.err).toMatch(/line 4 {2}INVALID {2}.*C 3/);
    expect(skipped.out).toContain('1 of 1 done');
    const answer = await api.portal.read('{ person(employeeNumber: "C1") { fullName } }');
    expect(answer.person.fullName).toBe('张三');
  });

  test('ends with 1 for what failed and 2 for what could not be carried out', async () => {
    const unmapped = file(
      'unmapped.csv',
      '工号,姓名,部门代码,手机号,账号类型\nU1,王五,D404,13911119101,供应商\n',
    );
    const [failed, unknown, unreachable, former] = await Promise.all([
      run('create-accounts', unmapped, '--watch', '--system', 'idaas'),
      run('task', 'nobody'),
      run('stats', '--url', 'http://127.0.0.1:4/'),
      run('create_account_tasks', '--dry-run', '--employee-status', '1', '2'),
    ]);
    expect(failed.status).toBe(1);
    expect(failed.out).toContain('DEPARTMENT_UNMAPPED × 1');
    const retry = ['retry', '--system', 'idaas', '--error-code', 'DEPARTMENT_UNMAPPED'];
    const [preview, done, status] = await Promise.all([
      run(...retry, '--dry-run'),
      run('retry', '--error-code', 'PHONE_TAKEN'),
      run('status', '--locale', 'zh-CN'),
    ]);
    expect(preview).toMatchObject({
      status: 0,
      out: expect.stringContaining('IDAAS  DEPARTMENT_UNMAPPED × 1'),
    });
    expect(done).toMatchObject({ status: 0, out: expect.stringContaining('0 queued again') });
    expect(status).toMatchObject({ status: 1, out: expect.stringContaining('需要注意') });
    expect(unknown).toMatchObject({ status: 2, err: 'There is no task nobody.\n' });
    expect(unreachable).toMatchObject({ status: 2, err: expect.stringContaining('cannot be reached') });
    expect(former.status).toBe(2);
    expect(former.err).toContain('accountsync create-account-tasks --dry-run --employee-status 1 2');
  });
});

test('the example portal asks, watches, and says who has to correct what', async () => {
  await api.portal.mapDepartments(['D001']);
  const portal = (form: string, phone: string) =>
    runProgram('clients/typescript/examples/portal.ts', [form, phone], {
      ACCOUNTSYNC_URL: api.url,
      ACCOUNTSYNC_API_KEY: API_KEY,
    });
  const { status, out, err } = await portal('F7', '13800138000');
  expect(status, err).toBe(0);
  expect(out).toMatch(/^req_\w+ accepted\n/);
  expect(out).toMatch(/100 %, 1 of 2 people done\n/);
  expect(out).toMatch(/张三 COMPLETED zF7-1 \S+@example.com\n/);
  expect(out).toMatch(/李四 FAILED\n {2}OPERATOR has to act: .*D404/);

  const [again, refused] = await Promise.all([portal('F7', '13800138000'), portal('F8', '12')]);
  expect(again.out).toMatch(/^req_\w+ found again\n/);
  expect(refused.status).toBe(1);
  expect(refused.err).toContain('userList.0.phoneNumber');
});
