import { createServer, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { runCli } from '../../src/cli/program.ts';
import { type OpenSchema, openSchema } from '../setup/schema-fixture.ts';

const operation = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()) });
const KEY = 'account_creation_max_retries';

let api: OpenSchema;
let server: Server;
let url = '';
beforeAll(async () => {
  api = await openSchema();
  server = createServer(async (request, response) => {
    const { query, variables } = operation.parse(await json(request));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(await api.run(query, variables)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}/graphql`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await api.close();
});
beforeEach(() => api.execute('delete from setting; delete from setting_change'));
afterEach(() => vi.restoreAllMocks());

/** Runs the command line against the API; what it printed, and its exit status. */
async function run(...argv: string[]) {
  const printed = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed.err += String(text);
    return true;
  });
  const status = await runCli(['--url', url, '--api-key', 'key', '--locale', 'en', ...argv], {});
  vi.restoreAllMocks();
  return { ...printed, status };
}

it('lists every setting', async () => {
  const { out, status } = await run('settings');
  expect(status).toBe(0);
  for (const key of api.services.settings.keys) expect(out).toContain(key);
});

it('sets one, shows it, and who changed it', async () => {
  expect(await run('settings', 'set', KEY, '7')).toMatchObject({
    status: 0,
    out: expect.stringMatching(/7 +v1/),
  });
  expect((await run('settings', 'get', KEY)).out).toMatch(/version +1 .* admin/);
  expect(JSON.parse((await run('--json', 'settings', 'get', KEY)).out)).toMatchObject({
    key: KEY,
    value: 7,
    version: 1,
  });
  expect((await run('settings', 'changes', KEY)).out).toContain('null → 7');
});

it('says why a change was refused', async () => {
  await run('settings', 'set', KEY, '7');
  expect(await run('settings', 'set', KEY, '8', '--expected-version', '0')).toMatchObject({
    status: 1,
    err: expect.stringContaining('VERSION_CONFLICT'),
  });
  expect(await run('settings', 'set', KEY, '"many"')).toMatchObject({
    status: 1,
    err: expect.stringContaining('expected number'),
  });
  expect(await run('settings', 'set', KEY, 'seven')).toMatchObject({
    status: 2,
    err: expect.stringContaining('is no JSON'),
  });
  expect(await run('settings', 'get', 'nobody')).toMatchObject({
    status: 2,
    err: expect.stringContaining('There is no Setting nobody.'),
  });
});
