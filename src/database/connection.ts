import { once } from 'node:events';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type pg from 'pg';
import { from } from 'pg-copy-streams';
import type { CopyingConnection } from '../entities/copied.ts';
import { OUTDATED_PLAN } from '../entities/transaction.ts';
import { beginActing } from './acting.ts';
import type { StatementNames } from './statement-names.ts';

/** SQLSTATE of a write to a server that was the primary and is one no more. */
const READ_ONLY_TRANSACTION = '25006';
/** A plan is made for tables of the size they had: it is made anew at least this often. */
const PLANS_LAST_MS = 60_000;
const CHANGING = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** One connection of the pool: statements go out at once, in the order of the calls, without waiting for answers. */
export class PooledConnection implements DatabaseConnection, CopyingConnection {
  readonly client: pg.PoolClient;
  readonly #names: StatementNames | null;
  /** Statements prepared before a migration are prepared anew under another name. */
  #generation = 0;
  #plannedAtMs = performance.now();
  #lent = false;
  #readOnly = false;

  /** `names` null: nothing is prepared. */
  constructor(client: pg.PoolClient, names: StatementNames | null) {
    this.client = client;
    this.#names = names;
    client.once('end', () => this.giveBack({ lost: true }));
  }

  lend(): this {
    this.#lent = true;
    return this;
  }

  /**
   * Gives the connection back to the pool, once. A connection that was lost while lent gives itself back: a COMMIT or
   * ROLLBACK that would do so never succeeds on it. One to a former primary is closed.
   */
  giveBack({ lost }: { readonly lost: boolean }): void {
    if (!this.#lent) return;
    this.#lent = false;
    this.client.release(lost || this.#readOnly);
  }

  /**
   * Begins a transaction and says who acts, and does not wait for the answer: the first statement goes with it. Should
   * Postgres refuse, the transaction is aborted, or the connection gone, which the first statement says.
   */
  begin(): void {
    this.#sendTogether();
    this.client.query(beginActing()).catch(() => {});
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    this.#sendTogether();
    try {
      const { command, rowCount, rows } = await this.#send(query.sql, query.parameters);
      return { rows, ...(CHANGING.has(command) && { numAffectedRows: BigInt(rowCount ?? 0) }) };
    } catch (error) {
      if (codeOf(error) === READ_ONLY_TRANSACTION) this.#readOnly = true;
      throw error;
    }
  }

  // biome-ignore lint/correctness/useYield: nothing here reads by cursor.
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Rows are read as a whole or by pages, not by cursor.');
  }

  async copyIn(statement: string, pieces: Iterable<string>, sent: () => void): Promise<void> {
    const stream = from(statement);
    const copied = once(stream, 'finish');
    // Postgres may refuse while rows are still being sent, below.
    copied.catch(() => {});
    this.client.query(stream);
    for (const piece of pieces) if (!stream.write(piece)) await once(stream, 'drain');
    stream.end();
    sent();
    await copied;
  }

  // biome-ignore lint/suspicious/noExplicitAny: Kysely says what its rows are.
  async #send(text: string, values: readonly unknown[]): Promise<pg.QueryResult<any>> {
    const given = this.#names?.nameOf(text, values) ?? null;
    if (given === null) return this.client.query(text, [...values]);
    this.#forgetOldPlans();
    const name = this.#generation === 0 ? given : `${given}-${this.#generation}`;
    try {
      return await this.client.query({ name, text, values: [...values] });
    } catch (error) {
      if (codeOf(error) !== OUTDATED_PLAN) throw error;
      this.#generation += 1;
      // Inside of a transaction it is aborted: `inTransaction` runs it again.
      if (this.client.getTransactionStatus() !== 'I') throw error;
      return this.#send(text, values);
    }
  }

  #forgetOldPlans(): void {
    const now = performance.now();
    if (now - this.#plannedAtMs < PLANS_LAST_MS) return;
    this.#plannedAtMs = now;
    this.client.query('discard plans').catch(() => {});
  }

  /** Sends all statements of one turn of the event loop in one system call. */
  #sendTogether(): void {
    const { stream } = this.client.connection;
    if (stream.writableCorked > 0) return;
    stream.cork();
    process.nextTick(() => stream.uncork());
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
