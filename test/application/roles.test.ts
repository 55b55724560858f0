import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sql } from '../../src/entities/tables.ts';
import type { LedgerEntry } from '../../src/sandbox/playing/ledger.ts';
import { batchOf } from '../setup/batch.ts';
import { createTestBoss } from '../setup/boss.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { Fleet, type Member } from '../setup/fleet.ts';
import { allOf, type Portal, type ProgressEvent } from '../setup/portal.ts';
import { FAST_SETTINGS } from '../setup/provisioning.ts';
import { sqlOf } from '../setup/rows.ts';
import { ServiceProcess } from '../setup/service-process.ts';
import { storeSettings } from '../setup/settings.ts';

let fleet: Fleet;
beforeAll(async () => {
  fleet = await Fleet.start();
});
afterAll(() => fleet.stop());

async function status(url: string, path: string): Promise<number> {
  const response = await fetch(new URL(path, url));
  await response.text();
  return response.status;
}

/** More than two workers run at once (64 each), so that all three are needed. */
const CONCURRENCY = 140;
/** Three workers that counted each for itself would send the first of them in a sixth of a second. */
const RATE_PER_SECOND = 40;
/** A permit is taken before the claim, which a busy machine may draw out by so much. */
const LATE_SECONDS = 1.5;
/** A queue of nobody's, whose schedule was due while nobody looked. */
const TICK = 'test.tick';

describe('two servers and three workers on one database', () => {
  let database: TestDatabase;
  let db: Sql;
  let servers: Member[] = [];
  let workers: Member[] = [];
  let here: Portal;
  let there: Portal;
  beforeAll(async () => {
    database = await createTestDatabase();
    db = sqlOf(database.orm);
    // Before the start, when the workers learn how many sockets they may need.
    await storeSettings(db, {
      ...FAST_SETTINGS,
      max_concurrency_idaas: CONCURRENCY,
      account_dependencies: { IDAAS: [], WELINK: [], EMAIL: ['IDAAS'] },
    });
    await scheduleTick(database.url, db);
    const roles = ['server', 'worker', 'server', 'worker', 'worker'] as const;
    const members = await Promise.all(roles.map((role) => fleet.add(role, database)));
    servers = members.filter(({ role }) => role === 'server');
    workers = members.filter(({ role }) => role === 'worker');
    [here, there] = [fleet.portalOf(servers[0]?.url ?? ''), fleet.portalOf(servers[1]?.url ?? '')];
    await here.mapDepartments(['D001']);
  });
  afterAll(() => database.drop());

  const creates = (system: 'IDAAS' | 'WELINK' | 'EMAIL') =>
    fleet.sandbox.control.ledger({ system, operation: 'create' });

  /** Nobody misbehaved, so one call per account is all it takes. */
  function expectOneCallEach(people: number): void {
    for (const system of ['IDAAS', 'WELINK'] as const) {
      const keys = creates(system).map(({ key }) => key);
      expect(new Set(keys).size).toBe(people);
      expect(keys).toHaveLength(people);
    }
    expect(fleet.sandbox.control.counts().accounts).toEqual({ IDAAS: people, WELINK: people, EMAIL: people });
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
      expectOneEnd(events);
      expect(events.at(-1)).toMatchObject({ completedUsers: 30 });
    }
    expectOneCallEach(30);
  });

  test('hold the rate and the concurrency of a system together', async () => {
    const { control } = fleet.sandbox;
    await control.reset();
    await storeSettings(db, { rate_limit_idaas_per_second: RATE_PER_SECOND });
    await control.addFault({ system: 'IDAAS', operation: 'create', fault: 'hang', times: 'forever' });
    const requestId = await here.submit(batchOf(CONCURRENCY + 60, { systemList: ['IDAAS'] }));
    await control.whenCalled({ system: 'IDAAS', operation: 'create', count: CONCURRENCY });
    // Whoever thought that there is room has had the time that these take from one end to the other.
    const other = await there.submit(batchOf(3, { systemList: ['WELINK'] }));
    expect((await there.finished(other)).request.status).toBe('COMPLETED');
    expect(creates('IDAAS')).toHaveLength(CONCURRENCY);
    await expect.poll(() => slotHolders(db)).toEqual({ slots: CONCURRENCY, processes: 3 });
    await control.removeFaults();
    control.release();
    expect((await there.finished(requestId)).completedUsers).toBe(CONCURRENCY + 60);
    expect(mostAtOnce(creates('IDAAS'), RATE_PER_SECOND)).toBeLessThan((1 + LATE_SECONDS) * RATE_PER_SECOND);
    await storeSettings(db, FAST_SETTINGS);
  });

  test('a rolling restart loses no account and no last event', async () => {
    const { control } = fleet.sandbox;
    await control.reset();
    await storeSettings(db, { paused_systems: [{ system: 'EMAIL' }] });
    await control.addFault({ system: 'IDAAS', operation: 'create', fault: 'hang', afterCalls: 10 });
    const ending = await there.submit(batchOf(60, { systemList: ['IDAAS', 'WELINK'] }));
    const lasting = await here.submit(batchOf(10));
    await control.whenCalled({ system: 'IDAAS', operation: 'create', count: 11 });
    const replaced = Promise.withResolvers<Portal>();
    const stays = allOf(there.watch(ending));
    const moves = [ending, lasting].map((id) => watchAcross([Promise.resolve(here), replaced.promise], id));
    await Promise.all(moves.map(({ began }) => began));

    // One request ends while its subscriber has no server, the other after it has found the next.
    for (const member of [servers[0], workers[0]]) member?.process.signal('SIGTERM');
    await Promise.all(moves.map(({ cutOff }) => cutOff));
    control.release();
    expectOneEnd(await stays);
    for (const member of [servers[0], workers[0]]) expect(await member?.process.exitStatus()).toBe(0);
    const [server] = await Promise.all([fleet.add('server', database), fleet.add('worker', database)]);
    replaced.resolve(fleet.portalOf(server.url));
    await storeSettings(db, { paused_systems: [] });
    for (const { events } of moves) expectOneEnd(await events);

    expect(creates('IDAAS').map(({ key }) => key)).toHaveLength(70);
    expect(control.counts().accounts).toEqual({ IDAAS: 70, WELINK: 70, EMAIL: 10 });
  });

  test('a schedule that was due when all of them started fired once', async () => {
    const { rows } = await sql<{ jobs: number; occurrences: number }>`
      select count(*)::int as jobs, count(distinct singleton_on)::int as occurrences
      from pgboss.job where name = '__pgboss__send-it' and data ->> 'name' = ${TICK}`.execute(db);
    expect(rows[0]?.jobs).toBeGreaterThan(0);
    expect(rows[0]?.jobs).toBe(rows[0]?.occurrences);
    const { rows: sent } = await sql<{ count: number }>`
      select count(*)::int as count from pgboss.job where name = ${TICK}`.execute(db);
    expect(sent[0]?.count).toBe(rows[0]?.jobs);
  });
});

