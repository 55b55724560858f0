import { once } from 'node:events';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { Migration20261122000001_core } from '../../migrations/20261122000001_core.ts';
import { Migration20261122000002_runs } from '../../migrations/20261122000002_runs.ts';
import { Migration20261122000010_adopted_names } from '../../migrations/20261122000010_adopted_names.ts';
import { Migration20261122000020_setting_versions } from '../../migrations/20261122000020_setting_versions.ts';
import { Migration20261122000100_run_confirmation } from '../../migrations/20261122000100_run_confirmation.ts';
import { Migration20261122000101_leavers } from '../../migrations/20261122000101_leavers.ts';
import { Migration20261122000110_schedules } from '../../migrations/20261122000110_schedules.ts';
import { Migration20261122000111_task_runs } from '../../migrations/20261122000111_task_runs.ts';
import { Migration20261122000120_people_search } from '../../migrations/20261122000120_people_search.ts';
import { Migration20261122000121_account_events } from '../../migrations/20261122000121_account_events.ts';
import { Migration20261122000122_system_checks } from '../../migrations/20261122000122_system_checks.ts';
import { Migration20261122000130_names_kept } from '../../migrations/20261122000130_names_kept.ts';
import { Migration20261122000131_account_forgotten } from '../../migrations/20261122000131_account_forgotten.ts';
import { Migration20261122000132_account_look_ups } from '../../migrations/20261122000132_account_look_ups.ts';
import { Migration20261122000140_notifications } from '../../migrations/20261122000140_notifications.ts';
import { Migration20261122000141_retention } from '../../migrations/20261122000141_retention.ts';
import { Migration20261122000150_api_keys } from '../../migrations/20261122000150_api_keys.ts';
import { Migration20261122000151_rate_limits } from '../../migrations/20261122000151_rate_limits.ts';
import { Migration20261122000162_resolved_by_hand } from '../../migrations/20261122000162_resolved_by_hand.ts';
import { Migration20261122000170_audit } from '../../migrations/20261122000170_audit.ts';
import { Migration20261122000171_audit_seals } from '../../migrations/20261122000171_audit_seals.ts';
import { Migration20261122000172_erased_people } from '../../migrations/20261122000172_erased_people.ts';
import { Migration20261122000180_secrets_later } from '../../migrations/20261122000180_secrets_later.ts';
import { Migration20261122000181_traceparent } from '../../migrations/20261122000181_traceparent.ts';
import { Migration20261122000200_statistics } from '../../migrations/20261122000200_statistics.ts';
import { Migration20261130000170_inactive_webhooks } from '../../migrations/20261130000170_inactive_webhooks.ts';
import { Migration20261130000171_failed_changes } from '../../migrations/20261130000171_failed_changes.ts';
import { Migration20261130000172_credentials_unknown } from '../../migrations/20261130000172_credentials_unknown.ts';
import { CopiedRows } from '../entities/copied.ts';
import { OUTDATED_PLAN, preparedNameOf } from '../entities/prepared.ts';
import { entities } from '../entities/tables.ts';
import { retryOnConflict } from '../entities/transaction.ts';
import { beginActing } from './acting.ts';

