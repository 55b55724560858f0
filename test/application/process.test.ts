import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { embeddedUrl, isPostgresRunning, madeKey, makeDataDir, removeDataDir } from '../setup/data-dir.ts';
import { allOf, Portal, type ProgressEvent } from '../setup/portal.ts';
import { descendantsOf, type ReadyLine, ServiceProcess, untilGone } from '../setup/service-process.ts';

let dataDir = '';
const started: ServiceProcess[] = [];
beforeAll(() => {
  dataDir = makeDataDir();
});
afterEach(async () => {
  for (const service of started.splice(0)) await service.destroy();
});
afterAll(() => removeDataDir(dataDir));

interface Started {
  readonly service: ServiceProcess;
  readonly ready: ReadyLine;
  readonly portal: Portal;
}

/** `npm start` with everything embedded and played, on the data of the tests before. */
async function start(variables: Readonly<Record<string, string>> = {}): Promise<Started> {
  const service = new ServiceProcess('start', { PORT: '0', DATA_DIR: dataDir, ...variables });
  started.push(service);
  const ready = await service.ready();
  return { service, ready, portal: new Portal(ready.url, madeKey(dataDir)) };
}

const SYSTEMS = ['IDAAS', 'WELINK', 'EMAIL'];
let lastNumber = 0;

function batch(people: number) {
  const userList = Array.from({ length: people }, () => {
    lastNumber += 1;
    return {
      employeeNumber: `P${lastNumber}`,
      employeeName: '张三',
      departmentCode: 'D001',
      phoneNumber: `138${String(lastNumber).padStart(8, '0')}`,
      country: '中国',
    };
  });
  return {
    originSystem: 'OA',
    businessKey: `B${lastNumber}`,
    accountType: '供应商',
    employeeType: '1',
    systemList: SYSTEMS,
    userList,
  };
}

/** The sandbox's own account of what it holds. */
async function playedAccounts(ready: ReadyLine): Promise<Record<string, number>> {
  const response = await fetch(`${ready.sandboxControl}/__sandbox/counts`);
  return (await response.json()).accounts;
}

async function addFault(ready: ReadyLine, fault: Readonly<Record<string, unknown>>): Promise<void> {
  const body = JSON.stringify(fault);
  const response = await fetch(`${ready.sandboxControl}/__sandbox/faults`, { method: 'POST', body });
  expect(response.status).toBe(200);
}

async function whenCalled(ready: ReadyLine, call: string): Promise<void> {
  await fetch(`${ready.sandboxControl}/__sandbox/when-called?${call}`);
}

async function runSql(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: embeddedUrl(dataDir) });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function expectOneEnd(events: readonly ProgressEvent[]): void {
  expect(events.map(({ final }) => final)).toEqual([...events.slice(1).map(() => false), true]);
  const percents = events.map(({ percent }) => percent);
  expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  expect(events.at(-1)).toMatchObject({ percent: 100, request: { status: 'COMPLETED' } });
}

