import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/sandbox/sandbox.ts';
import { batchOf } from './setup/batch.ts';
import { makeDataDir, removeDataDir } from './setup/data-dir.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from './setup/database.ts';
import { allOf, Portal } from './setup/portal.ts';
import { FAST_SETTINGS } from './setup/provisioning.ts';
import { sqlOf } from './setup/rows.ts';
import { ServiceProcess } from './setup/service-process.ts';
import { storeSettings } from './setup/settings.ts';

const KEY = 'key-of-at-least-24-characters';

let dataDir: string;
let sandbox: Sandbox;
beforeAll(async () => {
  dataDir = makeDataDir();
  sandbox = await startSandbox({ latencyMs: { min: 5, max: 15 } });
});
afterAll(async () => {
  await sandbox.close();
  removeDataDir(dataDir);
});

/** `npm start` in one role, against the sandbox of this test as if it were the real systems. */
function startRole(
  role: 'server' | 'worker',
  database: TestDatabase,
  variables: Readonly<Record<string, string>> = {},
): ServiceProcess {
  const upstreams = role === 'worker' ? sandbox.environment : { ADMIN_API_KEY: KEY };
  return new ServiceProcess('start', {
    ROLE: role,
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: '5',
    SANDBOX: 'off',
    ...upstreams,
    ...variables,
  });
}

async function status(url: string, path: string): Promise<number> {
  const response = await fetch(new URL(path, url));
  await response.text();
  return response.status;
}

interface Member {
  readonly process: ServiceProcess;
  readonly url: string;
}

describe('two servers and two workers on one database', () => {
  let database: TestDatabase;
  let servers: Member[] = [];
  let workers: Member[] = [];
  let here: Portal;
  let there: Portal;
  beforeAll(async () => {
    database = await createTestDatabase();
    await storeSettings(sqlOf(database.orm), FAST_SETTINGS);
    const processes = (['server', 'worker', 'server', 'worker'] as const).map((role) => ({
      role,
      process: startRole(role, database),
    }));
    const members = await Promise.all(
      processes.map(async ({ role, process }) => ({ role, process, url: (await process.ready()).url })),
    );
    servers = members.filter(({ role }) => role === 'server');
    workers = members.filter(({ role }) => role === 'worker');
    [here, there] = [new Portal(servers[0]?.url ?? '', KEY), new Portal(servers[1]?.url ?? '', KEY)];
    await here.mapDepartments(['D001']);
  });
  afterAll(async () => {
    await Promise.all([...servers, ...workers].map(({ process }) => process.destroy()));
    await database.drop();
  });

  /** Nobody misbehaved, so one call per account is all it takes. */
  function expectOneCallEach(people: number): void {
    for (const system of ['IDAAS', 'WELINK'] as const) {
      const keys = sandbox.control.ledger({ system, operation: 'create' }).map(({ key }) => key);
      expect(new Set(keys).size).toBe(people);
      expect(keys).toHaveLength(people);
    }
    expect(sandbox.control.counts().accounts).toEqual({ IDAAS: people, WELINK: people, EMAIL: people });
  }

  test('are all alive and ready', async () => {
    for (const { url } of [...servers, ...workers]) {
      expect(await status(url, '/healthz')).toBe(200);
      expect(await status(url, '/readyz')).toBe(200);
    }
    for (const { url } of workers) expect(await status(url, '/graphql')).toBe(404);
  });

  test('either server shows a request of the other to its end, and every account is made once', async () => {
    const requestId = await here.submit(batchOf(30));
    const streams = await Promise.all([
      allOf(here.watch(requestId, 'websocket')),
      allOf(there.watch(requestId, 'websocket')),
      allOf(there.watch(requestId, 'sse')),
    ]);
    for (const events of streams) {
      expect(events.filter(({ final }) => final)).toHaveLength(1);
      expect(events.at(-1)).toMatchObject({
        final: true,
        completedUsers: 30,
        request: { status: 'COMPLETED' },
      });
    }
    expectOneCallEach(30);
  });

  test('a worker that is told to stop finishes what it began and leaves the rest to the other', async () => {
    await sandbox.control.reset();
    const called = sandbox.control.whenCalled({ system: 'IDAAS', operation: 'create', count: 10 });
    const requestId = await there.submit(batchOf(60));
    await called;
    workers[0]?.process.signal('SIGTERM');
    expect(await workers[0]?.process.exitStatus()).toBe(0);
    expect((await here.finished(requestId)).completedUsers).toBe(60);
    expectOneCallEach(60);
  });
});

describe('an empty database', () => {
  let database: TestDatabase;
  const processes: ServiceProcess[] = [];
  beforeAll(async () => {
    database = await createEmptyDatabase();
  });
  afterAll(async () => {
    await Promise.all(processes.map((process) => process.destroy()));
    await database.drop();
  });

  /** Starts what may not migrate, and returns where it answers while it waits. */
  async function startWaiting(role: 'server' | 'worker') {
    const process = startRole(role, database, { MIGRATE_ON_START: 'false', PORT: String(await freePort()) });
    processes.push(process);
    await process.logged('migrations are missing');
    const line = process.log().find(({ msg }) => String(msg).startsWith('migrations are missing'));
    return { process, url: String(line?.['url']) };
  }

  test('makes processes that may not migrate wait, alive and not ready, until somebody migrates', async () => {
    const [server, worker, stopped] = await Promise.all([
      startWaiting('server'),
      startWaiting('worker'),
      startWaiting('server'),
    ]);
    for (const { url } of [server, worker]) {
      expect(await status(url, '/healthz')).toBe(200);
      expect(await status(url, '/readyz')).toBe(503);
    }
    stopped.process.signal('SIGTERM');
    expect(await stopped.process.exitStatus()).toBe(0);

    const migrators = [1, 2].map(() => new ServiceProcess('migrate', { DATABASE_URL: database.url }));
    processes.push(...migrators);
    for (const migrator of migrators) expect(await migrator.exitStatus()).toBe(0);
    const said = migrators.map(({ stdout }) => stdout.trim().split('\n').at(-1)).toSorted();
    expect(said).toEqual([expect.stringMatching(/^Applied: \d+_core/), 'Nothing to migrate.']);

    for (const { process } of [server, worker]) {
      const { url } = await process.ready();
      expect(await status(url, '/readyz')).toBe(200);
    }
    await storeSettings(sqlOf(database.orm), FAST_SETTINGS);
    const portal = new Portal(new URL('/graphql', server.url).href, KEY);
    await portal.mapDepartments(['D001']);
    const requestId = await portal.submit(batchOf(1));
    expect((await portal.finished(requestId)).request.status).toBe('COMPLETED');
  });
});

function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const server = createServer().listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
  });
  return promise;
}
