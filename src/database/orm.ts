import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import type pg from 'pg';
import { sessionStatements } from '../entities/session.ts';
import { entities } from '../entities/tables.ts';
import { MIGRATIONS_TABLE, migrationsList } from './migrations-list.ts';
import { preparePool } from './pool.ts';
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
  const connection = connectionTo(options.url);
  const orm = await MikroORM.init({
    clientUrl: connection.connectionString,
    entities: [...entities],
    pool: { min: 0, max: options.poolSize },
    forceUtcTimezone: true,
    driverOptions: {
      // Lets `together` send statements before the answers to earlier ones are there.
      pipeline: true,
      ...(connection.stream !== undefined && { stream: connection.stream }),
      ...(options.statementTimeoutMs !== undefined && { statement_timeout: options.statementTimeoutMs }),
      ...(options.abandonedAfterMs !== undefined && {
        idle_in_transaction_session_timeout: options.abandonedAfterMs,
      }),
      ...(options.compilesPlans === false && { options: '-c jit=off' }),
      onPoolCreated: (pool: pg.Pool) => {
        opened.pool = pool;
        const direct = options.prepares !== false;
        const session = sessionStatements({ direct, statementTimeoutMs: options.statementTimeoutMs ?? 0 });
        preparePool(pool, { prepares: direct, session });
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

export type Orm = Awaited<ReturnType<typeof createOrm>>;
