import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConsoleBench, hasBrowser, MAP_D001, screenshots } from '../console/browser.ts';
import { sampleBytes } from './sample-file.ts';
import { workbook } from './workbook.ts';

describe.skipIf(!hasBrowser)('a file of people in the console', () => {
  let bench: ConsoleBench;
  beforeAll(async () => {
    bench = await ConsoleBench.start();
    await bench.ask(MAP_D001);
  });
  afterAll(() => bench?.stop());

  async function choose(page: Page, name: string, bytes: Uint8Array): Promise<void> {
    await page
      .getByLabel('File of CSV or .xlsx', { exact: true })
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
  }

  test('is judged as on the command line: encodings, heads, mangled cells, workbooks', async () => {
    await using visit = await bench.open('/console/requests/new');
    const { page, faults } = visit;

    // PF03: nobody can tell; each way to read it is a button with the names as they would read.
    await choose(page, 'people.csv', sampleBytes('people-03-big5.csv'));
    await page.getByText('it cannot be told what it is').waitFor();
    expect(await page.getByRole('button', { name: 'Preview' }).isDisabled()).toBe(true);
    await page.screenshot({ path: join(screenshots, 'file-in-doubt.png'), fullPage: true });
    await page.getByRole('button', { name: /big5.*黃俊傑/ }).click();
    await page.getByRole('heading', { name: /People \(3\)/ }).waitFor();
    expect(await page.getByText('it cannot be told what it is').count()).toBe(0);

    // PF05: cells that a spreadsheet mangled are told by line, and keep the request from being sent.
    await choose(page, 'java.csv', sampleBytes('people-06-java-double.csv'));
    await page.getByText('took it for a number').first().waitFor();
    expect(await page.getByRole('button', { name: 'Preview' }).isDisabled()).toBe(true);

    // PF08: a title above the head, sums and signatures below.
    await choose(page, 'title.csv', sampleBytes('people-09-title-and-total-rows-gbk.csv'));
    await page.getByText('line 7 is about nobody, not read: 合计').waitFor();
    await page.getByText('Read as GB18030').waitFor();

    // Two heads that may both be meant.
    const row = ['P1', '张三', 'D001', '13900010001', '13900010002', '供应商'];
    const heads = ['工号*', '姓名（必填）', '部门代码', '手机号', '移动电话', '人员类型'];
    await choose(page, 'two.xlsx', workbook([{ name: '名单', rows: [heads, row] }]));
    await page.getByRole('button', { name: 'phoneNumber（手机号） is 移动电话' }).click();
    await page.getByText('Read the sheet 名单').waitFor();
    await page.getByText('Columns that are not used: 手机号').waitFor();
    // What the file says of the whole fills the form.
    expect(await page.getByLabel('Account type').inputValue()).toBe('供应商');
    await page.getByLabel('Origin system').fill('HR_SYSTEM');
    await page.getByLabel('Business key').fill('FILE-1');
    await page.getByLabel('Employee type').fill('1');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('cell', { name: '张三', exact: true }).waitFor();
    await page.screenshot({ path: join(screenshots, 'file-read.png'), fullPage: true });
    expect(faults).toEqual([]);
  });
});
