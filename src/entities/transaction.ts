import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery, type DatabaseConnection, type QueryExecutorProvider, type RawBuilder } from 'kysely';
import { OUTDATED_PLAN, preparedText } from './prepared.ts';
import type { Database, Sql } from './tables.ts';

/**
 * SQLSTATEs after which the transaction may be run again: serialization failure, deadlock, lost race for a unique
 * key.
 */
const REPEATABLE = new Set(['40001', '40P01', '23505']);
const TRIES = 4;
/** Higher, because after a migration every connection of the pool may have statements to prepare anew. */
const TRIES_OUTDATED = 100;

/** Runs statements of plain SQL: a transaction, a step of one (`sideBySide`), or the pool. */
export type Executor = QueryExecutorProvider;

/** Statements outside of a transaction: each commits by itself. */
export function outsideTransaction(em: EntityManager): Sql {
  return em.getKysely<Database>();
}

/**
 * Runs `work` in one transaction on a fresh fork. A deadlock, a serialization failure or a lost race for a unique
 * key rolls back and runs it again, so `work` must decide from what it reads inside.
 */
export function inTransaction<T>(em: EntityManager, work: (tx: Sql) => Promise<T>): Promise<T> {
  return retryOnConflict(() => em.fork().transactional((tx) => work(tx.getKysely<Database>())));
}

/** Runs statements of pg-boss, which calls it `Db`. */
export interface StatementRunner {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** Sends a statement after those sent before it, and resolves with its rows. */
export type Ask = <Row>(statement: RawBuilder<Row>) => Promise<readonly Row[]>;

/**
 * Sends statements that do not need each other's answers in one round trip. Postgres runs them in the order of the
 * calls, each with its own snapshot. `boss` is for calls of pg-boss in between. `work` must not use `tx` itself: it
 * would wait for the end of `work`.
 */
export function together<T>(tx: Executor, work: (ask: Ask, boss: StatementRunner) => Promise<T>): Promise<T> {
  return tx.getExecutor().provideConnection((connection) =>
    work(
      async <Row>(statement: RawBuilder<Row>) =>
        (await connection.executeQuery<Row>(statement.compile(tx))).rows,
      {
        executeSql: async (text, values) => {
          const { rows } = await connection.executeQuery(CompiledQuery.raw(preparedText(text), values));
          return { rows };
        },
      },
    ),
  );
}

/**
 * As `together`, for several sequences of statements that do not need each other's answers: each sends its next
 * statement when its last one is answered. When one fails, the others send nothing more.
 */
export function sideBySide<T>(tx: Executor, work: (tx: Executor) => Promise<T>): Promise<T> {
  const outer = tx.getExecutor();
  return outer.provideConnection(async (connection) => {
    const shared = new SharedConnection(connection);
    const executor = outer.withConnectionProvider({ provideConnection: (consumer) => consumer(shared) });
    try {
      return await work({ getExecutor: () => executor });
    } finally {
      shared.close();
    }
  });
}

/** A connection lent to steps, closed before the transaction ends: a later statement would run outside of it. */
class SharedConnection implements DatabaseConnection {
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

  #whileOpen(): DatabaseConnection {
    if (!this.#open) throw new Error('The transaction that this statement belongs to is over.');
    return this.#connection;
  }
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
