import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConsoleBench, hasBrowser, type Visit } from './browser.ts';

describe.runIf(hasBrowser)('GraphiQL in a browser', () => {
  let bench: ConsoleBench;
  beforeAll(async () => {
    bench = await ConsoleBench.start();
  });
  afterAll(() => bench.stop());

  async function run({ page }: Visit, tab: string): Promise<string> {
    await page.locator('.graphiql-tab-button', { hasText: tab }).click();
    await page.locator('.graphiql-execute-button').click();
    const response = page.locator('.graphiql-response .view-lines');
    await response.filter({ hasText: '"data"' }).waitFor();
    return response.innerText();
  }

  test.each(['zh-CN', 'en'] as const)('runs its six operations by one click each, in %s', async (locale) => {
    await using visit = await bench.open('/graphql', { locale });
    const { page, faults } = visit;
    const query = page.locator('.graphiql-query-editor .view-lines');
    await query.filter({ hasText: locale === 'en' ? 'Ask for accounts' : '申请账号' }).waitFor();
    expect(await page.locator('.graphiql-tab-button').allInnerTexts()).toEqual([
      'CreateAccounts',
      'LoadDepartmentMappings',
      'LatestRequests',
      'RequestsProgress',
      'FailedTasks',
      'TaskStatistics',
    ]);
    expect(await run(visit, 'CreateAccounts')).toContain('requestId');
    expect(await run(visit, 'LoadDepartmentMappings')).toContain('releasedTasks');
    expect(await run(visit, 'LatestRequests')).toContain('BATCH_GRAPHIQL_001');
    const socket = page.waitForEvent('websocket');
    expect(await run(visit, 'RequestsProgress')).toContain('snapshot');
    expect((await socket).url()).toBe(`${bench.origin.replace('http', 'ws')}/graphql`);
    await page.locator('.graphiql-execute-button').click();
    expect(await run(visit, 'FailedTasks')).toContain('totalCount');
    expect(await run(visit, 'TaskStatistics')).toContain('IDAAS');
    expect(faults).toEqual([]);
  });

  // Each by the first click of a page of its own: nothing that an operation before it left may be needed.
  const firstClicks = [
    ['CreateAccounts', '"requestId"'],
    ['LoadDepartmentMappings', '"releasedTasks"'],
    ['LatestRequests', 'BATCH_GRAPHIQL_001'],
    ['RequestsProgress', '"snapshot"'],
    ['FailedTasks', '"totalCount"'],
    ['TaskStatistics', 'IDAAS'],
  ] as const;

  test.each(['zh-CN', 'en'] as const)(
    'runs each of the six by the first click of a page, in %s',
    async (locale) => {
      for (const [tab, expected] of firstClicks) {
        await using visit = await bench.open('/graphql', { locale });
        const { page, faults } = visit;
        const query = page.locator('.graphiql-query-editor .view-lines');
        await query.filter({ hasText: 'CreateAccounts' }).waitFor();
        // The first tab is open already: its first click is the one that runs it.
        if (tab !== 'CreateAccounts') await page.locator('.graphiql-tab-button', { hasText: tab }).click();
        await query.filter({ hasText: tab }).waitFor();
        await page.locator('.graphiql-execute-button').click();
        const response = page.locator('.graphiql-response .view-lines');
        await response.filter({ hasText: expected }).waitFor();
        expect(await response.innerText(), tab).not.toContain('"errors"');
        expect(faults, tab).toEqual([]);
      }
    },
  );

  test('runs the first operation again after a reload', async () => {
    await using visit = await bench.open('/graphql');
    const { page, faults } = visit;
    for (const _visit of ['first', 'reloaded']) {
      await page
        .locator('.graphiql-query-editor .view-lines')
        .filter({ hasText: 'CreateAccounts' })
        .waitFor();
      await page.locator('.graphiql-execute-button').click();
      const response = page.locator('.graphiql-response .view-lines');
      await response.filter({ hasText: '"requestId"' }).waitFor();
      await page.reload();
    }
    expect(faults).toEqual([]);
  });

  test('has the documentation of the schema, and suggests fields', async () => {
    await using visit = await bench.open('/graphql');
    const { page, faults } = visit;
    await page.getByLabel('Show Documentation Explorer').click();
    await page.locator('.graphiql-doc-explorer').getByText('Mutation').first().waitFor();
    await page.locator('.graphiql-query-editor .view-lines').click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('{ viewer { princ');
    await page.locator('.suggest-widget').getByText('principal').first().waitFor();
    expect(faults).toEqual([]);
  });
});
