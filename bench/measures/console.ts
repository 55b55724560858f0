import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium, type Page } from 'playwright-core';
import { z } from 'zod';
import { startArguments, startChild } from '../child.ts';
import type { Figure, Measure } from '../measure.ts';
import { consoleLists } from './console-lists.ts';

const run = promisify(execFile);
const CHROMIUM = '/usr/bin/chromium';
const KEY = 'bench-bench-bench-bench-bench';
const ASSETS = 'console/dist/assets';
const ROUNDS = 3;
const ROUTES = [
  '/requests',
  '/tasks',
  '/people',
  '/runs',
  '/settings',
  '/systems',
  '/audit',
  '/keys',
  '/databases',
];
const readyLine = z.object({ url: z.url() });

/**
 * The console's cost to a browser: the time of its build, the size of the first page and of all pages, and the time
 * until rows show on a cold start and after a click, and the lists at a hundred thousand rows. Without Debian's Chromium only the build is measured.
 */
export const consolePages: Measure = async (harness) => {
  const builds: number[] = [];
  const elsewhere = mkdtempSync(join(tmpdir(), 'accountsync-bench-build-'));
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    await run(process.execPath, ['console/build.js', '--out', elsewhere]);
    builds.push(performance.now() - startedAt);
  }
  rmSync(elsewhere, { recursive: true, force: true });
  await run(process.execPath, ['console/build.js', '--if-stale']);
  const build = figure('console-build', 'ms', builds);
  if (!existsSync(CHROMIUM)) return [build];
  return [build, ...(await inBrowser()), ...(await consoleLists(harness, CHROMIUM))];
};

async function inBrowser(): Promise<readonly Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'accountsync-bench-console-'));
  // Postgres runs as another account when we are root, and must be able to reach its data.
  chmodSync(dataDir, 0o755);
  const base = { PORT: '0', DATA_DIR: dataDir, ADMIN_API_KEY: KEY, LOG_LEVEL: 'warn' };
  const service = await startChild(startArguments, base);
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
  });
  try {
    const origin = new URL(readyLine.parse(service.ready).url).origin;
    const open = async (path: string) => {
      const context = await browser.newContext({ locale: 'en' });
      await context.addInitScript(`sessionStorage.setItem('accountsync.credential', '${KEY}')`);
      const page = await context.newPage();
      const loaded = new Set<string>();
      page.on('response', (response) => {
        const name = /\/console\/assets\/([^/]+)$/.exec(response.url())?.[1];
        if (name !== undefined) loaded.add(name);
      });
      await page.goto(`${origin}/console${path}`);
      await shown(page);
      return { context, page, loaded };
    };
    const cold: number[] = [];
    const clicks: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const startedAt = performance.now();
      const { context, page } = await open('/settings');
      cold.push(performance.now() - startedAt);
      const clickedAt = performance.now();
      await page.getByRole('navigation').getByRole('link', { name: 'Schedules', exact: true }).click();
      await page.getByRole('heading', { name: 'Schedules' }).waitFor();
      await shown(page);
      clicks.push(performance.now() - clickedAt);
      await context.close();
    }
    const { page, loaded } = await open('/');
    const first = [...loaded];
    const later: number[] = [];
    for (const route of ROUTES) {
      const before = new Set(loaded);
      await page.goto(`${origin}/console${route}`);
      await shown(page);
      later.push(Math.max(0, ...[...loaded].filter((name) => !before.has(name)).map(packedKb)));
    }
    return [
      figure('console-first-load', 'kB', [sum(first)]),
      figure('console-all', 'kB', [sum([...loaded])]),
      figure('console-largest-later-chunk', 'kB', [Math.max(...later)]),
      figure('console-rows-cold', 'ms', cold),
      figure('console-rows-click', 'ms', clicks),
    ];
  } finally {
    await browser.close();
    await service.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function shown(page: Page): Promise<void> {
  await page.locator('#main').locator('.section, .list tr.table-row, .ant-empty').first().waitFor();
}

function sum(names: readonly string[]): number {
  return names.reduce((total, name) => total + packedKb(name), 0);
}

/** As it goes over the wire. */
function packedKb(name: string): number {
  return readdirSync(ASSETS).includes(name) ? gzipSync(readFileSync(join(ASSETS, name))).length / 1_000 : 0;
}

function figure(name: string, unit: string, values: readonly number[]): Figure {
  return { name, unit, values, limits: null, cpuMsPerUnit: null };
}
