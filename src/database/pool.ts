import { once } from 'node:events';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { CopiedRows } from '../entities/copied.ts';
import { OUTDATED_PLAN, preparedNameOf } from '../entities/prepared.ts';
import { beginActing } from './acting.ts';

/** Gives a pool what pg and Kysely leave open: lost and late connections come back, marked statements are prepared. */
export function preparePool(
  pool: pg.Pool,
  options: { readonly prepares: boolean; readonly session: string },
): void {
  saySession(pool, options.session);
  dropReadOnly(pool);
  releaseLost(pool);
  releaseLate(pool);
  prepareMarked(pool, options);
}

/** The driver's own: what is said at connect is no statement of whoever counts or watches them. */
const { query } = pg.Client.prototype;

/** Goes before the first statement of whoever asked for the connection, and costs no round trip of its own. */
function saySession(pool: pg.Pool, session: string): void {
  pool.on('connect', (client) => {
    // A connection on which this fails is lost, which its first statement says.
    Reflect.apply(query, client, [session]).catch(() => {});
  });
}

/** Connections to a primary that is none any more; their pool has to make new ones, which find the other. */
const readOnly = new WeakSet<pg.ClientBase>();
const READ_ONLY_TRANSACTION = '25006';

/** Does not take back a connection that refused to write. */
function dropReadOnly(pool: pg.Pool): void {
  pool.on('acquire', (client) => {
    const { release } = client;
    client.release = (error) => release.call(client, readOnly.has(client) ? true : error);
  });
}

function noteReadOnly(client: pg.ClientBase, answer: unknown): void {
  if (!(answer instanceof Promise)) return;
  answer.catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === READ_ONLY_TRANSACTION)
      readOnly.add(client);
  });
}

/**
 * Takes back connections that were lost while lent. Kysely's controlled transaction gives its connection back only
 * after a COMMIT or ROLLBACK that succeeded, which neither does on a lost connection: without this, every lost
 * transaction would cost the pool one place for ever.
 */
function releaseLost(pool: pg.Pool): void {
  const lent = new WeakSet<pg.PoolClient>();
  pool.on('acquire', (client) => lent.add(client));
  pool.on('release', (_, client) => lent.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      if (!lent.has(client)) return;
      client.release(true);
      // The borrower may still give it back, which the pool would report as a mistake.
      client.release = () => {};
    });
  });
}

/**
 * Gives back connections that arrive after the pool was closed. Kysely forgets its pool on closing, throws when a
 * connection arrives that it asked for before, and never gives it back: the pool would wait for it for ever, and the
 * process could not stop.
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
 * Adds what Kysely cannot express: transactions begin with who acts, statements marked `prepared` are sent by name,
 * and `copyRows` sends rows beside its statement.
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
        const answer: unknown =
          name === null || rest.length > 0
            ? Reflect.apply(pg.Client.prototype.query, client, given)
            : queryPrepared(client, { name, text: String(text), values });
        noteReadOnly(client, answer);
        return answer;
      },
    });
  });
}

/** Sends all statements of one turn of the event loop in one system call. */
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
    // Inside of a transaction it is aborted: `inTransaction` runs it again.
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
