import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiBench } from '../setup/api.ts';
import { batchOf } from '../setup/batch.ts';
import { type PgBouncer, pgbouncerMissing, startPgBouncer } from '../setup/pgbouncer.ts';
import { allOf } from '../setup/portal.ts';

const missing = pgbouncerMissing();
if (missing !== null) console.log(`PgBouncer is not tested: ${missing}`);
/** Fewer than the pools hold, so that connections change hands between transactions. */
const CONNECTIONS = 3;

describe.skipIf(missing !== null)('behind PgBouncer in transaction mode', () => {
  let pooler: PgBouncer;
  let bench: ApiBench;
  beforeAll(async () => {
    bench = await ApiBench.start({
      through: async (databaseUrl) => {
        pooler = await startPgBouncer(databaseUrl, CONNECTIONS);
        return { DATABASE_URL: pooler.url, DATABASE_DIRECT_URL: databaseUrl };
      },
    });
  });
  afterAll(async () => {
    await bench.stop();
    await pooler.stop();
  });

  test('requests are planned, carried out and watched to their end', async () => {
    await bench.portal.mapDepartments(['D001']);
    const ids = await Promise.all([40, 5, 1].map((people) => bench.portal.submit(batchOf(people))));
    const streams = await Promise.all(ids.map((id) => allOf(bench.portal.watch(id))));
    expect(streams.map((events) => events.at(-1)?.request.status)).toEqual(ids.map(() => 'COMPLETED'));
    expect(bench.sandbox.control.counts()).toMatchObject({
      accounts: { IDAAS: 46, WELINK: 46, EMAIL: 46 },
      calls: { 'IDAAS create': 46, 'WELINK create': 46, 'EMAIL create': 46 },
    });
  });

  test('the pool shares its few connections, and what belongs to a session has its own', async () => {
    const { control } = bench.sandbox;
    await control.addFault({ system: 'EMAIL', operation: 'create', fault: 'hang' });
    const called = control.whenCalled({ system: 'EMAIL', operation: 'create', count: 47 });
    const id = await bench.portal.submit(batchOf(1));
    await called;
    const pooled = (await pooler.show('servers')).map((server) => Number(server['local_port']));
    expect(pooled.length).toBeGreaterThan(0);
    expect(pooled.length).toBeLessThanOrEqual(CONNECTIONS);
    const { rows } = await sql<{ port: number; locks: boolean; queues: boolean }>`
      select client_port as port, application_name = 'accountsync-jobs' as queues,
        exists (select 1 from pg_locks l where l.pid = a.pid and l.locktype = 'advisory') as locks
      from pg_stat_activity a where datname = current_database() and pid <> pg_backend_pid()`.execute(
      bench.db,
    );
    for (const what of ['locks', 'queues'] as const) {
      const own = rows.filter((row) => row[what]).map(({ port }) => port);
      expect(own.length, what).toBeGreaterThan(0);
      expect(
        pooled.filter((port) => own.includes(port)),
        what,
      ).toEqual([]);
    }
    control.release();
    expect((await bench.portal.finished(id)).request.status).toBe('COMPLETED');
  });
});
