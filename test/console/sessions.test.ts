import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConsoleBench, CREATE, hasBrowser, MAP_D001, sampleRequest, type Visit } from './browser.ts';

const created = z.object({ createAccounts: z.object({ request: z.object({ requestId: z.string() }) }) });

/** Buttons that change nothing. */
const HARMLESS = /^(CSV|Views|Copy .*|Copied|Next|Previous|Clear filters|Details|.* new)$/;

describe.runIf(hasBrowser)('a page that stays open', () => {
  let bench: ConsoleBench;
  let requestId = '';
  beforeAll(async () => {
    bench = await ConsoleBench.start();
    await bench.ask(MAP_D001);
    const answer = created.parse(await bench.ask(CREATE, sampleRequest('SESSIONS-1')));
    requestId = answer.createAccounts.request.requestId;
  });
  afterAll(() => bench.stop());

  /** What can be pressed in the content of a page. */
  async function actionsOn({ page }: Visit, path: string): Promise<string[]> {
    await page.goto(bench.origin + path);
    await page.locator('#main').locator('.section, .table, .ant-empty').first().waitFor();
    await page.waitForLoadState('networkidle');
    const names = await page
      .locator('#main')
      .getByRole('button')
      .evaluateAll((buttons) => buttons.map((button) => button.ariaLabel ?? button.textContent ?? ''));
    return [...new Set(names.map((name) => name.trim()))].filter((name) => !HARMLESS.test(name)).sort();
  }

  test('shows each key what it may do, and no button that the API would refuse', async () => {
    const [request, tasks, person] = [
      `/console/requests/${requestId}`,
      '/console/tasks',
      '/console/people/S1003',
    ];
    const seenBy = async (name: string, scopes: readonly string[], pages: readonly string[]) => {
      const { secret } = await bench.keyWith(name, scopes);
      await using visit = await bench.openAs(secret, '/console/developer');
      const seen: string[][] = [];
      for (const path of pages) seen.push(await actionsOn(visit, path));
      expect(visit.faults, name).toEqual([]);
      return seen;
    };
    expect(await seenBy('reader', ['requests:read'], [request, tasks])).toEqual([[], []]);
    expect(await seenBy('who-is-who', ['people:read'], [person])).toEqual([[]]);
    const operator = ['requests:read', 'people:read', 'operate'];
    const [ofRequest, ofTasks, ofPerson] = await seenBy('operator', operator, [request, tasks, person]);
    expect(ofRequest).toEqual(expect.arrayContaining(['Retry', 'Cancel', 'Correct']));
    expect(ofTasks).toEqual(expect.arrayContaining(['Retry all', 'Cancel all']));
    expect(ofPerson).toEqual(expect.arrayContaining(['Correct', 'Link', 'Unlink']));
    expect(ofPerson).not.toContain('Erase');
  });

  test('asks for another key when its own is revoked, and shows the same address then', async () => {
    const { id, secret } = await bench.keyWith('revoked', ['requests:read', 'people:read', 'operate']);
    await using visit = await bench.openAs(secret, '/console/tasks?status=FAILED');
    const { page } = visit;
    await page.getByText('PHONE_NOT_MOBILE').first().waitFor();
    await bench.ask('mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { userErrors { code } } }', {
      id,
    });
    await page.getByLabel('Employee number').fill('S1003');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await page.getByLabel('API key').fill(bench.key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('PHONE_NOT_MOBILE').first().waitFor();
    expect(new URL(page.url()).search).toContain('status=FAILED');
  });

  test('hears of changes in ten tabs at once', async () => {
    await using visit = await bench.open(`/console/requests/${requestId}`);
    const tabs = [visit.page];
    while (tabs.length < 10) {
      const page = await visit.context.newPage();
      await page.goto(`${bench.origin}/console/requests/${requestId}`);
      tabs.push(page);
    }
    for (const page of tabs) await page.getByText('completed 28').first().waitFor();
    await bench.ask(
      'mutation { upsertDepartmentMappings(input: { mappings: [{ idataDepartmentCode: "D404", idaasDepartmentCode: "D404", ou: "OU=D404" }] }) { created } }',
    );
    for (const page of tabs) {
      await page.bringToFront();
      await page.getByText('completed 29').first().waitFor({ timeout: 60_000 });
    }
  });

  test('speaks the other language, and is used by the keyboard alone', async () => {
    await using visit = await bench.open('/console/tasks?status=FAILED');
    const { page, faults } = visit;
    await page.getByText('PHONE_NOT_MOBILE').first().waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBeTruthy();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByRole('button', { name: 'Retry 1 chosen' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Preview' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Retry 1 tasks' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    // What an advice of the overview names is there: failures are put away with a reason.
    await page.getByRole('button', { name: 'Dismiss' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('left the company');
    await dialog.getByRole('button', { name: 'Preview' }).click();
    await dialog.getByRole('button', { name: 'Dismiss 1 failures' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('1 tasks and 0 people changed').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.getByRole('heading', { name: 'Systems' }).waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { name: '系统', level: 1 }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN');
    expect(faults).toEqual([]);
  });

  test('saves Chinese as spreadsheets read it: a mark, names whole, lines as they end them', async () => {
    await using visit = await bench.open('/console/people?search=S1003', { locale: 'zh-CN' });
    const { page } = visit;
    await page.getByText('刘伟').first().waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    const bytes = readFileSync(await (await download).path());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [head, row, end] = bytes.toString('utf8').slice(1).split('\r\n');
    expect(head).toMatch(/^工号,姓名,人员类型,人员状态,部门,邮箱,来源,更新时间,IDAAS,WELINK,EMAIL$/);
    expect(row).toMatch(/^S1003,刘伟,.*,D001,/);
    expect(end).toBe('');
  });

  test('shows a system that refuses our credentials: on its page, and on the overview', async () => {
    await bench.misbehave({ system: 'EMAIL', fault: 'status', status: 403, times: 'forever' });
    await bench.ask(CREATE, {
      input: {
        ...Object(sampleRequest('CIRCUIT-1')).input,
        userList: [
          {
            employeeNumber: 'C1',
            employeeName: '周杰',
            departmentCode: 'D001',
            phoneNumber: '13900009999',
            partnerCompany: '甲',
            country: '中国',
          },
        ],
      },
    });
    await using visit = await bench.open('/console/systems');
    const { page, faults } = visit;
    const mailbox = page.getByRole('region', { name: 'Mailbox' });
    await mailbox.getByText('Open since').waitFor({ timeout: 60_000 });
    await page.goto(`${bench.origin}/console`);
    await page.locator('.tile.is-bad').filter({ hasText: 'Mailbox' }).waitFor();
    expect(faults).toEqual([]);
  });
});

describe.runIf(hasBrowser)('pages that are not the console', () => {
  let bench: ConsoleBench;
  beforeAll(async () => {
    bench = await ConsoleBench.start();
  });
  afterAll(() => bench.stop());

  test('the dashboard of the job queue opens for an administrator, and fetches nothing from elsewhere', async () => {
    await using visit = await bench.open('/jobs/queues', { password: bench.key });
    const { page, faults } = visit;
    await page.getByText('audit.seal').first().waitFor();
    await page.getByRole('link', { name: 'Schedules' }).click();
    await page.getByRole('heading', { name: 'Schedules', exact: true }).waitFor();
    expect(faults.filter((fault) => fault.startsWith('request to'))).toEqual([]);
  });

  test('the endpoints of the first system are described on a page of their own, in both languages', async () => {
    for (const [locale, title] of [
      ['en', 'AccountSync REST endpoints'],
      ['zh-CN', 'AccountSync REST 接口'],
    ] as const) {
      await using visit = await bench.open('/api/docs/', { locale });
      await visit.page.getByRole('heading', { name: title }).waitFor();
      expect(await visit.page.getByText('/account-creation/create_accounts/').count()).toBeGreaterThan(0);
      expect(visit.faults).toEqual([]);
    }
  });
});
