import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConsoleBench, CREATE, hasBrowser, MAP_D001, sampleRequest, tabTo } from './browser.ts';

describe.runIf(hasBrowser)('an operator who has read nothing', () => {
  let bench: ConsoleBench;
  beforeAll(async () => {
    bench = await ConsoleBench.start();
    await bench.ask(MAP_D001);
    await bench.ask(CREATE, sampleRequest('SUPPLIER-2026-11'));
  });
  afterAll(() => bench.stop());

  test('finds a person by name, learns why an account is missing, corrects the phone, and watches it complete', async () => {
    await using visit = await bench.open('/');
    const { page, faults } = visit;
    await page.waitForURL('**/console');
    await page.getByText('PHONE_NOT_MOBILE').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('刘伟');
    await page.locator('.ant-select-item-option-content').getByText('S1003').click();
    await page.getByRole('heading', { name: /S1003/ }).waitFor();
    const welink = page.getByRole('region', { name: 'WeLink' });
    await welink.getByText('PHONE_NOT_MOBILE').waitFor();
    await welink.getByRole('button', { name: 'Correct' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Phone').fill('13800138003');
    await dialog.getByRole('button', { name: 'Correct' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await welink.getByText('has account').waitFor({ timeout: 60_000 });
    expect(faults).toEqual([]);
  });

  test('does the same by the keyboard alone, in Chinese', async () => {
    const { input } = z.object({ input: z.looseObject({}) }).parse(sampleRequest('KEYBOARD-1'));
    const person = { employeeNumber: 'K1', employeeName: '欧阳修', departmentCode: 'D001' };
    const rest = { phoneNumber: '02188887777', partnerCompany: '测试公司', country: '中国' };
    await bench.ask(CREATE, { input: { ...input, userList: [{ ...person, ...rest }] } });
    await using visit = await bench.open('/', { locale: 'zh-CN' });
    const { page, faults } = visit;
    await page.waitForURL('**/console');
    await page.getByText('PHONE_NOT_MOBILE').first().waitFor();
    // Whose turn it is stands beside what is wrong.
    await page.getByText('调用方处理').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('欧阳修');
    await page.locator('.ant-select-item-option-content').getByText('K1').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /K1/ }).waitFor();
    const welink = page.getByRole('region', { name: 'WeLink' });
    await welink.getByText('PHONE_NOT_MOBILE').waitFor();
    await tabTo(page, welink.getByRole('button', { name: '更正' }));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await tabTo(page, dialog.getByLabel('手机号'));
    await page.keyboard.press('Control+a');
    await page.keyboard.type('13800138077');
    await tabTo(page, dialog.getByRole('button', { name: '更正' }));
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await welink.getByText('已有账号').waitFor({ timeout: 60_000 });
    expect(faults).toEqual([]);
  });

  test('maps the department that is missing, and the request completes before their eyes', async () => {
    await using visit = await bench.open('/console/requests');
    const { page, faults } = visit;
    await page.getByText('SUPPLIER-2026-11').waitFor();
    await page.getByRole('row').filter({ hasText: 'SUPPLIER-2026-11' }).getByRole('link').first().click();
    await page.getByText('DEPARTMENT_UNMAPPED').first().waitFor();
    await page.goto(`${bench.origin}/console/mappings/departments`);
    await page.getByRole('button', { name: 'Add mappings' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Department *').fill('D404');
    await dialog.getByLabel('At IDaaS').fill('D404');
    await dialog.getByLabel('OU').fill('OU=D404,OU=Suppliers');
    await dialog.getByRole('button', { name: 'Add mappings' }).click();
    await page.getByText('1 created', { exact: false }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'SUPPLIER-2026-11' }).waitFor();
    await page.getByText('completed 30').first().waitFor({ timeout: 60_000 });
    expect(faults).toEqual([]);
  });

  test('sees a filtered list again after a reload, by Back, and in another window', async () => {
    await using visit = await bench.open('/console/tasks');
    const { page, faults } = visit;
    await page.getByLabel('Employee number').fill('S1004');
    await page.keyboard.press('Enter');
    await page.waitForURL(/number=S1004/);
    const rows = page.locator('.list tbody tr.table-row');
    await expect.poll(() => rows.count()).toBe(3);
    await page.reload();
    await expect.poll(() => rows.count()).toBe(3);
    await using other = await bench.open(page.url().slice(bench.origin.length));
    await expect.poll(() => other.page.locator('.list tbody tr.table-row').count()).toBe(3);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/tasks\/S1004/);
    await page.goBack();
    await page.waitForURL(/number=S1004/);
    await expect.poll(() => rows.count()).toBe(3);
    expect(faults).toEqual([]);
  });

  test('saves what the filter finds as a file that spreadsheets read', async () => {
    await using visit = await bench.open('/console/people?search=S100');
    const { page } = visit;
    await page.getByText('S1004').first().waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    const text = readFileSync(await (await download).path(), 'utf8');
    expect(text.startsWith('\uFEFF')).toBe(true);
    expect(text.trimEnd().split('\r\n')).toHaveLength(11);
    for (const [address, found] of [
      ['/console/tasks?number=S1004&system=EMAIL,IDAAS&from=2020-01-01', /^(taskId,.*)(\r\nS1004_.*){2}$/],
      [
        '/console/requests?key=SUPPLIER&status=COMPLETED,PROCESSING,PARTIAL_FAILED',
        /^(requestId,.*)(\r\nreq_.*)$/,
      ],
    ] as const) {
      await page.goto(bench.origin + address);
      await page.locator('.list tbody tr.table-row').first().waitFor();
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: 'CSV' }).click();
      expect(
        readFileSync(await (await saved).path(), 'utf8')
          .slice(1)
          .trimEnd(),
      ).toMatch(found);
    }
  });

  test('asks for accounts by hand, after looking at what would come of it', async () => {
    await using visit = await bench.open('/console/requests/new');
    const { page, faults } = visit;
    await page.getByLabel('Origin system').fill('HR_SYSTEM');
    await page.getByLabel('Business key').fill('BY-HAND-1');
    await page.getByLabel('Account type').fill('供应商');
    await page.getByLabel('Employee type').fill('1');
    await page
      .getByLabel('Paste a table')
      .fill('工号,姓名,部门编码,手机号,合作公司,国家\nH1,钱一,D001,13700137001,甲公司,中国\n');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('cell', { name: 'H1', exact: true }).waitFor();
    await page.getByRole('button', { name: /Ask for accounts of 1/ }).click();
    await page.waitForURL(/requests\/req_/);
    await page.getByText('completed 1').first().waitFor({ timeout: 60_000 });
    expect(faults).toEqual([]);
  });

  test('says when the service is gone, and reconnects when it is back', async () => {
    await using visit = await bench.open('/console/requests');
    const { page } = visit;
    await page.getByText('SUPPLIER-2026-11').waitFor();
    await bench.restart();
    await page
      .getByText('is lost; trying again', { exact: false })
      .waitFor({ state: 'hidden', timeout: 60_000 });
    await page.getByText('SUPPLIER-2026-11').waitFor();
    // The socket is back too: what is new is told, not asked for.
    await bench.ask(CREATE, sampleRequest('AFTER-RESTART'));
    await page.getByRole('button', { name: '1 new' }).click({ timeout: 60_000 });
    await page.getByText('AFTER-RESTART').waitFor();
  });
});
