import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConsoleBench, hasBrowser } from './browser.ts';

describe.runIf(hasBrowser)('signing in', () => {
  let bench: ConsoleBench;
  beforeAll(async () => {
    bench = await ConsoleBench.start();
  });
  afterAll(() => bench.stop());

  test('by a key leads back to the same address, and a wrong key is said to be wrong', async () => {
    await using visit = await bench.open('/console/requests?status=FAILED');
    const { page } = visit;
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('API key').fill('ask_of_nobody_that_is_long_enough_to_be_one');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('API key').fill(bench.key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Requests' }).waitFor();
    expect(new URL(page.url()).search).toBe('?status=FAILED');
  });

  test.each([
    ['requests:read', ['Requests', 'Tasks', 'Developer'], ['People', 'Settings', 'API keys']],
    ['people:read', ['People', 'Developer'], ['Requests', 'Settings', 'Audit']],
    ['operate', ['Overview', 'Settings', 'Systems'], ['Requests', 'Tasks', 'People', 'API keys', 'Audit']],
  ])('with %s shows its pages and no others', async (scope, shown, hidden) => {
    await using visit = await bench.openAs(
      (await bench.keyWith(`key-of-${scope.replace(':', '-')}`, [scope])).secret,
      '/console',
    );
    const { page, faults } = visit;
    const menu = page.getByRole('navigation', { name: 'Menu' });
    for (const name of shown) await menu.getByRole('link', { name, exact: true }).waitFor();
    for (const name of hidden) expect(await menu.getByRole('link', { name, exact: true }).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  test('with a key that may not see the page of a link says which scope it lacks', async () => {
    const { secret } = await bench.keyWith('developer-only', ['developer']);
    await using visit = await bench.openAs(secret, '/console');
    const { page } = visit;
    await page.getByText('see your scopes and limits').waitFor();
    for (const path of ['/requests', '/people/E000001', '/settings', '/keys']) {
      await page.goto(`${bench.origin}/console${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('alert').getByText(/scope/).first().waitFor();
      expect(await page.getByRole('navigation').getByRole('link').allInnerTexts()).toEqual(['Developer']);
    }
  });

  test('with a key of one origin system shows that, and asks for nothing it may not have', async () => {
    const { secret } = await bench.keyWith('portal', ['requests:read', 'requests:write'], ['OA']);
    await using visit = await bench.openAs(secret, '/console/requests');
    await visit.page.getByText('There is no request yet', { exact: false }).waitFor();
    expect(await visit.page.getByRole('button', { name: 'New request' }).count()).toBe(1);
    expect(visit.faults).toEqual([]);
  });

  test('is shared between open tabs, and ends in all of them', async () => {
    const { secret } = await bench.keyWith('shared', ['operate']);
    await using visit = await bench.openAs(secret, '/console');
    const second = await visit.context.newPage();
    await second.goto(`${bench.origin}/console/developer`);
    await second.getByRole('heading', { name: 'Developer' }).waitFor();
    await second.getByRole('button', { name: 'Sign out' }).click();
    await visit.page.getByLabel('API key').waitFor();
  });
});
