import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery, type DatabaseConnection, type QueryExecutorProvider, type RawBuilder } from 'kysely';
import { OUTDATED_PLAN, preparedText } from './prepared.ts';
import type { Database, Sql } from './tables.ts';

/** Postgres says: nothing is wrong with the statement, run the transaction again. */
const REPEATABLE = new Set(['40001', '40P01', '23505']);
const TRIES = 4;
/** After a migration each connection of the pool may have statements to prepare anew. */
const TRIES_OUTDATED = 100;

/** Whatever runs statements of plain SQL: a transaction, a step of one (`sideBySide`), or connections of the pool. */
export type Executor = QueryExecutorProvider;

/** Statements outside of a transaction, each committed by itself. */
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

/** How pg-boss hands its statements over; what it calls `Db`. */
export interface StatementRunner {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** Sends a statement behind those that were sent before it, and gives its rows. */
export type Ask = <Row>(statement: RawBuilder<Row>) => Promise<readonly Row[]>;

/**
 * Sends statements that do not need each other's answers in one go: Postgres runs them in the order they were asked, each
 * with a snapshot of its own, and the transaction waits for the way there and back once instead of each time. `boss` is
 * for calls of pg-boss in between. `work` must not use `tx` itself: that waits until `work` is over.
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
 * As `together`, for work of several steps that do without each other's answers: each sends its next statement as soon
 * as its own last one is answered. What is left of the others when one has failed sends nothing more.
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

/** Closed before its transaction ends: a statement that came later would be none of its. */
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
 * Runs a statement whose loss mends itself and commits it without waiting for the disk. What is committed later with
 * waiting, takes it to the disk too: nothing that was built on it can outlive it. Repeated as `inTransaction` is.
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

/** As `inTransaction`, for one statement that is a transaction by itself. */
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
