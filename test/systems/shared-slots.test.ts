import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Sql } from '../../src/entities/tables.ts';
import { SharedSlots } from '../../src/jobs/systems/shared-slots.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { sqlOf } from '../setup/rows.ts';

const SYSTEM = 'IDAAS';
const OTHER = 'EMAIL';
const DEADLINE = { timeout: 60_000, interval: 5 };

let database: TestDatabase;
let db: Sql;
const processes: SharedSlots[] = [];
beforeEach(async () => {
  database = await createTestDatabase();
  db = sqlOf(database.orm);
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map((slots) => slots.close()));
  await database.drop();
});

/** The slots of one process. */
function startProcess(options: { readonly silentAfterMs?: number } = {}): SharedSlots {
  const slots = new SharedSlots({
    ...options,
    connection: { connectionString: database.url },
    systems: [SYSTEM, OTHER],
    logger: pino({ level: 'silent' }),
  });
  processes.push(slots);
  return slots;
}

/** What Postgres says is held, by all processes together. */
async function heldLocks(): Promise<{ pid: number; slot: number }[]> {
  const { rows } = await sql<{ pid: number; slot: number }>`
    select pid, objid::int as slot from pg_locks
    where locktype = 'advisory' and classid = 4105023 and granted
      and database = (select oid from pg_database where datname = current_database())
    order by objid`.execute(db);
  return rows;
}

async function cutConnection(slots: SharedSlots, pid: number): Promise<void> {
  await sql`select pg_terminate_backend(${pid}::int)`.execute(db);
  await vi.waitUntil(() => slots.owned(SYSTEM) === 0, DEADLINE);
}

test('a process owns what it asked for, and no more than the limit', async () => {
  const slots = startProcess();
  expect(await slots.grow(SYSTEM, { wanted: 3, limit: 8 })).toBe(3);
  expect(await slots.grow(SYSTEM, { wanted: 2, limit: 8 })).toBe(3);
  expect(await slots.grow(SYSTEM, { wanted: 100, limit: 8 })).toBe(8);
  expect(slots.owned(SYSTEM)).toBe(8);
  expect(await heldLocks()).toHaveLength(8);
});

test('systems do not take each other’s slots', async () => {
  const slots = startProcess();
  await slots.grow(SYSTEM, { wanted: 8, limit: 8 });
  expect(await slots.grow(OTHER, { wanted: 8, limit: 8 })).toBe(8);
  expect(slots.owned(SYSTEM)).toBe(8);
  expect(new Set((await heldLocks()).map(({ slot }) => slot)).size).toBe(16);
});

test('several processes that grow at once never own more than the limit together', async () => {
  const fleet = Array.from({ length: 5 }, startProcess);
  for (let round = 1; round <= 8; round += 1) {
    await Promise.all(fleet.map((slots) => slots.grow(SYSTEM, { wanted: round, limit: 12 })));
    const owned = fleet.reduce((sum, slots) => sum + slots.owned(SYSTEM), 0);
    expect(owned).toBe(Math.min(12, 5 * round));
    expect(await heldLocks()).toHaveLength(owned);
  }
});

test('a process that grows twice at once counts no slot twice', async () => {
  const slots = startProcess();
  await Promise.all([1, 2, 3, 4].map((wanted) => slots.grow(SYSTEM, { wanted, limit: 8 })));
  expect(slots.owned(SYSTEM)).toBe(4);
  await slots.shrink(SYSTEM, 0);
  expect(await heldLocks()).toEqual([]);
});

describe('shrinking', () => {
  test('gives slots to the next process that asks', async () => {
    const [first, second] = [startProcess(), startProcess()];
    await first.grow(SYSTEM, { wanted: 8, limit: 8 });
    expect(await second.grow(SYSTEM, { wanted: 1, limit: 8 })).toBe(0);
    await first.shrink(SYSTEM, 5);
    expect(first.owned(SYSTEM)).toBe(5);
    expect(await second.grow(SYSTEM, { wanted: 8, limit: 8 })).toBe(3);
  });

  test('below what is owned is all it does', async () => {
    const slots = startProcess();
    await slots.grow(SYSTEM, { wanted: 2, limit: 8 });
    await slots.shrink(SYSTEM, 5);
    expect(slots.owned(SYSTEM)).toBe(2);
    await slots.shrink(OTHER, 0);
    expect(await heldLocks()).toHaveLength(2);
  });

  test('of one system leaves the other alone', async () => {
    const slots = startProcess();
    await slots.grow(SYSTEM, { wanted: 4, limit: 8 });
    await slots.grow(OTHER, { wanted: 4, limit: 8 });
    await slots.shrink(SYSTEM, 0);
    expect([slots.owned(SYSTEM), slots.owned(OTHER)]).toEqual([0, 4]);
    expect(await heldLocks()).toHaveLength(4);
  });
});

