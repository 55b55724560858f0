import type { EntityManager } from '@mikro-orm/postgresql';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Kysely,
  QueryCreator,
  type QueryExecutor,
  type QueryExecutorProvider,
  type RawBuilder,
  sql,
} from 'kysely';
import { type CopyingConnection, copyingConnection } from './copied.ts';
import type { Database, Sql } from './tables.ts';

/** SQLSTATE of a prepared statement whose result type was changed by a migration. */
export const OUTDATED_PLAN = '0A000';
/**
 * SQLSTATEs after which the transaction may be run again: serialization failure, deadlock, lost race for a unique
 * key.
 */
const REPEATABLE = new Set(['40001', '40P01', '23505']);
const TRIES = 4;
/** Higher, because after a migration every connection of the pool may have statements to prepare anew. */
const TRIES_OUTDATED = 100;

/** Runs statements of plain SQL: a transaction or the pool. */
export type Executor = QueryExecutorProvider;

/** Statements outside of a transaction: each commits by itself, on whichever connection is free. */
export function outsideTransaction(em: EntityManager): Kysely<Database> {
  return em.getKysely<Database>();
}

/**
 * Runs `work` in one transaction on a fresh fork. A deadlock, a serialization failure or a lost race for a unique
 * key rolls back and runs it again, so `work` must decide from what it reads inside.
 *
 * Statements on `tx` go out at once, in the order of the calls, and each has a snapshot of its own: those that do not
 * need each other's answers go in one round trip with `Promise.all`. `own` is for entities, in the same transaction.
 */
export function inTransaction<T>(
  em: EntityManager,
  work: (tx: Sql, own: EntityManager) => Promise<T>,
): Promise<T> {
  return retryOnConflict(() =>
    em.fork().transactional(async (own) => {
      const executor = own.getKysely<Database>().getExecutor();
      // Kysely lends a transaction's connection to one statement after the other; ours need not wait for answers.
      const connection = await executor.provideConnection(async (lent) => lent);
      return withStatements({ executor, connection }, (tx) => work(tx, own));
    }),
  );
}

/**
 * Runs `work` in a transaction and takes all of it back: what it answers is what it would have done. For dry runs of
 * work that is short, because it holds its locks meanwhile.
 */
export async function rehearsed<T>(em: EntityManager, work: (tx: Sql) => Promise<T>): Promise<T> {
  const takenBack = new Error('a rehearsal is taken back');
  const outcome = Promise.withResolvers<T>();
  try {
    await inTransaction(em, async (tx) => {
      outcome.resolve(await work(tx));
      throw takenBack;
    });
  } catch (error) {
    if (error !== takenBack) throw error;
  }
  return outcome.promise;
}

/** Runs `work` on one connection of the pool, without a transaction; statements go as in `inTransaction`. */
export function onOneConnection<T>(db: Executor, work: (db: Sql) => Promise<T>): Promise<T> {
  const executor = db.getExecutor();
  return executor.provideConnection((connection) => withStatements({ executor, connection }, work));
}

async function withStatements<T>(
  { executor, connection }: { readonly executor: QueryExecutor; readonly connection: DatabaseConnection },
  work: (tx: Sql) => Promise<T>,
): Promise<T> {
  const lent = new LentConnection(connection);
  try {
    return await work(
      new Statements(executor.withConnectionProvider({ provideConnection: (consumer) => consumer(lent) })),
    );
  } finally {
    lent.close();
  }
}

class Statements extends QueryCreator<Database> implements Sql {
  readonly #executor: QueryExecutor;

  constructor(executor: QueryExecutor) {
    super({ executor });
    this.#executor = executor;
  }

  getExecutor(): QueryExecutor {
    return this.#executor;
  }
}

/** A connection lent to a transaction, closed before its end: a later statement would run outside of it. */
class LentConnection implements DatabaseConnection, CopyingConnection {
  readonly #connection: DatabaseConnection;
  #open = true;

  constructor(connection: DatabaseConnection) {
    this.#connection = connection;
  }

  close(): void {
    this.#open = false;
  }

  executeQuery: DatabaseConnection['executeQuery'] = (...query) => this.#whileOpen().executeQuery(...query);
  streamQuery: DatabaseConnection['streamQuery'] = (...query) => this.#whileOpen().streamQuery(...query);
  copyIn: CopyingConnection['copyIn'] = (...rows) => copyingConnection(this.#whileOpen()).copyIn(...rows);

  #whileOpen(): DatabaseConnection {
    if (!this.#open) throw new Error('The transaction that this statement belongs to is over.');
    return this.#connection;
  }
}

/** The rows of a statement. */
export async function rowsOf<Row>(tx: Executor, statement: RawBuilder<Row>): Promise<readonly Row[]> {
  return (await statement.execute(tx)).rows;
}

/** The time by the database's clock, which all processes share. */
export async function databaseTime(tx: Executor): Promise<Date> {
  const [row] = await rowsOf(tx, sql<{ at: string }>`select clock_timestamp() as at`);
  if (row === undefined) throw new Error('Postgres did not tell the time.');
  return new Date(row.at);
}

/** Runs statements of pg-boss, which calls it `Db`. */
export interface StatementRunner {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** For libraries that bring statements of their own, such as pg-boss, to run on `tx`. */
export function statementsOn(tx: Executor): StatementRunner {
  const executor = tx.getExecutor();
  return {
    executeSql: async (text, values) => {
      const { rows } = await executor.executeQuery(CompiledQuery.raw(text, values));
      return { rows };
    },
  };
}

/**
 * Runs one statement and commits without waiting for the disk, for writes that we can afford to lose in a crash. Any
 * later synchronous commit flushes them too, so nothing that builds on them outlives them. Repeated as
 * `inTransaction` is.
 */
export function commitAsync<Row>(db: Sql, statement: RawBuilder<Row>): Promise<readonly Row[]> {
  return retryOnConflict(() =>
    db.getExecutor().provideConnection(async (connection) => {
      const [, { rows }] = await Promise.all([
        connection.executeQuery(CompiledQuery.raw('begin; set local synchronous_commit = off')),
        connection.executeQuery<Row>(statement.compile(db)),
        connection.executeQuery(CompiledQuery.raw('commit')),
      ]);
      return rows;
    }),
  );
}

/** Repeats `work` after a conflict, as `inTransaction` does; for one statement, which is a transaction by itself. */
export async function retryOnConflict<T>(work: () => Promise<T>): Promise<T> {
  let outdated = 0;
  for (let attempt = 1; ; ) {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (code === OUTDATED_PLAN && outdated < TRIES_OUTDATED) outdated += 1;
      else if (REPEATABLE.has(code) && attempt < TRIES) attempt += 1;
      else throw error;
    }
  }
}