/** Every migration, oldest first; the list only grows. */
const migrationsList = [
  { name: '20261122000001_core', class: Migration20261122000001_core },
  { name: '20261122000002_runs', class: Migration20261122000002_runs },
  { name: '20261122000010_adopted_names', class: Migration20261122000010_adopted_names },
  { name: '20261122000020_setting_versions', class: Migration20261122000020_setting_versions },
  { name: '20261122000100_run_confirmation', class: Migration20261122000100_run_confirmation },
  { name: '20261122000101_leavers', class: Migration20261122000101_leavers },
  { name: '20261122000110_schedules', class: Migration20261122000110_schedules },
  { name: '20261122000111_task_runs', class: Migration20261122000111_task_runs },
  { name: '20261122000120_people_search', class: Migration20261122000120_people_search },
  { name: '20261122000121_account_events', class: Migration20261122000121_account_events },
  { name: '20261122000122_system_checks', class: Migration20261122000122_system_checks },
  { name: '20261122000130_names_kept', class: Migration20261122000130_names_kept },
  { name: '20261122000131_account_forgotten', class: Migration20261122000131_account_forgotten },
  { name: '20261122000132_account_look_ups', class: Migration20261122000132_account_look_ups },
  { name: '20261122000140_notifications', class: Migration20261122000140_notifications },
  { name: '20261122000141_retention', class: Migration20261122000141_retention },
  { name: '20261122000150_api_keys', class: Migration20261122000150_api_keys },
  { name: '20261122000151_rate_limits', class: Migration20261122000151_rate_limits },
  { name: '20261122000162_resolved_by_hand', class: Migration20261122000162_resolved_by_hand },
  { name: '20261122000170_audit', class: Migration20261122000170_audit },
  { name: '20261122000171_audit_seals', class: Migration20261122000171_audit_seals },
  { name: '20261122000172_erased_people', class: Migration20261122000172_erased_people },
  { name: '20261122000180_secrets_later', class: Migration20261122000180_secrets_later },
  { name: '20261122000181_traceparent', class: Migration20261122000181_traceparent },
  { name: '20261122000200_statistics', class: Migration20261122000200_statistics },
  { name: '20261130000170_inactive_webhooks', class: Migration20261130000170_inactive_webhooks },
  { name: '20261130000171_failed_changes', class: Migration20261130000171_failed_changes },
  { name: '20261130000172_credentials_unknown', class: Migration20261130000172_credentials_unknown },
];

const MIGRATIONS_TABLE = 'mikro_orm_migrations';

export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize: number;
  /** False behind a pooler that hands out another connection for each transaction; default true. */
  readonly prepares?: boolean;
  /** Longest statement; default: Postgres's own. Not through a pooler, which refuses to be told. */
  readonly statementTimeoutMs?: number;
  /** After so long a transaction in which nothing is asked for is given up; default: never. Not through a pooler. */
  readonly abandonedAfterMs?: number;
}

/** Pools by their ORM; opened lazily, so each is looked for when asked. */
const pools = new WeakMap<object, { pool: pg.Pool | null }>();

/** Connections of an ORM's pool: how many, how many of them idle, and how many callers wait for one. */
export function poolState(orm: Orm): { total: number; idle: number; waiting: number } {
  const pool = pools.get(orm)?.pool;
  return { total: pool?.totalCount ?? 0, idle: pool?.idleCount ?? 0, waiting: pool?.waitingCount ?? 0 };
}

/** Connects lazily: the first query opens the pool. */
export async function createOrm(options: DatabaseOptions) {
  const opened: { pool: pg.Pool | null } = { pool: null };
  const orm = await MikroORM.init({
    clientUrl: options.url,
    entities: [...entities],
    pool: { min: 0, max: options.poolSize },
    forceUtcTimezone: true,
    driverOptions: {
      // Lets `together` send statements before the answers to earlier ones are there.
      pipeline: true,
      ...(options.statementTimeoutMs !== undefined && { statement_timeout: options.statementTimeoutMs }),
      ...(options.abandonedAfterMs !== undefined && {
        idle_in_transaction_session_timeout: options.abandonedAfterMs,
      }),
      onPoolCreated: (pool: pg.Pool) => {
        opened.pool = pool;
        releaseLost(pool);
        releaseLate(pool);
        prepareMarked(pool, { prepares: options.prepares !== false });
      },
    },
    extensions: [Migrator],
    // Silent: stdout belongs to the `ready` line; the caller logs what was applied.
    migrations: { migrationsList, tableName: MIGRATIONS_TABLE, snapshot: false, silent: true },
    debug: false,
  });
  pools.set(orm, opened);
  return orm;
}

/**
 * Takes back connections that were lost while somebody had them. A transaction gives its connection back when COMMIT or
 * ROLLBACK has succeeded (Kysely's controlled transaction), which neither does on a connection that is gone: without
 * this every lost transaction would take one place of the pool with it, for ever.
 */
function releaseLost(pool: pg.Pool): void {
  const lent = new WeakSet<pg.PoolClient>();
  pool.on('acquire', (client) => lent.add(client));
  pool.on('release', (_, client) => lent.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      if (!lent.has(client)) return;
      client.release(true);
      // Whoever had it may still give it back, which the pool would take for a mistake.
      client.release = () => {};
    });
  });
}

/**
 * Gives back connections that come when the pool is closed already. Kysely forgets its pool the moment it closes, stumbles
 * over that when a connection arrives which it had asked for before, and never gives it back: the pool would wait for it
 * for ever, and the process could not stop.
 */