describe('a limit that was lowered', () => {
  test('holds over all processes once each has asked again', async () => {
    const [first, second] = [startProcess(), startProcess()];
    await first.grow(SYSTEM, { wanted: 4, limit: 8 });
    await second.grow(SYSTEM, { wanted: 4, limit: 8 });
    await Promise.all([first, second].map((slots) => slots.grow(SYSTEM, { wanted: 4, limit: 4 })));
    expect(first.owned(SYSTEM) + second.owned(SYSTEM)).toBe(4);
    expect(await heldLocks()).toHaveLength(4);
  });

  test('takes slots above it also from a process that wants no more', async () => {
    const [first, second] = [startProcess(), startProcess()];
    await first.grow(SYSTEM, { wanted: 6, limit: 8 });
    await second.grow(SYSTEM, { wanted: 2, limit: 8 });
    expect(await second.grow(SYSTEM, { wanted: 1, limit: 4 })).toBe(0);
  });
});

describe('a process whose connection is lost', () => {
  test('has given its slots back, and others take them', async () => {
    const [first, second] = [startProcess(), startProcess()];
    await first.grow(SYSTEM, { wanted: 8, limit: 8 });
    const [lock] = await heldLocks();
    await cutConnection(first, lock?.pid ?? 0);
    expect(await second.grow(SYSTEM, { wanted: 8, limit: 8 })).toBe(8);
    expect(await first.grow(SYSTEM, { wanted: 8, limit: 8 })).toBe(0);
  });

  test('takes new ones on a new connection, and holds them', async () => {
    const slots = startProcess();
    await slots.grow(SYSTEM, { wanted: 8, limit: 8 });
    const [lost] = await heldLocks();
    await cutConnection(slots, lost?.pid ?? 0);
    expect(await slots.grow(SYSTEM, { wanted: 5, limit: 8 })).toBe(5);
    const held = await heldLocks();
    expect(held).toHaveLength(5);
    expect(held[0]?.pid).not.toBe(lost?.pid);
    // What the dead connection still had to say must not touch the new one.
    await sql`select 1`.execute(db);
    expect(slots.owned(SYSTEM)).toBe(5);
    await slots.shrink(SYSTEM, 0);
    expect(await heldLocks()).toEqual([]);
  });

  test('and asks again in the same breath keeps what it gets', async () => {
    let warnings = 0;
    const again = Promise.withResolvers<number>();
    const logger = pino(
      { level: 'warn' },
      {
        write: () => {
          warnings += 1;
          // The old connection is still being taken down, and has its end yet to report.
          queueMicrotask(() => slots.grow(SYSTEM, { wanted: 3, limit: 8 }).then(again.resolve, again.reject));
        },
      },
    );
    const slots = new SharedSlots({
      connection: { connectionString: database.url },
      systems: [SYSTEM],
      logger,
    });
    processes.push(slots);
    await slots.grow(SYSTEM, { wanted: 4, limit: 8 });
    const [lost] = await heldLocks();
    await sql`select pg_terminate_backend(${lost?.pid ?? 0}::int)`.execute(db);
    expect(await again.promise).toBe(3);
    expect(warnings).toBe(1);
    expect(slots.owned(SYSTEM)).toBe(3);
    await slots.close();
    await vi.waitFor(async () => expect(await heldLocks()).toEqual([]), DEADLINE);
  });
});

test('a silent holder loses its slots to a process that is short of them; one that sends signs of life keeps them', async () => {
  const [frozen, alive, short] = [
    startProcess({ silentAfterMs: 3_600_000 }),
    startProcess({ silentAfterMs: 3_000 }),
    startProcess({ silentAfterMs: 3_000 }),
  ];
  await frozen.grow(SYSTEM, { wanted: 5, limit: 8 });
  await alive.grow(SYSTEM, { wanted: 3, limit: 8 });
  expect(await short.grow(SYSTEM, { wanted: 8, limit: 8 })).toBe(0);
  await vi.waitFor(
    async () => expect(await short.grow(SYSTEM, { wanted: 8, limit: 8 })).toBeGreaterThan(0),
    DEADLINE,
  );
  expect(await short.grow(SYSTEM, { wanted: 8, limit: 8 })).toBe(5);
  await vi.waitUntil(() => frozen.owned(SYSTEM) === 0, DEADLINE);
  expect(alive.owned(SYSTEM)).toBe(3);
  expect(await heldLocks()).toHaveLength(8);
});

test('a process that ends gives everything back', async () => {
  const slots = startProcess();
  await slots.grow(SYSTEM, { wanted: 8, limit: 8 });
  await slots.close();
  await vi.waitFor(async () => expect(await heldLocks()).toEqual([]), DEADLINE);
});
