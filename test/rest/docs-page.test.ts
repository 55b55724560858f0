import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restRoutes } from '../../src/server/rest/table/route-table.ts';
import { ConsoleBench, hasBrowser, screenshots } from '../console/browser.ts';

describe.runIf(hasBrowser)('the page of the REST endpoints in a browser', () => {
  let bench: ConsoleBench;
  beforeAll(async () => {
    bench = await ConsoleBench.start();
  });
  afterAll(() => bench.stop());

  test.each([
    ['zh-CN', '请求体', 'English'],
    ['en', 'Body', '中文'],
  ] as const)(
    'in %s shows every endpoint without a script, a fault or another host',
    async (locale, word, other) => {
      await using visit = await bench.open('/api/docs/', { locale });
      const { page, faults } = visit;
      const answered = await page.reload();
      const policy = answered?.headers()['content-security-policy'];
      expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/);
      expect(await page.locator('section h3').allInnerTexts()).toEqual(
        restRoutes.map(({ method, path }) => `${method} ${path}`),
      );
      expect(await page.locator('main').innerText()).toContain(word);
      // The style is taken, and the page does not scroll sideways on a phone.
      expect(
        await page
          .locator('section')
          .first()
          .evaluate((node) => getComputedStyle(node).borderTopWidth),
      ).toBe('1px');
      await page.screenshot({ path: join(screenshots, `api-docs-${locale}.png`) });
      await page.setViewportSize({ width: 390, height: 800 });
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await page.getByRole('link', { name: other, exact: true }).click();
      await page.waitForURL(/lang=/);
      expect(await page.locator('html').getAttribute('lang')).not.toBe(locale);
      expect(faults).toEqual([]);
    },
  );
});
