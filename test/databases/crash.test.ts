import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServiceChild } from '../faults/setup/service-child.ts';
import { API_KEY, ApiBench, SECRETS_KEY } from '../setup/api.ts';
import { inDatabase } from '../setup/database-url.ts';
import { Auditor } from './setup/auditor.ts';
import { type PopulatedPostgres, READER, startPopulatedPostgres } from './setup/populated-postgres.ts';

let server: PopulatedPostgres;
let bench: ApiBench;
let auditor: Auditor;
let ours = '';
const children: ServiceChild[] = [];

beforeAll(async () => {
  server = await startPopulatedPostgres();
  bench = await ApiBench.start({
    variables: { ROLE: 'server' },
    through: async (url) => {
      ours = url;
      return {};
    },
  });
  auditor = new Auditor(bench.portal);
  const { host, port } = server.target;
  const { username, password } = { username: READER.name, password: READER.password };
  await auditor.register({ name: 'main', engine: 'POSTGRESQL', host, port, username, password });
});
afterAll(async () => {
  for (const child of children) child.signal('SIGKILL');
  await bench.stop();
  await server.stop();
});

/** A worker as a process of its own. */
async function worker(): Promise<ServiceChild> {
  const child = new ServiceChild({
    ROLE: 'worker',
    DATABASE_URL: ours,
    SECRETS_KEY,
    ADMIN_API_KEY: API_KEY,
    SANDBOX: 'on',
  });
  children.push(child);
  await child.ready();
  return child;
}

test('W18: a worker that is killed while it reads leaves nothing running: another one reads it', async () => {
  const first = await worker();
  const blocker = new pg.Client({ connectionString: inDatabase(server.url, 'shop') });
  await blocker.connect();
  try {
    await blocker.query('begin; lock table pg_catalog.pg_default_acl in access exclusive mode');
    const { run } = await auditor.start({ type: 'MANUAL_SINGLE', instances: ['main'] });
    const waiting = async () =>
      (
        await server.query(
          null,
          `select 1 from pg_stat_activity where usename = '${READER.name}' and wait_event_type = 'Lock'`,
        )
      ).length;
    await expect.poll(waiting, { timeout: 60_000 }).toBe(1);
    first.signal('SIGKILL');
    await blocker.query('rollback');
    expect((await auditor.run(run.runId)).status).toBe('RUNNING');
    const joined = await auditor.start({ type: 'MANUAL_SINGLE', instances: ['main'] });
    expect(joined).toMatchObject({ joined: true, run: { runId: run.runId } });
    await worker();
    const settled = await auditor.settled(run.runId);
    expect(settled).toMatchObject({
      status: 'COMPLETED',
      items: { nodes: [{ key: 'main', outcome: 'COMPLETED' }] },
    });
    expect((await auditor.account('main', 'zhang_san', 'state')).state).toBe('ACTIVE');
  } finally {
    await blocker.end();
  }
});
