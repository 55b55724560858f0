import pg from 'pg';
import { SESSION_OPTIONS } from '../../entities/session.ts';
import type { Logger } from '../../logger.ts';

/** First key of our advisory locks for slots; the second is made of the system and the slot's number. */
const LOCK_CLASS = 4_105_023;
const SLOTS_PER_SYSTEM = 1_000;
/** Application name of connections that hold slots, by which a silent one is found. */
const APPLICATION = 'accountsync-slots';
/** The same times as the heartbeats and leases of jobs. */
const SIGN_OF_LIFE_EVERY_MS = 5_000;
const SILENT_AFTER_MS = 15_000;

/**
 * Slots of each system that hold over all processes: slot n of a system is a session advisory lock on one direct
 * connection, so a process that dies gives its slots back with its connection. A machine that freezes or loses its
 * network leaves a connection that Postgres keeps for hours. Therefore holders send a sign of life on it, and a
 * process that is short of slots ends the connections that have sent none.
 */
export class SharedSlots {
  readonly #connectionConfig: pg.ClientConfig;
  readonly #logger: Logger;
  readonly #systems: readonly string[];
  readonly #silentAfterMs: number;
  readonly #owned = new Map<string, Set<number>>();
  #signs: NodeJS.Timeout | null = null;
  #soughtAt = 0;
  #client: Promise<pg.Client> | null = null;
  /** Counts connections: late answers of an earlier one are ignored. */
  #connection = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: {
    /** Connects to Postgres itself, not through a pooler. */
    readonly connection: pg.ClientConfig;
    readonly systems: readonly string[];
    readonly logger: Logger;
    /** How long a holder may be silent. */
    readonly silentAfterMs?: number;
  }) {
    this.#silentAfterMs = options.silentAfterMs ?? SILENT_AFTER_MS;
    this.#connectionConfig = options.connection;
    this.#systems = options.systems;
    this.#logger = options.logger;
  }

  owned(system: string): number {
    return this.#owned.get(system)?.size ?? 0;
  }

  /**
   * Tries to own `wanted` of the system's `limit` slots; returns how many are owned now. Slots above a lowered limit
   * are given back even while their jobs run: no process can take those.
   */
  grow(system: string, options: { readonly wanted: number; readonly limit: number }): Promise<number> {
    const enough = options.wanted <= this.owned(system);
    if (enough && this.#above(system, options.limit).length === 0) return Promise.resolve(this.owned(system));
    return this.#inTurn(() => this.#grow(system, options));
  }

  /** Gives back all but `keep` slots. */
  shrink(system: string, keep: number): Promise<void> {
    if (this.owned(system) <= keep) return Promise.resolve();
    return this.#inTurn(() => {
      const highestFirst = [...this.#ownedSet(system)].sort((a, b) => b - a);
      return this.#giveBack(system, highestFirst.slice(0, Math.max(0, highestFirst.length - keep)));
    });
  }

  /** One statement at a time: the lanes share the connection. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => {});
    return result;
  }

  async #grow(system: string, options: { readonly wanted: number; readonly limit: number }): Promise<number> {
    await this.#giveBack(system, this.#above(system, options.limit));
    const missing = options.wanted - this.owned(system);
    if (missing <= 0) return this.owned(system);
    const client = await this.#connect();
    const owned = this.#ownedSet(system);
    const connection = this.#connection;
    const { rows } = await client.query<{ slot: number }>(
      `with free as materialized (
         select slot from generate_series(1, $2::int) as slot where slot <> all($3::int[]))
       select slot from free where pg_try_advisory_lock(${LOCK_CLASS}, $1::int + slot) limit $4::int`,
      [this.#base(system), options.limit, [...owned], missing],
    );
    // The connection may have been lost by now, and with it every slot, these among them.
    if (connection === this.#connection) for (const { slot } of rows) owned.add(slot);
    if (rows.length < missing) await this.#endSilent(client);
    return this.owned(system);
  }

  /** Ends the connections of silent holders; their slots become free. */
  async #endSilent(client: pg.Client): Promise<void> {
    if (performance.now() - this.#soughtAt < this.#silentAfterMs / 3) return;
    this.#soughtAt = performance.now();
    const { rowCount } = await client.query(
      `select pg_terminate_backend(a.pid) from pg_stat_activity a
       where a.datname = current_database() and a.usename = current_user and a.application_name = $1
         and a.pid <> pg_backend_pid() and a.state_change < clock_timestamp() - $2 * interval '1 millisecond'
         and exists (select 1 from pg_locks l where l.pid = a.pid and l.locktype = 'advisory'
           and l.classid = ${LOCK_CLASS})`,
      [APPLICATION, this.#silentAfterMs],
    );
    if (rowCount !== null && rowCount > 0)
      this.#logger.warn(
        { connections: rowCount },
        'slots of processes that gave no sign of life were taken back',
      );
  }

  async #giveSign(): Promise<void> {
    if ([...this.#owned.values()].every((slots) => slots.size === 0)) return;
    const client = await this.#client;
    // The event of a lost connection is handled elsewhere.
    await client?.query('select 1').catch(() => {});
  }

  async #giveBack(system: string, slots: readonly number[]): Promise<void> {
    if (slots.length === 0) return;
    const client = await this.#connect();
    await client.query(
      `select pg_advisory_unlock(${LOCK_CLASS}, $1::int + slot) from unnest($2::int[]) as slot`,
      [this.#base(system), slots],
    );
    const owned = this.#ownedSet(system);
    for (const slot of slots) owned.delete(slot);
  }

  #above(system: string, limit: number): number[] {
    return [...this.#ownedSet(system)].filter((slot) => slot > limit);
  }

  async close(): Promise<void> {
    if (this.#signs !== null) clearInterval(this.#signs);
    const client = await this.#client?.catch(() => null);
    this.#forget();
    await client?.end();
  }

  #ownedSet(system: string): Set<number> {
    const owned = this.#owned.get(system) ?? new Set<number>();
    this.#owned.set(system, owned);
    return owned;
  }

  #base(system: string): number {
    return this.#systems.indexOf(system) * SLOTS_PER_SYSTEM;
  }

  /** A lost connection has lost its locks: everything is acquired anew. */
  #connect(): Promise<pg.Client> {
    this.#client ??= this.#open().catch((error: unknown) => {
      this.#forget();
      throw error;
    });
    return this.#client;
  }

  async #open(): Promise<pg.Client> {
    this.#signs ??= setInterval(
      () => void this.#inTurn(() => this.#giveSign()).catch(() => {}),
      Math.min(SIGN_OF_LIFE_EVERY_MS, this.#silentAfterMs / 3),
    ).unref();
    const client = new pg.Client({
      ...this.#connectionConfig,
      application_name: APPLICATION,
      options: SESSION_OPTIONS,
      keepAlive: true,
    });
    const connection = this.#connection;
    const lost = (error?: unknown) => {
      if (connection !== this.#connection) return;
      this.#forget();
      this.#logger.warn({ error }, 'the connection that holds the slots was lost; they are taken anew');
    };
    client.on('error', lost);
    client.on('end', () => lost());
    await client.connect();
    return client;
  }

  #forget(): void {
    this.#connection += 1;
    this.#client = null;
    this.#owned.clear();
  }
}
