import pg from 'pg';
import { afterEach, expect, test, vi } from 'vitest';
import { startEmbeddedPostgres } from '../../../src/database/embedded-postgres.ts';
import { outsideTransaction } from '../../../src/entities/transaction.ts';
import { API_KEY } from '../../setup/api.ts';
import { batchOf } from '../../setup/batch.ts';
import { Portal } from '../../setup/portal.ts';
import { findViolations } from '../setup/invariants.ts';
import { findProgressViolations, followProgress } from '../setup/progress.ts';
import { makeServerDir, startOnDatabase, type Undo } from '../setup/start-on-database.ts';

const MAX_CONNECTIONS = 60;
const PEOPLE = 60;
const HOARDER = 'hoarder';
const OPENED_AT_ONCE = 20;

const undo: Undo = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** The whole service on a Postgres of its own, which others can use up. */
async function start() {
  const dataDir = makeServerDir(undo);
  const settings = { max_connections: String(MAX_CONNECTIONS) };
  const postgres = await startEmbeddedPostgres({ dataDir, settings });
  undo.push(() => postgres.stop());
  const application = await startOnDatabase(undo, { url: postgres.url, dataDir });
  return { application, url: postgres.url };
}

/** Takes every connection of the server, those of the service too; returns how to give them back. */
async function takeAll(url: string): Promise<() => Promise<void>> {
  const held: pg.Client[] = [];
  const release = async () => {
    await Promise.all(held.splice(0).map((client) => client.end()));
  };
  undo.push(release);
  const open = async () => {
    const client = new pg.Client({ connectionString: url, application_name: HOARDER });
    client.on('error', () => {});
    const refused = await client.connect().then(
      () => null,
      (error: unknown) => error,
    );
    if (refused === null) held.push(client);
    else expect(refused).toMatchObject({ code: '53300' });
  };
  await open();
  await vi.waitUntil(
    async () => {
      const counted = await held[0]?.query<{ left: number }>(
        `select count(pg_terminate_backend(pid))::int as left from pg_stat_activity
         where backend_type = 'client backend' and application_name <> '${HOARDER}'`,
      );
      await Promise.all(Array.from({ length: OPENED_AT_ONCE }, open));
      return counted?.rows[0]?.left === 0;
    },
    { timeout: 60_000, interval: 5 },
  );
  return release;
}

test('no connection is left: callers are told to come back, and everything goes on once there are some', async () => {
  const { application, url } = await start();
  const portal = new Portal(application.url, API_KEY);
  await portal.mapDepartments(['D001']);
  const input = batchOf(PEOPLE);
  const requestId = await portal.submit(input);
  const following = followProgress(requestId, () => portal);
  await application.sandbox?.control.whenCalled({ system: 'IDAAS', operation: 'create', count: 10 });
  const release = await takeAll(url);

  const late = batchOf(2);
  const refused = await fetch(new URL('/graphql', application.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${API_KEY}` },
    body: JSON.stringify({ query: '{ requests(first: 1) { nodes { requestId } } }' }),
  });
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
  await expect(portal.createAccounts(late)).rejects.toThrow(/UNAVAILABLE/);
  const ready = () => fetch(new URL('/readyz', application.url));
  expect((await ready()).status).toBe(503);
  expect((await fetch(new URL('/healthz', application.url))).status).toBe(200);

  await release();
  const lateId = await vi.waitFor(() => portal.submit(late), { timeout: 60_000, interval: 200 });
  const events = [await following, await followProgress(lateId, () => portal)];
  expect(events.map((seen) => seen.at(-1)?.completedUsers)).toEqual([PEOPLE, 2]);
  await vi.waitUntil(async () => (await ready()).status === 200, { timeout: 60_000, interval: 50 });
  const { core, sandbox } = application;
  if (sandbox === null) throw new Error('Nothing is played here.');
  const checked = { sql: outsideTransaction(core.orm.em.fork()), sandbox };
  const answers = [
    { key: input.businessKey, requestId },
    { key: late.businessKey, requestId: lateId },
  ];
  const found = await findViolations(checked, { processes: 1, answers, secrets: [API_KEY] });
  expect([...events.flatMap(findProgressViolations), ...found]).toEqual([]);
});
