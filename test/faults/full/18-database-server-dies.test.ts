import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createOrm, type Orm } from '../../../src/database/orm.ts';
import { outsideTransaction } from '../../../src/entities/transaction.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { batchOf } from '../../setup/batch.ts';
import { Portal, type ProgressEvent } from '../../setup/portal.ts';
import { FAST_SETTINGS } from '../../setup/provisioning.ts';
import {
  type PostgresServer,
  ReplicatedPostgres,
  replicationMissing,
} from '../../setup/replicated-postgres.ts';
import { storeSettings } from '../../setup/settings.ts';
import { findViolations } from '../setup/invariants.ts';
import { findProgressViolations, followProgress } from '../setup/progress.ts';
import { CHILD_KEY, ServiceChild } from '../setup/service-child.ts';

const PEOPLE = 300;
const FEWER_PEOPLE = 120;
const SERVERS = 2;
const WORKERS = 3;
/** Slow enough that most is still to do when the server dies. */
// What the former primary took along is found by the sweep, at every full minute instead of every fifth.
const SETTINGS = { ...FAST_SETTINGS, rate_limit_idaas_per_second: 25, task_processing_interval_minutes: 1 };
/** Of IDaaS, when the server dies. */
const CREATED_BEFORE = 40;
/** A third of it on a quiet machine. What has not ended then is told, and the test does not wait for its own limit. */
const ENDS_WITHIN_MS = 150_000;
const LIMIT = { timeout: 300_000 };
const LOG_SHOWN = 1_500;

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

interface Running {
  readonly postgres: ReplicatedPostgres;
  readonly sandbox: Sandbox;
  readonly orm: Orm;
  readonly servers: readonly string[];
  readonly workers: readonly ServiceChild[];
  /** Servers and workers. */
  readonly children: readonly ServiceChild[];
}

/** Two servers and three workers, all told of both databases. */
async function start(options: { readonly synchronous: boolean }): Promise<Running> {
  const postgres = await ReplicatedPostgres.start(options);
  undo.push(() => postgres.stop());
  const sandbox = await startSandbox({ latencyMs: { min: 20, max: 60 } });
  undo.push(() => sandbox.close());
  const children: ServiceChild[] = [];
  const common = { DATABASE_URL: postgres.url, DATABASE_POOL_SIZE: '5', UPSTREAM_TIMEOUT_SECONDS: '10' };
  const launch = (variables: Readonly<Record<string, string>>) => {
    const child = new ServiceChild({ ...common, ...variables });
    children.push(child);
    undo.push(() => child.kill());
    return child;
  };
  const server = {
    ROLE: 'server',
    ADMIN_API_KEY: CHILD_KEY,
    EMAIL_DOMAIN: sandbox.environment['EMAIL_DOMAIN'] ?? '',
  };
  const first = launch(server);
  const servers = [await first.ready()];
  const orm = await createOrm({ url: postgres.url, poolSize: 2 });
  undo.push(() => orm.close(true));
  await storeSettings(outsideTransaction(orm.em.fork()), SETTINGS);
  const others = Array.from({ length: SERVERS - 1 }, () => launch(server));
  const workers = Array.from({ length: WORKERS }, () => launch({ ROLE: 'worker', ...sandbox.environment }));
  for (const other of others) servers.push(await other.ready());
  await Promise.all(workers.map((worker) => worker.ready()));
  return { postgres, sandbox, orm, servers, workers, children };
}

/** A batch under way, and a subscriber at each server. */
async function submit({ servers, sandbox }: Running, people: number) {
  const portals = servers.map((url) => new Portal(url, CHILD_KEY));
  const portal = portals[0] ?? new Portal('', CHILD_KEY);
  await portal.mapDepartments(['D001']);
  const input = batchOf(people);
  const requestId = await portal.submit(input);
  const following = portals.map((each) => followProgress(requestId, () => each));
  await sandbox.control.whenCalled({ system: 'IDAAS', operation: 'create', count: CREATED_BEFORE });
  return { answers: [{ key: input.businessKey, requestId }], following };
}

/** Milliseconds from the promotion until something is sent again. */
async function promoteAndGoOn({ postgres, sandbox }: Running): Promise<number> {
  await postgres.standby.promote();
  const promotedAt = performance.now();
  const before = sandbox.control.ledger().length;
  await vi.waitUntil(() => sandbox.control.ledger().length > before + 10, { timeout: 120_000, interval: 20 });
  return performance.now() - promotedAt;
}

/** What the subscribers saw when all have heard the end; fails with what is known when one has not. */
async function ends(running: Running, following: readonly Promise<ProgressEvent[]>[]) {
  const waiting = new AbortController();
  const late = delay(ENDS_WITHIN_MS, undefined, { signal: waiting.signal }).then(async () => {
    throw new Error(`Somebody has not heard the end.\n${await describeRun(running)}`);
  });
  try {
    return await Promise.race([Promise.all(following), late]);
  } finally {
    waiting.abort();
    await late.catch(() => {});
  }
}

