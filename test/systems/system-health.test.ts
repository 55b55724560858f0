import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Liveness } from '../../src/domain/systems/circuit.ts';
import type { Sql } from '../../src/entities/tables.ts';
import { inTransaction } from '../../src/entities/transaction.ts';
import { ensureSystemStates } from '../../src/jobs/systems/system-gate.ts';
import { type HealthSignal, recordHealthSignals } from '../../src/jobs/systems/system-health.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { listenTo, type Notifications } from '../setup/notifications.ts';
import { sqlOf } from '../setup/rows.ts';

const SYSTEM = 'IDAAS';
/** What the triggers tell the relay of events. */
const OPENED = { event: 'system.circuit_opened' };
const CLOSED = { event: 'system.circuit_closed' };

let database: TestDatabase;
let db: Sql;
let notifications: Notifications;
beforeAll(async () => {
  database = await createTestDatabase();
  db = sqlOf(database.orm);
});
afterAll(() => database.drop());
beforeEach(async () => {
  await db.deleteFrom('system_state').execute();
  await ensureSystemStates(db, [SYSTEM]);
  notifications = await listenTo(database.url);
});
afterEach(() => notifications.close());

function signal(liveness: Liveness, code = 'UPSTREAM_TIMEOUT'): HealthSignal {
  const healthy = liveness === 'alive' || liveness === 'neutral';
  return {
    liveness,
    throttled: null,
    unspentTrial: false,
    error: healthy ? null : { code, parameters: { system: SYSTEM } },
  };
}

function throttled(retryAfterMs: number | null): HealthSignal {
  return {
    liveness: 'neutral',
    throttled: { retryAfterMs },
    unspentTrial: false,
    error: { code: 'UPSTREAM_THROTTLED', parameters: {} },
  };
}

function times(count: number, liveness: Liveness): HealthSignal[] {
  return Array.from({ length: count }, () => signal(liveness));
}

function record(...signals: readonly HealthSignal[]) {
  return inTransaction(database.orm.em, (tx) => recordHealthSignals(tx, SYSTEM, signals));
}

interface State {
  readonly circuit: string;
  readonly circuit_reason: string | null;
  readonly circuit_parameters: unknown;
  readonly failure_streak: number;
  readonly trial_number: number;
  readonly throttle_streak: number;
  /** Seconds from the latest recording, rounded; null when there is none. */
  readonly opened: number | null;
  readonly next_trial: number | null;
  readonly pause: number | null;
}

async function stateNow(): Promise<State | undefined> {
  const { rows } = await sql<State>`
    select circuit, circuit_reason, circuit_parameters, failure_streak, trial_number, throttle_streak,
      round(extract(epoch from opened_at - updated_at))::int as opened,
      round(extract(epoch from next_trial_at - updated_at))::int as next_trial,
      round(extract(epoch from throttled_until - updated_at))::int as pause
    from system_state where system = ${SYSTEM}`.execute(db);
  return rows[0];
}

/** Lets time pass for the system. */
async function age(seconds: number): Promise<void> {
  await sql`update system_state set last_success_at = last_success_at - ${seconds}::float8 * interval '1 second',
    throttled_until = throttled_until - ${seconds}::float8 * interval '1 second'`.execute(db);
}

