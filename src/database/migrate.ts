import pg from 'pg';
import { SESSION_OPTIONS } from '../entities/session.ts';
import { retryOnConflict } from '../entities/transaction.ts';
import { MIGRATIONS_TABLE, migrationsList } from './migrations-list.ts';
import type { Orm } from './orm.ts';
import { connectionTo } from './primary.ts';

/** Advisory lock that serialises the migrators of all processes; any number that no other lock has. */
const MIGRATION_LOCK = 4_105_022;

/**
 * Applies pending migrations and returns their names. Of two migrators at once the second waits for the first and
 * finds none pending.
 */
export async function migrate(orm: Orm, directUrl: string): Promise<string[]> {
  const lock = new pg.Client({
    ...connectionTo(directUrl),
    options: `${SESSION_OPTIONS} -c statement_timeout=0`,
  });
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await refuseOlder(lock);
    // Under the work of others, who lock in another order: a deadlock took nothing, and is tried again.
    const applied = await retryOnConflict(() => orm.migrator.up());
    return applied.map((migration) => migration.name);
  } finally {
    await lock.end();
  }
}

/** The first migration of the days before the baseline. */
const BEFORE_BASELINE = '20261122000001_core';

/**
 * Refuses a database that a build before 0.2 made: its 26 migrations became one baseline, which nothing leads to.
 * @throws Error that says what to do.
 */
async function refuseOlder(client: pg.Client): Promise<void> {
  const { rows } = await client.query(`select to_regclass('${MIGRATIONS_TABLE}') is not null as exists`);
  if (rows[0]?.exists !== true) return;
  const found = await client.query(`select from ${MIGRATIONS_TABLE} where name = $1`, [BEFORE_BASELINE]);
  if (found.rowCount === 0) return;
  throw new Error(
    'This database was made by a version before 0.2, from which nothing leads here: give DATABASE_URL of an empty ' +
      'database, or for a trial remove the folder DATA_DIR (.accountsync).',
  );
}

/**
 * True when every migration of this build is applied. Reads only: the migrator's own question would first create its
 * table, and disturb a process that migrates.
 */
export async function isMigrated(orm: Orm): Promise<boolean> {
  const connection = orm.em.getConnection();
  const [found] = await connection.execute<{ exists: boolean }[]>(
    `select to_regclass('${MIGRATIONS_TABLE}') is not null as exists`,
  );
  if (found?.exists !== true) return false;
  const applied = await connection.execute<{ name: string }[]>(`select name from ${MIGRATIONS_TABLE}`);
  const names = new Set(applied.map((migration) => migration.name));
  return migrationsList.every((migration) => names.has(migration.name));
}
