import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConsoleBench, hasBrowser } from './browser.ts';

const created = z.object({ createApiKey: z.object({ secret: z.string() }) });
const CREATE_KEY =
  'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { id } userErrors { code } } }';

describe.runIf(hasBrowser)('signing in', () => {
  let bench: ConsoleBench;
  beforeAll(async () => {
    bench = await ConsoleBench.start();
  });
  afterAll(() => bench.stop());

  async function keyWith(
    name: string,
    scopes: readonly string[],
    originSystems: readonly string[] | null = null,
  ) {
    const answer = await bench.ask(CREATE_KEY, { input: { name, scopes, originSystems } });
    return created.parse(answer).createApiKey.secret;
  }

  async function openAs(key: string, path: string) {
    const visit = await bench.open('/console/developer');
    await visit.page.getByRole('button', { name: 'Sign out' }).click();
    await visit.page.goto(bench.origin + path);
    await visit.page.getByLabel('API key').fill(key);
    await visit.page.getByRole('button', { name: 'Sign in' }).click();
    await visit.page.getByRole('button', { name: 'Sign out' }).waitFor();
    return visit;
  }

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
    ['operate', ['Overview', 'Requests', 'Tasks', 'People', 'Settings', 'Systems'], ['API keys', 'Audit']],
  ])('with %s shows its pages and no others', async (scope, shown, hidden) => {
    await using visit = await openAs(await keyWith(`key-of-${scope.replace(':', '-')}`, [scope]), '/console');
    const { page, faults } = visit;
    const menu = page.getByRole('navigation', { name: 'Menu' });
    for (const name of shown) await menu.getByRole('link', { name, exact: true }).waitFor();
    for (const name of hidden) expect(await menu.getByRole('link', { name, exact: true }).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  test('with a key of one origin system shows that, and asks for nothing it may not have', async () => {
    const key = await keyWith('portal', ['requests:read', 'requests:write'], ['OA']);
    await using visit = await openAs(key, '/console/requests');
    await visit.page.getByText('There is no request yet', { exact: false }).waitFor();
    expect(await visit.page.getByRole('button', { name: 'New request' }).count()).toBe(1);
    expect(visit.faults).toEqual([]);
  });

  test('is shared between open tabs, and ends in all of them', async () => {
    const key = await keyWith('shared', ['operate']);
    await using visit = await openAs(key, '/console');
    const second = await visit.context.newPage();
    await second.goto(`${bench.origin}/console/developer`);
    await second.getByRole('heading', { name: 'Developer' }).waitFor();
    await second.getByRole('button', { name: 'Sign out' }).click();
    await visit.page.getByLabel('API key').waitFor();
  });
});
