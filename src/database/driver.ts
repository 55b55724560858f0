import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import pg from 'pg';
import { PooledConnection } from './connection.ts';
import { StatementNames } from './statement-names.ts';

/** The driver's own `query`, for statements sent at connect: they are not counted or watched. */
const { query } = pg.Client.prototype;

/** How Kysely, and MikroORM through it, reach Postgres. */
export function dialectOver(
  pool: pg.Pool,
  options: { readonly prepares: boolean; readonly session: string },
): Dialect {
  // Goes before the first statement, and costs no round trip of its own. A connection on which it fails is lost, which its
  // first statement says.
  pool.on('connect', (client) => {
    Reflect.apply(query, client, [options.session]).catch(() => {});
    client.on('error', () => {});
  });
  pool.on('error', () => {});
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PoolDriver(pool, options.prepares ? new StatementNames() : null),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

class PoolDriver implements Driver {
  readonly #pool: pg.Pool;
  readonly #names: StatementNames | null;
  readonly #connections = new WeakMap<pg.PoolClient, PooledConnection>();

  constructor(pool: pg.Pool, names: StatementNames | null) {
    this.#pool = pool;
    this.#names = names;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PooledConnection> {
    const client = await this.#pool.connect();
    if (this.#pool.ending) {
      client.release();
      throw new Error('The database was closed while a connection to it was being made.');
    }
    const known = this.#connections.get(client);
    if (known !== undefined) return known.lend();
    const connection = new PooledConnection(client, this.#names);
    this.#connections.set(client, connection);
    return connection.lend();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    pooled(connection).begin();
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  /** Only migrations use savepoints. */
  async savepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`savepoint ${pg.escapeIdentifier(name)}`));
  }

  async rollbackToSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`rollback to ${pg.escapeIdentifier(name)}`));
  }

  async releaseSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`release ${pg.escapeIdentifier(name)}`));
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    pooled(connection).giveBack({ lost: false });
  }

  async destroy(): Promise<void> {
    await this.#pool.end();
  }
}

function pooled(connection: DatabaseConnection): PooledConnection {
  if (connection instanceof PooledConnection) return connection;
  throw new TypeError('This connection is not of our pool.');
}
