import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { z } from 'zod';
import { startArguments, startChild } from './child.ts';

// `npx node bench/screenshots.ts`: makes the pictures of the README anew, of a service that plays everything.

const KEY = 'screenshots-screenshots-screenshots';
const FOLDER = 'docs/images';
const readyLine = z.object({ url: z.url() });
const SIZE = { width: 1_120, height: 700 };

const dataDir = mkdtempSync(join(tmpdir(), 'accountsync-screenshots-'));
// Postgres runs as another account when we are root, and must be able to reach its data.
chmodSync(dataDir, 0o755);
const service = await startChild(startArguments, {
  PORT: '0',
  DATA_DIR: dataDir,
  ADMIN_API_KEY: KEY,
  LOG_LEVEL: 'warn',
});
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
});
try {
  const { origin } = new URL(readyLine.parse(service.ready).url);
  await fill(origin);
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, path, locale] of [
    ['console-overview.png', '/', 'en'],
    ['console-person.png', '/people/S1003', 'en'],
    ['console-overview.zh-CN.png', '/', 'zh-CN'],
    ['console-person.zh-CN.png', '/people/S1003', 'zh-CN'],
  ] as const) {
    const context = await browser.newContext({ locale, viewport: SIZE, reducedMotion: 'reduce' });
    await context.addInitScript(`sessionStorage.setItem('accountsync.credential', '${KEY}')`);
    const page = await context.newPage();
    await page.goto(`${origin}/console${path}`);
    await page.locator('#main .section').first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(FOLDER, name) });
    process.stdout.write(`${join(FOLDER, name)}\n`);
    await context.close();
  }
} finally {
  await browser.close();
  await service.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** A batch of a supplier, of which two people cannot be served yet. */
async function fill(origin: string): Promise<void> {
  const ask = async (query: string, variables: object = {}) => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
      body: JSON.stringify({ query, variables }),
    });
    return response.text();
  };
  await ask(
    'mutation { upsertDepartmentMappings(input: { mappings: [{ idataDepartmentCode: "D001", idaasDepartmentCode: "D001", ou: "OU=D001,OU=Suppliers" }] }) { created } }',
  );
  const surnames = '王李张刘陈杨赵黄周吴';
  const userList = Array.from({ length: 60 }, (_, index) => ({
    employeeNumber: `S${1_000 + index}`,
    employeeName: `${surnames[index % 10]}${'伟娜敏静强磊'[Math.floor(index / 10)]}`,
    departmentCode: index === 7 ? 'D404' : 'D001',
    phoneNumber: index === 3 ? '02188886666' : `1390000${1_000 + index}`,
    partnerCompany: '测试公司',
    country: '中国',
  }));
  const input = {
    originSystem: 'OA',
    businessKey: 'SUPPLIER-2026-11',
    accountType: '供应商',
    employeeType: '1',
    systemList: ['IDAAS', 'WELINK', 'EMAIL'],
    userList,
  };
  await ask('mutation ($input: CreateAccountsInput!) { createAccounts(input: $input) { replayed } }', {
    input,
  });
  for (let tries = 0; tries < 120; tries += 1) {
    const text = await ask('{ requests(first: 1) { nodes { progress } } }');
    if (text.includes('"progress":100')) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
