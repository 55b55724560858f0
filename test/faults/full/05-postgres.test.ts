import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Application } from '../../../src/application/application.ts';
import { startEmbeddedPostgres } from '../../../src/database/embedded-postgres.ts';
import { poolState } from '../../../src/database/orm.ts';
import { outsideTransaction } from '../../../src/entities/transaction.ts';
import { API_KEY, ApiBench } from '../../setup/api.ts';
import { batchOf } from '../../setup/batch.ts';
import { openTransactionOn } from '../../setup/facts.ts';
import { Portal } from '../../setup/portal.ts';
import { findViolations } from '../setup/invariants.ts';
import { findProgressViolations, followProgress } from '../setup/progress.ts';
import { makeServerDir, SLOW_SETTINGS, startOnDatabase, type Undo } from '../setup/start-on-database.ts';
import { overPort, startTcpProxy, type TcpProxy } from '../setup/tcp-proxy.ts';

const PEOPLE = 60;

const undo: Undo = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

describe('Postgres restarted in the middle of a batch', () => {
  /** The whole service on a Postgres of its own, behind a link that survives it. */
  async function start() {
    const dataDir = makeServerDir(undo);
    const settings = { max_connections: '100' };
    const first = await startEmbeddedPostgres({ dataDir, settings });
    const proxy = await startTcpProxy(Number(new URL(first.url).port));
    let running = first;
    undo.push(
      () => proxy.close(),
      () => running.stop(),
    );
    const application = await startOnDatabase(undo, {
      url: overPort(first.url, proxy.port),
      dataDir,
      variables: { UPSTREAM_TIMEOUT_SECONDS: '2' },
    });
    const restart = async (signal: 'SIGINT' | 'SIGQUIT') => {
      const pid = Number(readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, signal);
      await vi.waitUntil(() => !isAlive(pid), { timeout: 60_000, interval: 20 });
      running = await startEmbeddedPostgres({ dataDir, settings });
      proxy.leadTo(Number(new URL(running.url).port));
    };
    return { application, restart };
  }

  test.each([
    ['fast', 'SIGINT'],
    ['immediate', 'SIGQUIT'],
  ] as const)('%s: the batch ends, nothing is lost or done twice', async (_, signal) => {
    const { application, restart } = await start();
    const portal = new Portal(application.url, API_KEY);
    await portal.mapDepartments(['D001']);
    const input = batchOf(PEOPLE);
    const requestId = await portal.submit(input);
    const following = followProgress(requestId, () => portal);
    await application.sandbox?.control.whenCalled({ system: 'IDAAS', operation: 'create', count: 10 });
    await restart(signal);
    // Whoever asks again meanwhile has the same request.
    const again = await vi.waitFor(() => portal.createAccounts(input), { timeout: 60_000, interval: 200 });
    expect(again).toMatchObject({ replayed: true, request: { requestId } });
    const events = await following;
    expect(events.at(-1)).toMatchObject({ completedUsers: PEOPLE });
    const answers = [{ key: input.businessKey, requestId }];
    expect([...findProgressViolations(events), ...(await violationsOf(application, answers))]).toEqual([]);
  });
});

describe('the link to Postgres', () => {
  let bench: ApiBench;
  let proxy: TcpProxy;
  async function start(variables: Readonly<Record<string, string>> = {}) {
    bench = await ApiBench.start({
      settings: SLOW_SETTINGS,
      variables,
      through: async (databaseUrl) => {
        proxy = await startTcpProxy(Number(new URL(databaseUrl).port));
        return { DATABASE_URL: overPort(databaseUrl, proxy.port) };
      },
    });
    undo.push(
      () => proxy.close(),
      () => bench.stop(),
    );
    await bench.portal.mapDepartments(['D001']);
  }

  test('stalled for longer than a lease: callers get an error in time, then everything goes on', async () => {
    await start();
    const input = batchOf(PEOPLE);
    const requestId = await bench.portal.submit(input);
    const following = followProgress(requestId, () => bench.portal);
    await bench.sandbox.control.whenCalled({ system: 'IDAAS', operation: 'create', count: 10 });
    proxy.stall();
    const late = batchOf(2);
    const startedAt = performance.now();
    const answer = await bench.portal.createAccounts(late).catch((error: unknown) => String(error));
    // An operation has ten seconds (server/limits.ts).
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    expect(answer).toMatch(/UNAVAILABLE|TIMEOUT|INTERNAL|503/);
    await delay(Math.max(0, 22_000 - (performance.now() - startedAt)));
    proxy.resume();
    const events = await following;
    expect(events.at(-1)).toMatchObject({ completedUsers: PEOPLE });
    const lateId = await bench.portal.submit(late);
    const lateEvents = await followProgress(lateId, () => bench.portal);
    const answers = [
      { key: input.businessKey, requestId },
      { key: late.businessKey, requestId: lateId },
    ];
    const found = [
      ...findProgressViolations(events),
      ...findProgressViolations(lateEvents),
      ...(await violationsOf(bench.application, answers)),
    ];
    expect(found).toEqual([]);
  });

  test('with every connection of a pool of two taken: callers wait, and each is answered once', async () => {
    await start({ DATABASE_POOL_SIZE: '2' });
    const blocked = await openTransactionOn(bench.application.core.directUrl);
    await blocked.client.query('lock table account_request in access exclusive mode');
    const inputs = Array.from({ length: 30 }, () => batchOf(1));
    const answered = Promise.all(inputs.map((input) => bench.portal.submit(input)));
    await bench.portal.read('{ __typename }');
    // Less than a statement of a caller may take.
    const pool = () => poolState(bench.application.core.apiOrm);
    await vi.waitUntil(() => pool().total === 2 && pool().waiting > 0, { timeout: 8_000, interval: 10 });
    await blocked.end();
    const ids = await answered;
    for (const id of ids) expect((await bench.portal.finished(id)).completedUsers).toBe(1);
    const answers = inputs.map(({ businessKey }, index) => ({
      key: businessKey,
      requestId: ids[index] ?? '',
    }));
    expect(await violationsOf(bench.application, answers)).toEqual([]);
  });

  test('with its LISTEN ended just before the end: it listens again, reads again, and every subscriber gets the end', async () => {
    await start();
    const { control } = bench.sandbox;
    await control.addFault({ system: 'EMAIL', operation: 'create', fault: 'hang', apply: true });
    const requestId = await bench.portal.submit(batchOf(1));
    const subscribers = ['websocket', 'sse'].map(() => followProgress(requestId, () => bench.portal));
    await control.whenCalled({ system: 'EMAIL', operation: 'create', count: 1 });
    // No new connection comes through until the end is committed, so nobody can hear it.
    const { rows } = await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query ilike 'listen %'`.execute(bench.db);
    expect(rows.length).toBeGreaterThan(0);
    control.release();
    for (const events of await Promise.all(subscribers)) {
      expect(events.at(-1)).toMatchObject({ final: true, completedUsers: 1 });
      expect(findProgressViolations(events)).toEqual([]);
    }
    expect(await violationsOf(bench.application, null)).toEqual([]);
  });
});

async function violationsOf(
  application: Application,
  answers: readonly { readonly key: string; readonly requestId: string }[] | null,
): Promise<string[]> {
  const { core, sandbox } = application;
  if (sandbox === null) throw new Error('Nothing is played here.');
  const checked = { sql: outsideTransaction(core.orm.em.fork()), sandbox };
  // What has ended is settled in the same moment; its job is completed with it.
  return findViolations(checked, { processes: 1, ...(answers !== null && { answers }), secrets: [API_KEY] });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('Z') !== true;
  } catch {
    return false;
  }
}
