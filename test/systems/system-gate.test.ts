import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createOrm, type Orm } from '../../src/database/orm.ts';
import type { Sql } from '../../src/entities/tables.ts';
import { ensureSystemStates, type Grant, takePermits } from '../../src/jobs/systems/system-gate.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { sqlOf } from '../setup/rows.ts';

const SYSTEM = 'IDAAS';

let database: TestDatabase;
let db: Sql;
let otherProcess: Orm;
beforeAll(async () => {
  database = await createTestDatabase();
  otherProcess = await createOrm({ url: database.url, poolSize: 10 });
  db = sqlOf(database.orm);
});
afterAll(async () => {
  await otherProcess.close(true);
  await database.drop();
});
beforeEach(async () => {
  await db.deleteFrom('system_state').execute();
  await ensureSystemStates(db, [SYSTEM, 'EMAIL']);
});

interface TakeOptions {
  readonly wanted?: number;
  readonly ratePerSecond?: number;
  readonly withinAttempt?: boolean;
  readonly turn?: number;
  readonly from?: Sql;
}

function take(options: TakeOptions = {}): Promise<Grant> {
  const { from = db, ...rest } = options;
  return takePermits(from, {
    system: SYSTEM,
    wanted: 1,
    ratePerSecond: 10,
    withinAttempt: false,
    turn: 0,
    ...rest,
  });
}

/** Takers of two processes, each on connections of its own. */
function takeAtOnce(count: number, options: TakeOptions): Promise<Grant[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      take({ ...options, from: sqlOf(index % 2 === 0 ? database.orm : otherProcess) }),
    ),
  );
}

function sumOf(grants: readonly Grant[]): number {
  return grants.reduce((sum, grant) => sum + grant.granted, 0);
}

/** The database's clock: what the bucket is filled by. */
async function databaseMs(): Promise<number> {
  const { rows } = await sql<{ ms: number }>`
    select extract(epoch from clock_timestamp())::float8 * 1000 as ms`.execute(db);
  return rows[0]?.ms ?? 0;
}

/** Lets time pass for the system: everything in its row happened earlier. */
async function age(seconds: number): Promise<void> {
  await sql`update system_state set refilled_at = refilled_at - ${seconds}::float8 * interval '1 second',
    throttled_until = throttled_until - ${seconds}::float8 * interval '1 second',
    next_trial_at = next_trial_at - ${seconds}::float8 * interval '1 second'`.execute(db);
}

interface State {
  readonly current_turn: string;
  readonly trial_number: number;
  /** Seconds from the latest taking to the next trial. */
  readonly pause: number;
}

async function stateNow(): Promise<State> {
  const { rows } = await sql<State>`
    select current_turn, trial_number, extract(epoch from next_trial_at - refilled_at)::float8 as pause
    from system_state where system = ${SYSTEM}`.execute(db);
  const [state] = rows;
  if (state === undefined) throw new Error('The system has no row.');
  return state;
}

async function openCircuit(nextTrialInSeconds: number): Promise<void> {
  await sql`update system_state set circuit = 'OPEN', trial_number = 0, opened_at = now(),
    next_trial_at = clock_timestamp() + ${nextTrialInSeconds}::float8 * interval '1 second'
    where system = ${SYSTEM}`.execute(db);
}

describe('the bucket', () => {
  test('begins with one second’s worth and no more', async () => {
    expect(await take({ wanted: 100 })).toMatchObject({ granted: 10, trial: false });
  });

  test('grants what was asked for and keeps the rest', async () => {
    expect(await take({ wanted: 4 })).toMatchObject({ granted: 4 });
    expect((await take({ wanted: 100 })).granted).toBeGreaterThanOrEqual(6);
  });

  test('says when the next permit comes', async () => {
    await take({ ratePerSecond: 0.01 });
    const empty = await take({ ratePerSecond: 0.01 });
    expect(empty).toMatchObject({ granted: 0 });
    expect(empty.retryInMs).toBeGreaterThan(50_000);
    expect(empty.retryInMs).toBeLessThanOrEqual(100_000);
  });

  test('fills with time up to one second’s worth, and not beyond', async () => {
    const startMs = await databaseMs();
    await take({ wanted: 10 });
    await age(0.5);
    const { granted } = await take({ wanted: 100 });
    const seconds = ((await databaseMs()) - startMs) / 1_000;
    expect(granted).toBeGreaterThanOrEqual(5);
    expect(granted).toBeLessThanOrEqual(5 + 10 * seconds);
    await age(86_400);
    expect((await take({ wanted: 100 })).granted).toBe(10);
  });

  test('loses nothing to rounding: parts of a permit are kept', async () => {
    await take({ wanted: 10, ratePerSecond: 10 });
    let granted = 0;
    for (let step = 0; step < 10; step += 1) {
      await age(0.05);
      granted += (await take({ wanted: 100, ratePerSecond: 10 })).granted;
    }
    expect(granted).toBeGreaterThanOrEqual(5);
  });

  test('of a system slower than one a second holds one permit', async () => {
    expect((await take({ wanted: 5, ratePerSecond: 0.01 })).granted).toBe(1);
    expect((await take({ wanted: 5, ratePerSecond: 0.01 })).granted).toBe(0);
    await age(100);
    expect((await take({ wanted: 5, ratePerSecond: 0.01 })).granted).toBe(1);
  });

  test('shrinks at once when the rate is lowered', async () => {
    expect((await take({ wanted: 0, ratePerSecond: 100 })).granted).toBe(0);
    expect((await take({ wanted: 100, ratePerSecond: 3 })).granted).toBe(3);
  });

  test('is each system’s own', async () => {
    await take({ wanted: 10 });
    const other = await takePermits(db, {
      system: 'EMAIL',
      wanted: 10,
      ratePerSecond: 10,
      withinAttempt: false,
      turn: 0,
    });
    expect(other.granted).toBe(10);
  });

  test('a system without a row is an error that names it', async () => {
    const asking = takePermits(db, {
      system: 'LDAP',
      wanted: 1,
      ratePerSecond: 1,
      withinAttempt: false,
      turn: 0,
    });
    await expect(asking).rejects.toThrow('LDAP');
  });
});

