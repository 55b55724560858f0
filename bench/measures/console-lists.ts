import { chromium, type Locator, type Page } from 'playwright-core';
import type { Service } from '../application.ts';
import { fill, type Size } from '../growth/fill.ts';
import type { Harness } from '../harness.ts';
import type { Figure } from '../measure.ts';

const ROUNDS = 5;
/** A hundred thousand requests and people, with the tasks of each; a tenth of all tasks is older. */
const SIZE: Size = { tasks: 330_000, requests: 100_000, people: 100_000 };
const MEGABYTE = 1_000_000;

/** Lists of the console, each narrowed once and turned to its next page. */
const LISTS = [
  { name: 'requests', path: '/requests', narrowed: '/requests?status=PARTIAL_FAILED' },
  { name: 'tasks', path: '/tasks', narrowed: '/tasks?status=FAILED&system=EMAIL' },
  { name: 'people', path: '/people', narrowed: '/people?search=%E5%BC%A0%E6%80%9D%E8%BF%9C500' },
] as const;

/** A page of requests as its list shows it. */
const REQUESTS =
  '{ requests(first: 50) { nodes { requestId businessKey originSystem status explanation totalUsers completedUsers failedUsers progress systemList createdBy createdAt } pageInfo { hasNextPage endCursor } } }';
/** What the overview's chart asks for every quarter of a minute while it is looked at. */
const ACTIVITY = '{ activity(hours: 24) { hour system done failed retried created ended } }';

/**
 * The lists of the console at a hundred thousand rows, as a reader has them: from the wish until rows stand there, for
 * the first page, a filter, the next page and a scroll to the end of a page; what the browser holds afterwards; and
 * what the overview's chart asks for (`activity`). Lists are newest first: there is no other order.
 */
export function consoleLists(harness: Harness, executablePath: string): Promise<readonly Figure[]> {
  return harness.withService({ latencyMs: 0 }, async (service) => {
    await fill(service.sql, SIZE);
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--enable-precise-memory-info'],
    });
    try {
      const context = await browser.newContext({ locale: 'en', viewport: { width: 1_280, height: 900 } });
      await context.addInitScript(`sessionStorage.setItem('accountsync.credential', '${service.apiKey}')`);
      const page = await context.newPage();
      const figures: Figure[] = [];
      for (const list of LISTS) figures.push(...(await measureList(page, new URL(service.url).origin, list)));
      return [
        ...figures,
        figure('console-requests-answer', 'ms', await answered(service, REQUESTS)),
        figure('console-activity', 'ms', await answered(service, ACTIVITY)),
      ];
    } finally {
      await browser.close();
    }
  });
}

async function measureList(
  page: Page,
  origin: string,
  { name, path, narrowed }: (typeof LISTS)[number],
): Promise<readonly Figure[]> {
  const first: number[] = [];
  const filtered: number[] = [];
  const next: number[] = [];
  const scrolled: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    first.push(await timed(page, () => page.goto(`${origin}/console${path}`)));
    next.push(
      await timed(page, async () => {
        const before = (await rows(page).first().locator('a').first().textContent()) ?? '';
        await page.getByRole('button', { name: 'Next' }).click();
        await rows(page).first().filter({ hasNotText: before }).waitFor();
      }),
    );
    scrolled.push(
      await timed(page, async () => {
        await page.mouse.move(600, 600);
        await page.evaluate('globalThis.scrollTo(0, document.documentElement.scrollHeight)');
        await page.evaluate(
          'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
        );
      }),
    );
    filtered.push(await timed(page, () => page.goto(`${origin}/console${narrowed}`)));
  }
  await page.requestGC();
  const heap = Number(await page.evaluate('performance.memory.usedJSHeapSize')) / MEGABYTE;
  return [
    figure(`console-${name}-first-page`, 'ms', first),
    figure(`console-${name}-next-page`, 'ms', next),
    figure(`console-${name}-scroll`, 'ms', scrolled),
    figure(`console-${name}-filtered`, 'ms', filtered),
    figure(`console-${name}-memory`, 'MB', [heap]),
  ];
}

/** Milliseconds until a wish is fulfilled and rows stand there. */
async function timed(page: Page, wish: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await wish();
  await rows(page).first().waitFor();
  return performance.now() - startedAt;
}

function rows(page: Page): Locator {
  return page.locator('.list tr.table-row');
}

/** Milliseconds of an answer of the API, after the first. */
async function answered({ http }: Service, query: string): Promise<readonly number[]> {
  const body = JSON.stringify({ query });
  await http.post(body);
  const values: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    await http.post(body);
    values.push(performance.now() - startedAt);
  }
  return values;
}

function figure(name: string, unit: string, values: readonly number[]): Figure {
  return { name, unit, values, limits: null, cpuMsPerUnit: null };
}
