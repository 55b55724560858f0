import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  ConsoleBench,
  CREATE,
  hasBrowser,
  MAP_D001,
  sampleRequest,
  screenshots,
  seriousProblems,
  type Visit,
} from './browser.ts';

const created = z.object({ createAccounts: z.object({ request: z.object({ requestId: z.string() }) }) });
const started = z.object({ syncHr: z.object({ run: z.object({ runId: z.string() }) }) });

const ROUTES = [
  '/',
  '/requests',
  '/requests/new',
  '/requests/$request',
  '/tasks',
  '/people',
  '/people/S1003',
  '/runs',
  '/runs/$run',
  '/schedules',
  '/systems',
  '/settings',
  '/mappings/departments',
  '/mappings/person-types',
  '/calendars',
  '/databases',
  '/databases?tab=accounts',
  '/databases?tab=changes',
  '/databases?tab=who-can',
  '/databases?tab=rules',
  '/databases?tab=leavers',
  '/webhooks',
  '/deliveries',
  '/poison',
  '/keys',
  '/audit',
  '/maintenance',
  '/developer',
  '/requests/req_20200101_000000000000',
  '/no/such/page',
] as const;

describe.runIf(hasBrowser)('every page of the console', () => {
  let bench: ConsoleBench;
  let ids: Readonly<Record<string, string>> = {};
  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true });
    bench = await ConsoleBench.start();
    await bench.ask(MAP_D001);
    const { createAccounts } = created.parse(await bench.ask(CREATE, sampleRequest('PAGES-1')));
    const { syncHr } = started.parse(await bench.ask('mutation { syncHr(input: {}) { run { runId } } }'));
    ids = { request: createAccounts.request.requestId, run: syncHr.run.runId };
  });
  afterAll(() => bench.stop());

  describe.each([
    ['zh-CN', 'light', 1280],
    ['en', 'dark', 1280],
    ['en', 'light', 390],
    ['zh-CN', 'dark', 390],
  ] as const)('in %s, %s, %i wide', (locale, colorScheme, width) => {
    let visit: Visit;
    beforeAll(async () => {
      visit = await bench.open('/console/developer', { locale, colorScheme, width });
    });
    afterAll(() => visit[Symbol.asyncDispose]());

    test.each(ROUTES)('%s can be used by everybody', async (route) => {
      const { page, faults } = visit;
      const path = route.replace(/\$(\w+)/, (_, name: string) => ids[name] ?? '');
      await page.goto(`${bench.origin}/console${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('#main').locator('.section, .list, .ant-empty').first().waitFor();
      await page.waitForLoadState('networkidle');
      const name = `${route.replaceAll(/\W+/g, '-')}.${locale}.${colorScheme}.${width}.png`;
      await page.screenshot({ path: join(screenshots, name) });
      expect(await seriousProblems(page)).toEqual([]);
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow, 'the page itself does not scroll sideways').toBe(0);
      expect(faults.splice(0)).toEqual([]);
    });
  });
});