describe('takers of several processes at once', () => {
  test('never overdraw: the rate and one burst is all they get', async () => {
    const ratePerSecond = 40;
    const startMs = await databaseMs();
    let granted = 0;
    for (let round = 0; round < 10; round += 1)
      granted += sumOf(await takeAtOnce(16, { wanted: 3, ratePerSecond }));
    const seconds = ((await databaseMs()) - startMs) / 1_000;
    expect(granted).toBeGreaterThanOrEqual(ratePerSecond);
    expect(granted).toBeLessThanOrEqual(ratePerSecond * (1 + seconds));
  });

  test('share the last permit without making a second of it', async () => {
    const grants = await takeAtOnce(30, { wanted: 1, ratePerSecond: 0.001 });
    expect(sumOf(grants)).toBe(1);
  });

  test('set the turn to the latest any of them took, never back', async () => {
    await Promise.all([7, 3, 9, 1].map((turn) => take({ turn })));
    await take({ turn: 2 });
    expect(await stateNow()).toMatchObject({ current_turn: '9' });
  });
});

describe('a throttled system', () => {
  test('grants nothing until its time, and says until when', async () => {
    await sql`update system_state set throttled_until = clock_timestamp() + interval '100 seconds'`.execute(
      db,
    );
    for (const withinAttempt of [false, true]) {
      const grant = await take({ withinAttempt });
      expect(grant).toMatchObject({ granted: 0, trial: false });
      expect(grant.retryInMs).toBeGreaterThan(50_000);
      expect(grant.retryInMs).toBeLessThanOrEqual(100_000);
    }
    await age(100);
    expect((await take()).granted).toBe(1);
  });

  test('with an open circuit makes no trial either', async () => {
    await openCircuit(-1);
    await sql`update system_state set throttled_until = clock_timestamp() + interval '100 seconds'`.execute(
      db,
    );
    const grant = await take();
    expect(grant).toMatchObject({ granted: 0, trial: false });
    expect(grant.retryInMs).toBeGreaterThan(50_000);
  });
});

describe('an open circuit', () => {
  test('grants nothing before the next trial, and says when that is', async () => {
    await openCircuit(50);
    const grant = await take({ wanted: 10 });
    expect(grant).toMatchObject({ granted: 0, trial: false });
    expect(grant.retryInMs).toBeGreaterThan(20_000);
    expect(grant.retryInMs).toBeLessThanOrEqual(50_000);
  });

  test('grants one permit as a trial, for any number wanted', async () => {
    await openCircuit(-1);
    expect(await take({ wanted: 10 })).toMatchObject({ granted: 1, trial: true });
  });

  test('gives exactly one trial to all that ask at once', async () => {
    await openCircuit(-1);
    const grants = await takeAtOnce(30, { wanted: 5, ratePerSecond: 1_000 });
    expect(grants.filter((grant) => grant.trial)).toHaveLength(1);
    expect(sumOf(grants)).toBe(1);
  });

  test('tries again after 10, 20, 40, then every 60 seconds', async () => {
    await openCircuit(-1);
    const pauses: number[] = [];
    for (let trial = 0; trial < 6; trial += 1) {
      expect(await take()).toMatchObject({ granted: 1, trial: true });
      const { pause } = await stateNow();
      pauses.push(pause);
      expect(await take()).toMatchObject({ granted: 0, trial: false });
      await age(pause);
    }
    expect(pauses).toEqual([10, 20, 40, 60, 60, 60]);
  });

  test('lets attempts that are under way finish their calls', async () => {
    await openCircuit(60);
    expect(await take({ wanted: 3, withinAttempt: true })).toMatchObject({ granted: 3, trial: false });
  });

  test('uses up no trial while the bucket is empty', async () => {
    await take({ wanted: 1, ratePerSecond: 0.001 });
    await openCircuit(-1);
    expect(await take({ ratePerSecond: 0.001 })).toMatchObject({ granted: 0, trial: false });
    expect(await stateNow()).toMatchObject({ trial_number: 0 });
  });
});

test('making sure of the rows of systems changes none that is there', async () => {
  await take({ ratePerSecond: 0.001 });
  await ensureSystemStates(db, [SYSTEM, 'EMAIL', 'WELINK']);
  expect((await take({ ratePerSecond: 0.001 })).granted).toBe(0);
  expect(await db.selectFrom('system_state').select('system').execute()).toHaveLength(3);
});