describe('the circuit', () => {
  test('opens at the fifth failure, says why and when it tries, and is announced once', async () => {
    expect(await record(...times(4, 'failing'))).toEqual({ circuitOpen: false, event: null });
    expect(await record(signal('failing', 'UPSTREAM_RESET'))).toEqual({ circuitOpen: true, event: 'opened' });
    expect(await stateNow()).toMatchObject({
      circuit: 'OPEN',
      circuit_reason: 'UPSTREAM_RESET',
      circuit_parameters: { system: SYSTEM },
      failure_streak: 5,
      trial_number: 0,
      opened: 0,
      next_trial: 5,
    });
    expect(await record(...times(3, 'failing'))).toEqual({ circuitOpen: true, event: null });
    await notifications.caughtUp();
    expect(notifications.heard).toEqual([OPENED, { system: SYSTEM }]);
  });

  test('keeps the time of its next trial through failures that come in late', async () => {
    const late = '2126-11-22 00:00:00+00';
    await record(...times(5, 'failing'));
    await sql`update system_state set next_trial_at = ${late}::timestamptz, trial_number = 3`.execute(db);
    await record(...times(5, 'failing'), signal('credentials'));
    const row = await db
      .selectFrom('system_state')
      .select(['next_trial_at', 'trial_number'])
      .executeTakeFirst();
    expect(row).toEqual({ next_trial_at: late, trial_number: 3 });
  });

  test('stays closed for 30 s after a success, then opens', async () => {
    await record(signal('alive'));
    expect(await record(...times(6, 'failing'))).toMatchObject({ circuitOpen: false });
    await age(30);
    expect(await record(signal('failing'))).toEqual({ circuitOpen: true, event: 'opened' });
  });

  test('opens at twenty failures in a row also right after a success', async () => {
    await record(signal('alive'));
    expect(await record(...times(19, 'failing'))).toMatchObject({ circuitOpen: false });
    expect(await record(signal('failing'))).toMatchObject({ circuitOpen: true });
  });

  test('opens at once on refused credentials, with that reason', async () => {
    await record(signal('alive'));
    expect(await record(signal('credentials', 'CREDENTIALS_REFUSED'))).toEqual({
      circuitOpen: true,
      event: 'opened',
    });
    expect(await stateNow()).toMatchObject({ circuit_reason: 'CREDENTIALS_REFUSED', failure_streak: 0 });
  });

  test('closes with one proof of life, forgets why, and is announced once', async () => {
    await record(...times(5, 'failing'));
    expect(await record(signal('alive'))).toEqual({ circuitOpen: false, event: 'closed' });
    expect(await stateNow()).toMatchObject({
      circuit: 'CLOSED',
      circuit_reason: null,
      circuit_parameters: null,
      failure_streak: 0,
      trial_number: 0,
      opened: null,
      next_trial: null,
    });
    expect(await record(signal('alive'))).toEqual({ circuitOpen: false, event: null });
    await notifications.caughtUp();
    expect(notifications.heard).toEqual([OPENED, { system: SYSTEM }, CLOSED, { system: SYSTEM }]);
  });

  test('counts failures that several processes record at once', async () => {
    await record(signal('alive'));
    await Promise.all(Array.from({ length: 10 }, () => record(...times(2, 'failing'))));
    expect(await stateNow()).toMatchObject({ circuit: 'OPEN', failure_streak: 20 });
    await notifications.caughtUp();
    expect(notifications.heard).toEqual([OPENED, { system: SYSTEM }]);
  });

  test('hears nothing in neutral outcomes', async () => {
    await record(...times(50, 'neutral'));
    expect(await stateNow()).toMatchObject({ circuit: 'CLOSED', failure_streak: 0 });
  });

  test('of a transaction that is rolled back has not moved', async () => {
    const rolledBack = inTransaction(database.orm.em, async (tx) => {
      await recordHealthSignals(tx, SYSTEM, times(5, 'failing'));
      throw new Error('planted');
    });
    await expect(rolledBack).rejects.toThrow('planted');
    expect(await stateNow()).toMatchObject({ circuit: 'CLOSED', failure_streak: 0 });
  });

  test('of a system without a row is an error that names it', async () => {
    const recording = inTransaction(database.orm.em, (tx) =>
      recordHealthSignals(tx, 'LDAP', [signal('alive')]),
    );
    await expect(recording).rejects.toThrow('LDAP');
  });
});

describe('throttling', () => {
  test('pauses the system for as long as it asked, the longest of a batch', async () => {
    await record(throttled(3_000), throttled(20_000), throttled(null));
    expect(await stateNow()).toMatchObject({ pause: 20, throttle_streak: 0, circuit: 'CLOSED' });
  });

  test('is never shortened by an answer that asks for less', async () => {
    await record(throttled(900_000));
    await record(throttled(2_000));
    expect((await stateNow())?.pause).toBeGreaterThan(800);
  });

  test('without a time pauses 1, 2, 4 … 60 seconds, one step for each burst', async () => {
    const pauses: (number | null | undefined)[] = [];
    for (let burst = 0; burst < 8; burst += 1) {
      await record(throttled(null), throttled(null), throttled(null));
      pauses.push((await stateNow())?.pause);
      await age(61);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  test('takes answers that arrive while it pauses for the same burst', async () => {
    await record(throttled(900_000));
    await record(throttled(null));
    await record(throttled(null));
    expect(await stateNow()).toMatchObject({ throttle_streak: 0 });
  });

  test('begins anew after the system answered', async () => {
    await record(throttled(null));
    await age(61);
    await record(throttled(null));
    expect(await stateNow()).toMatchObject({ throttle_streak: 2 });
    await record(signal('alive'));
    expect(await stateNow()).toMatchObject({ throttle_streak: 0 });
  });
});