describe('npm start', () => {
  test('serves a portal from nothing to the last account, over every transport', async () => {
    const { service, ready, portal } = await start();
    const sandbox = [...SYSTEMS, 'HIEDS', 'WPS', 'TIMETABLE'];
    expect(ready).toMatchObject({ role: 'all', database: 'embedded', sandbox });
    expect(await portal.mapDepartments(['D001'])).toMatchObject({ created: 1, userErrors: [] });
    const requestId = await portal.submit(batch(2));
    const [overSocket, overSse] = await Promise.all([
      allOf(portal.watch(requestId, 'websocket')),
      allOf(portal.watch(requestId, 'sse')),
    ]);
    expectOneEnd(overSocket);
    expectOneEnd(overSse);
    expect(await allOf(portal.watch(requestId, 'sse'))).toMatchObject([
      { final: true, percent: 100, completedUsers: 2, changedItemCount: 0 },
    ]);
    expect(await playedAccounts(ready)).toEqual({ IDAAS: 2, WELINK: 2, EMAIL: 2 });
    const { request } = await portal.read(
      `query Q($id: String!) { request(requestId: $id) { items(first: 10) { nodes { person { accounts {
        system identifier state } } } } } }`,
      { id: requestId },
    );
    expect(request.items.nodes[0].person.accounts).toEqual(
      expect.arrayContaining([
        { system: 'IDAAS', identifier: 'zP1', state: 'ACTIVE' },
        { system: 'WELINK', identifier: 'P1', state: 'ACTIVE' },
        { system: 'EMAIL', identifier: expect.stringMatching(/^zhangsan\d*@example\.com$/), state: 'ACTIVE' },
      ]),
    );
    expect(service.readyLines()).toHaveLength(1);
    expect(`${service.stdout}${service.stderr}`).not.toContain(madeKey(dataDir));
  });

  test('stops in order on SIGTERM and on Ctrl-C, leaves no process behind, and goes on where it was', async () => {
    const first = await start();
    await first.portal.mapDepartments(['D001']);
    const requestId = await first.portal.submit(batch(2));
    await first.portal.finished(requestId);
    const accounts = await playedAccounts(first.ready);
    const processes = descendantsOf(first.service.npmPid);
    expect(processes.some(({ command }) => command.includes('postgres'))).toBe(true);
    first.service.signal('SIGTERM');
    expect(await first.service.exitStatus()).toBe(0);
    await untilGone(processes);
    expect(isPostgresRunning(dataDir)).toBe(false);

    const second = await start({ LOG_LEVEL: 'silent' });
    expect((await second.portal.finished(requestId)).request.status).toBe('COMPLETED');
    expect(await playedAccounts(second.ready)).toEqual(accounts);
    const next = await second.portal.submit(batch(1));
    expect((await second.portal.finished(next)).request.status).toBe('COMPLETED');
    expect((await fetch(new URL('/readyz', second.ready.url))).status).toBe(200);
    // Silent, and yet it said that it is ready.
    expect(second.service.readyLines()).toHaveLength(1);
    expect(second.service.log()).toEqual([]);
    // A terminal tells everything in its foreground, and npm passes on what it was told: the process hears it twice.
    for (const pid of [second.service.npmPid, second.ready.pid]) process.kill(pid, 'SIGINT');
    expect(await second.service.exitStatus()).toBe(0);
    expect(isPostgresRunning(dataDir)).toBe(false);
  });

  test('is survived by nothing when it is killed, and a request goes on at the next start', async () => {
    const killed = await start();
    await killed.portal.mapDepartments(['D001']);
    await addFault(killed.ready, { system: 'WELINK', operation: 'create', fault: 'hang' });
    const requestId = await killed.portal.submit(batch(2));
    await whenCalled(killed.ready, 'system=WELINK&operation=create&count=1');
    const processes = descendantsOf(killed.service.npmPid);
    process.kill(killed.ready.pid, 'SIGKILL');
    await untilGone(processes);
    expect(isPostgresRunning(dataDir)).toBe(false);

    const { ready, portal } = await start();
    // What the dead process held is given back now and not in a quarter of a minute.
    await runSql(`
      insert into setting (key, value) values ('uncertain_first_delay_seconds', '0'), ('uncertain_second_delay_seconds', '0')
      on conflict (key) do update set value = excluded.value`);
    await runSql("update pgboss.job set heartbeat_on = now() - interval '1 hour' where state = 'active'");
    expect(await portal.finished(requestId)).toMatchObject({
      completedUsers: 2,
      request: { status: 'COMPLETED' },
    });
    const { request } = await portal.read(
      `query Q($id: String!) { request(requestId: $id) { items(first: 10) { nodes { tasks { system attempts {
        outcome } } } } } }`,
      { id: requestId },
    );
    expect(JSON.stringify(request)).toContain('LOST');
    const accounts = await playedAccounts(ready);
    expect(new Set(Object.values(accounts)).size).toBe(1);
  });

  test('ends at once on a second signal, and still leaves nothing behind', async () => {
    const { service, ready, portal } = await start();
    await portal.mapDepartments(['D001']);
    await addFault(ready, { system: 'IDAAS', operation: 'create', fault: 'hang' });
    await portal.submit(batch(1));
    await whenCalled(ready, 'system=IDAAS&operation=create&count=1');
    const processes = descendantsOf(service.npmPid);
    service.signal('SIGTERM');
    await service.logged('stopping');
    // A call hangs, and it would wait half a minute for it. The second signal counts once it cannot be the first.
    await vi.waitUntil(
      () => {
        if (!service.ended) service.signal('SIGTERM');
        return service.ended;
      },
      { timeout: 25_000, interval: 250 },
    );
    expect(await service.exitStatus()).not.toBe(0);
    await untilGone(processes);
    expect(isPostgresRunning(dataDir)).toBe(false);
  });
});