/** A schedule of ten minutes, made an hour ago, and a last look at the schedules half an hour ago. */
async function scheduleTick(url: string, db: Sql): Promise<void> {
  const boss = await createTestBoss(url).start();
  await boss.createQueue(TICK);
  await boss.schedule(TICK, 'FREQ=MINUTELY;INTERVAL=10', {}, { key: 'tick', missed: 'once' });
  await boss.stop({ graceful: false });
  await sql`update pgboss.schedule set created_on = now() - interval '1 hour' where name = ${TICK}`.execute(
    db,
  );
  await sql`update pgboss.version set cron_on = now() - interval '30 minutes'`.execute(db);
}

/** How many slots are taken, and over how many connections: each worker has one. */
async function slotHolders(db: Sql): Promise<{ slots: number; processes: number }> {
  const { rows } = await sql<{ slots: number; processes: number }>`
    select count(*)::int as slots, count(distinct pid)::int as processes from pg_locks
    where locktype = 'advisory' and classid = 4105023 and granted
      and database = (select oid from pg_database where datname = current_database())`.execute(db);
  return rows[0] ?? { slots: 0, processes: 0 };
}

/** The most calls that came beyond what the rate allows for the time they took: a bucket of one second's worth. */
function mostAtOnce(calls: readonly LedgerEntry[], ratePerSecond: number): number {
  const times = calls.map(({ at }) => Date.parse(at));
  let most = 0;
  for (const [first, from] of times.entries())
    for (const [last, to] of times.entries())
      if (last >= first) most = Math.max(most, last - first + 1 - (ratePerSecond * (to - from)) / 1_000);
  return most;
}

/** Watches a request as a portal does behind a load balancer: when a server goes away it asks the next. */
function watchAcross(portals: readonly Promise<Portal>[], requestId: string) {
  const began = Promise.withResolvers<void>();
  const cutOff = Promise.withResolvers<void>();
  async function watch(): Promise<ProgressEvent[]> {
    const seen: ProgressEvent[] = [];
    for (const portal of portals) {
      try {
        for await (const event of (await portal).watch(requestId)) {
          seen.push(event);
          began.resolve();
        }
        return seen;
      } catch {
        cutOff.resolve();
      }
    }
    throw new Error(`${requestId}: every server went away`);
  }
  return { began: began.promise, cutOff: cutOff.promise, events: watch() };
}

function expectOneEnd(events: readonly ProgressEvent[]): void {
  expect(events.filter(({ final }) => final)).toHaveLength(1);
  expect(events.at(-1)).toMatchObject({ final: true, percent: 100, request: { status: 'COMPLETED' } });
  const percents = events.map(({ percent }) => percent);
  expect(percents).toEqual(percents.toSorted((a, b) => a - b));
}

describe('an empty database', () => {
  let database: TestDatabase;
  const migrators: ServiceProcess[] = [];
  beforeAll(async () => {
    database = await createEmptyDatabase();
  });
  afterAll(async () => {
    await Promise.all(migrators.map((process) => process.destroy()));
    await database.drop();
  });

  /** Starts what may not migrate, and returns where it answers while it waits. */
  async function startWaiting(role: 'server' | 'worker') {
    const process = fleet.launch(role, database, { MIGRATE_ON_START: 'false' });
    await process.logged('migrations are missing');
    const line = process.log().find(({ msg }) => String(msg).startsWith('migrations are missing'));
    return { process, url: String(line?.['url']) };
  }

  test('makes processes that may not migrate wait, alive and not ready, until another migrates', async () => {
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

    migrators.push(...[1, 2].map(() => new ServiceProcess('migrate', { DATABASE_URL: database.url })));
    for (const migrator of migrators) expect(await migrator.exitStatus()).toBe(0);
    const said = migrators.map(({ stdout }) => stdout.trim().split('\n').at(-1)).toSorted();
    expect(said).toEqual([expect.stringMatching(/^Applied: \d+_core/), 'Nothing to migrate.']);

    for (const { process } of [server, worker])
      expect(await status((await process.ready()).url, '/readyz')).toBe(200);
    await storeSettings(sqlOf(database.orm), FAST_SETTINGS);
    const portal = fleet.portalOf((await server.process.ready()).url);
    await portal.mapDepartments(['D001']);
    const requestId = await portal.submit(batchOf(1));
    expect((await portal.finished(requestId)).request.status).toBe('COMPLETED');
  });
});
