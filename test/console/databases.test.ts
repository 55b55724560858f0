import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type PopulatedPostgres,
  READER,
  startPopulatedPostgres,
} from '../databases/setup/populated-postgres.ts';
import { ConsoleBench, hasBrowser, screenshots } from './browser.ts';

describe.runIf(hasBrowser)('a database auditor on the first day', () => {
  let bench: ConsoleBench;
  let server: PopulatedPostgres;
  beforeAll(async () => {
    [bench, server] = await Promise.all([ConsoleBench.start(), startPopulatedPostgres()]);
  });
  afterAll(async () => {
    await bench.stop();
    await server.stop();
  });

  test('registers a server, corrects a wrong password, syncs, asks who may write, and sees what was revoked', async () => {
    await using visit = await bench.open('/console/databases');
    const { page, faults } = visit;
    const look = (name: string) =>
      page.screenshot({ path: `${screenshots}/databases-${name}.png`, fullPage: true });
    const row = page.getByRole('row').filter({ hasText: 'shop-db' });
    const dialog = page.getByRole('dialog');
    const sync = async () => {
      await page.goto(`${bench.origin}/console/databases`);
      await row.getByRole('button', { name: 'Sync', exact: true }).click();
      await dialog.getByRole('button', { name: 'Sync', exact: true }).click();
      await page.waitForURL('**/runs/run_*');
      await page.getByText('completed', { exact: true }).first().waitFor({ timeout: 30_000 });
    };

    await page.getByRole('button', { name: 'Register' }).click();
    await dialog.getByLabel('Name *', { exact: true }).fill('shop-db');
    await dialog.getByLabel('Host *', { exact: true }).fill(server.target.host);
    await dialog.getByLabel('Port').fill(String(server.target.port));
    await dialog.getByLabel('Username *').fill(READER.name);
    await dialog.getByLabel('Password *').fill('wrong');
    await look('register');
    await dialog.getByRole('button', { name: 'Register' }).click();
    await row.waitFor();

    await row.getByRole('button', { name: 'Test' }).click();
    await dialog.getByRole('button', { name: 'Test' }).click();
    await dialog
      .getByText(/password/)
      .first()
      .waitFor();
    await look('refused');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await row.getByRole('button', { name: 'Edit' }).click();
    await dialog.getByLabel('Password').fill(READER.password);
    await dialog.getByRole('button', { name: 'Edit' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await row.getByRole('button', { name: 'Test' }).click();
    await dialog.getByRole('button', { name: 'Test' }).click();
    await dialog.getByText(/PostgreSQL 18/).waitFor();
    await look('tested');
    await dialog.getByRole('button', { name: 'Close' }).first().click();

    await sync();
    await page.goto(`${bench.origin}/console/databases`);
    await row.getByText('completed').waitFor();
    await look('instances');

    await page.goto(`${bench.origin}/console/databases?tab=who-can`);
    await page.getByLabel('Instance').fill('shop-db');
    await page.getByLabel('Privilege, as SELECT').fill('UPDATE');
    await page.getByLabel('Object, as sales.orders').fill('sales.orders');
    await page.keyboard.press('Enter');
    const writer = page.getByRole('row').filter({ hasText: 'zhang_san' });
    await writer.getByText('app_write').waitFor();
    await look('who-can');
    await writer.getByRole('link', { name: 'zhang_san' }).click();
    await page.getByRole('heading', { name: /zhang_san/ }).waitFor();
    await page.getByRole('cell', { name: '← app_write', exact: true }).first().waitFor();
    await look('account');

    await server.query('shop', 'revoke update on sales.orders from app_write');
    await sync();
    await page.goto(`${bench.origin}/console/databases?tab=changes&instance=shop-db&kind=MODIFY_PRIVILEGE`);
    await page.getByText('− UPDATE').first().waitFor();
    expect(await page.getByText('− UPDATE').allInnerTexts()).toEqual(['− UPDATE shop.sales.orders']);
    await look('changes');
    expect(faults).toEqual([]);
  });
});
