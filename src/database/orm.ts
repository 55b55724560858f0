import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { sessionStatements } from '../entities/session.ts';
import { entities } from '../entities/tables.ts';
import { dialectOver } from './driver.ts';
import { MIGRATIONS_TABLE, migrationsList } from './migrations-list.ts';
import { connectionTo } from './primary.ts';

export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize: number;
  /** False behind a pooler that hands out another connection for each transaction; default true. */
  readonly prepares?: boolean;
  /** Longest statement; default: Postgres's own. Not through a pooler, which refuses to be told. */
  readonly statementTimeoutMs?: number;
  /** Whether long plans are compiled before they run; default: as Postgres says. Not through a pooler. */
  readonly compilesPlans?: boolean;
  /** Idle transactions are ended after this time; default: never. Not through a pooler. */
  readonly abandonedAfterMs?: number;
}

/** By their ORM. */
const pools = new WeakMap<object, pg.Pool>();

/** Connections of an ORM's pool: how many, how many of them idle, and how many callers wait for one. */
export function poolState(orm: Orm): { total: number; idle: number; waiting: number } {
  const pool = pools.get(orm);
  return { total: pool?.totalCount ?? 0, idle: pool?.idleCount ?? 0, waiting: pool?.waitingCount ?? 0 };
}

/** Connects lazily: the first query opens the pool. */
export async function createOrm(options: DatabaseOptions) {
  const pool = createPool(options);
  const prepares = options.prepares !== false;
  const session = sessionStatements({
    direct: prepares,
    statementTimeoutMs: options.statementTimeoutMs ?? 0,
  });
  const orm = await MikroORM.init({
    clientUrl: connectionTo(options.url).connectionString,
    entities: [...entities],
    driverOptions: dialectOver(pool, { prepares, session }),
    forceUtcTimezone: true,
    extensions: [Migrator],
    // Silent: stdout belongs to the `ready` line; the caller logs what was applied.
    migrations: { migrationsList, tableName: MIGRATIONS_TABLE, snapshot: false, silent: true },
    debug: false,
  });
  pools.set(orm, pool);
  return orm;
}

export type Orm = Awaited<ReturnType<typeof createOrm>>;

function createPool(options: DatabaseOptions): pg.Pool {
  const types = new pg.TypeOverrides();
  // Times stay the text that Postgres prints.
  const { DATE, TIMESTAMP, TIMESTAMPTZ, INTERVAL } = pg.types.builtins;
  for (const time of [DATE, TIMESTAMP, TIMESTAMPTZ, INTERVAL]) types.setTypeParser(time, (text) => text);
  return new pg.Pool({
    ...connectionTo(options.url),
    max: options.poolSize,
    types,
    // Statements go out before the answers to earlier ones are there.
    pipeline: true,
    ...(options.statementTimeoutMs !== undefined && { statement_timeout: options.statementTimeoutMs }),
    ...(options.abandonedAfterMs !== undefined && {
      idle_in_transaction_session_timeout: options.abandonedAfterMs,
    }),
    ...(options.compilesPlans === false && { options: '-c jit=off' }),
  });
}