/** What the new primary knows, who is at the former one, and what the processes have said last. */
async function describeRun({ postgres: { primary, standby }, children }: Running): Promise<string> {
  const ask = async (server: PostgresServer, text: string) =>
    JSON.stringify(await server.query(text).catch((error: unknown) => String(error)));
  const now = [
    await ask(standby, 'select status, count(*) from account_task group by 1'),
    await ask(standby, 'select status, round from account_request'),
  ].join(', ');
  return [
    `new primary: ${now}`,
    `at the former primary: ${await ask(primary, VISITORS)}`,
    ...children.map(
      (child) =>
        `process ${child.pid}, ${child.alive ? 'alive' : 'ended'}: ${child.stderr.slice(-LOG_SHOWN)}`,
    ),
  ].join('\n');
}

/** Who is connected and neither this test nor a look for the primary. */
const VISITORS = `select distinct application_name as name from pg_stat_activity
  where backend_type = 'client backend' and application_name not in ('test', 'accountsync-look')`;

describe.skipIf(replicationMissing !== null)('the database server dies', () => {
  test(
    'with a synchronous standby: nothing is lost, everybody hears the end, and the former primary is left alone',
    LIMIT,
    async () => {
      const running = await start({ synchronous: true });
      const { postgres, orm, sandbox, workers } = running;
      const { answers, following } = await submit(running, PEOPLE);
      await postgres.primary.kill();
      const recoveryMs = await promoteAndGoOn(running);
      // It comes back as if nothing had happened: not in recovery, and ready to be written to.
      await postgres.primary.query('select 1').then(
        () => expect.unreachable('it was killed'),
        () => {},
      );
      await postgres.primary.start();
      // Otherwise a commit there would wait for its standby for ever, and nobody could do what this test looks for.
      await postgres.primary.query(`alter system set synchronous_standby_names = ''`);
      await postgres.primary.query('select pg_reload_conf()');
      const [former] = await postgres.primary.query(
        `select pg_current_wal_lsn()::text as lsn, txid_current() as txid`,
      );
      for (const events of await ends(running, following)) {
        expect(events.at(-1)).toMatchObject({ final: true, completedUsers: PEOPLE });
        expect(findProgressViolations(events)).toEqual([]);
      }
      const checked = { sql: outsideTransaction(orm.em.fork()), sandbox };
      const logs = workers.map(({ stderr }) => stderr);
      expect(
        await findViolations(checked, { processes: WORKERS, answers, logs, secrets: [CHILD_KEY] }),
      ).toEqual([]);
      expect(await postgres.primary.query(VISITORS)).toEqual([]);
      const [later] = await postgres.primary.query('select txid_current() as txid');
      // Only the two questions of the test have a transaction of their own.
      expect(Number(later?.['txid']) - Number(former?.['txid'])).toBe(1);
      process.stderr.write(`recovered ${Math.round(recoveryMs)} ms after the promotion (synchronous)\n`);
    },
  );

  test(
    'with an asynchronous standby that lags: what was made and forgotten is found, not made twice',
    LIMIT,
    async () => {
      const running = await start({ synchronous: false });
      const { postgres, orm, sandbox } = running;
      const { answers, following } = await submit(running, FEWER_PEOPLE);
      // From here on nothing reaches the standby.
      const [sender] = await postgres.primary.query('select pid from pg_stat_replication');
      process.kill(Number(sender?.['pid']), 'SIGSTOP');
      const settled = async () =>
        Number(
          (
            await postgres.primary.query(`select count(*) as n from account_task where status = 'COMPLETED'`)
          )[0]?.['n'],
        );
      const seen = await settled();
      await vi.waitUntil(async () => (await settled()) >= seen + 40, { timeout: 60_000, interval: 50 });
      const known = await settled();
      await postgres.primary.kill();
      await postgres.standby.promote();
      const [left] = await postgres.standby.query(
        `select count(*) as n from account_task where status = 'COMPLETED'`,
      );
      expect(Number(left?.['n'])).toBeLessThanOrEqual(known - 30);
      // A subscriber may have seen what is lost now, so only the end is compared.
      for (const events of await ends(running, following))
        expect(events.at(-1)).toMatchObject({ final: true, completedUsers: FEWER_PEOPLE });
      await delay(500);
      const checked = { sql: outsideTransaction(orm.em.fork()), sandbox };
      const found = await findViolations(checked, { processes: WORKERS, answers });
      // Calls whose record was lost are made once more.
      expect(found.filter((violation) => !violation.startsWith('I10'))).toEqual([]);
      const adopted = await postgres.standby.query(
        `select count(*) as n from task_attempt where outcome = 'ADOPTED'`,
      );
      expect(Number(adopted[0]?.['n'])).toBeGreaterThanOrEqual(30);
    },
  );
});

test.runIf(replicationMissing !== null)(`the database server dies: skipped, ${replicationMissing}`, () => {});
