import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConsoleBench, hasBrowser } from './browser.ts';
import { startIssuer } from './issuer.ts';

describe.runIf(hasBrowser)('signing in by an organisation', () => {
  let issuer: Awaited<ReturnType<typeof startIssuer>>;
  let bench: ConsoleBench;
  beforeAll(async () => {
    issuer = await startIssuer();
    // A key of the operator's own is not given to pages.
    bench = await ConsoleBench.start({
      ...issuer.environment,
      ADMIN_API_KEY: 'key-of-at-least-24-characters',
    });
  });
  afterAll(async () => {
    await bench.stop();
    issuer.close();
  });

  test('leads by the issuer to the address that was wanted, with the scopes of the token alone', async () => {
    await using visit = await bench.open('/console/tasks?status=FAILED');
    const { page } = visit;
    await page.getByRole('button', { name: 'Sign in with your organisation' }).click();
    await page.getByRole('heading', { name: 'Tasks' }).waitFor();
    expect(page.url()).toBe(`${bench.origin}/console/tasks?status=FAILED`);
    await page.getByRole('link', { name: 'oidc:li.lei' }).waitFor();
    const menu = page.getByRole('navigation', { name: 'Menu' });
    await menu.getByRole('link', { name: 'Requests', exact: true }).waitFor();
    expect(await menu.getByRole('link', { name: 'Settings' }).count()).toBe(0);
    await page.reload();
    await page.getByRole('heading', { name: 'Tasks' }).waitFor();
    const faults = visit.faults.filter(
      (fault) => !fault.startsWith(`request to ${issuer.environment.OIDC_ISSUER}`),
    );
    expect(faults).toEqual([]);
  });

  test('says what the issuer says when it refuses, and takes an answer for no other tab', async () => {
    issuer.state.refuse = true;
    await using visit = await bench.open('/console/requests');
    const { page } = visit;
    await page.getByRole('button', { name: 'Sign in with your organisation' }).click();
    await page.getByRole('alert').getByText('li.lei may not use this service').waitFor();
    expect(new URL(page.url()).pathname).toBe('/console/requests');
    issuer.state.refuse = false;
    await page.goto(`${bench.origin}/console/signed-in?code=stolen&state=of-somebody-else`);
    await page.getByRole('alert').getByText('This answer belongs to no sign-in of this tab').waitFor();
  });
});