function releaseLate(pool: pg.Pool): void {
  const connect = pool.connect.bind(pool);
  Object.assign(pool, {
    connect: async (callback?: Parameters<typeof connect>[0]) => {
      if (callback !== undefined) return connect(callback);
      const client = await connect();
      if (!pool.ending) return client;
      client.release();
      throw new Error('The database was closed while a connection to it was being made.');
    },
  });
}

/**
 * What Kysely has no way to say: transactions begin with who acts, statements that carry a name (`prepared`) go under
 * it, rows of `copyRows` beside theirs.
 */
function prepareMarked(pool: pg.Pool, options: { readonly prepares: boolean }): void {
  pool.on('connect', (client) => {
    Object.assign(client, {
      query(...given: readonly unknown[]): unknown {
        const [text, values, ...rest] = given;
        if (typeof text === 'string' && Array.isArray(values) && values[0] instanceof CopiedRows)
          return copy(client, text, values[0]);
        sendTogether(client);
        if (text === 'begin') return begin(client);
        const name = options.prepares && typeof text === 'string' ? preparedNameOf(text) : null;
        if (name === null || rest.length > 0) return Reflect.apply(pg.Client.prototype.query, client, given);
        return queryPrepared(client, { name, text: String(text), values });
      },
    });
  });
}

/** What is asked for before the process turns to something else goes to Postgres in one system call. */
function sendTogether({ connection: { stream } }: pg.Client): void {
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/**
 * Does not wait for the answer: the first statement goes with it. Should Postgres refuse, the transaction is aborted, or
 * the connection gone, which the first statement says.
 */
async function begin(client: pg.Client): Promise<unknown> {
  Reflect.apply(pg.Client.prototype.query, client, [beginActing()]).catch(() => {});
  return { command: 'BEGIN', rowCount: null, rows: [] };
}

/** What a connection has prepared and a later version's migration has changed is prepared anew, under another name. */
const generations = new WeakMap<pg.ClientBase, number>();

async function queryPrepared(
  client: pg.Client,
  statement: { readonly name: string; readonly text: string; readonly values: unknown },
): Promise<unknown> {
  const generation = generations.get(client) ?? 0;
  const name = generation === 0 ? statement.name : `${statement.name}-${generation}`;
  try {
    return await Reflect.apply(pg.Client.prototype.query, client, [{ ...statement, name }]);
  } catch (error) {
    if (!isOutdatedPlan(error)) throw error;
    generations.set(client, generation + 1);
    // Inside of a transaction it is over: whoever began it runs it again.
    if (client.getTransactionStatus() !== 'I') throw error;
    return await queryPrepared(client, statement);
  }
}

/** "cached plan must not change result type": a table has another column than when the statement was prepared. */
function isOutdatedPlan(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === OUTDATED_PLAN;
}

/** Answers as a statement without rows does. */
async function copy(client: pg.ClientBase, statement: string, rows: CopiedRows): Promise<unknown> {
  const stream = from(statement);
  const copied = once(stream, 'finish');
  // What Postgres refuses may be told while rows are still being sent, below.
  copied.catch(() => {});
  Reflect.apply(pg.Client.prototype.query, client, [stream]);
  for (const piece of rows.pieces()) if (!stream.write(piece)) await once(stream, 'drain');
  stream.end();
  rows.meanwhile();
  await copied;
  return { command: 'COPY', rowCount: stream.rowCount, rows: [] };
}

export type Orm = Awaited<ReturnType<typeof createOrm>>;

/** Serialises migrators of all processes; any number that nobody else uses. */
const MIGRATION_LOCK = 4_105_022;

/**
 * Applies what is missing and returns the names of what was applied. Two migrators at once: the second waits for
 * the first and finds nothing to do.
 */
export async function migrate(orm: Orm, directUrl: string): Promise<string[]> {
  const lock = new pg.Client({ connectionString: directUrl });
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    // Under the work of others, who lock in another order: a deadlock took nothing, and is tried again.
    const applied = await retryOnConflict(() => orm.migrator.up());
    return applied.map((migration) => migration.name);
  } finally {
    await lock.end();
  }
}

/**
 * True when every migration of this build is applied. Only looks: the migrator's own question would first create its
 * table, under the feet of whoever is migrating.
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
