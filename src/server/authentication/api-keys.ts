import { timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { hashKey } from '../../domain/access/key-format.ts';
import type { Visibility } from '../../domain/access/visibility.ts';
import type { Sql } from '../../entities/tables.ts';
import type { ChangeFeed } from '../../jobs/kit/change-feed.ts';
import type { Logger } from '../../logger.ts';
import type { Viewer } from '../../schema/context/context.ts';
import { LeastRecentlyUsed } from '../limits/least-recently-used.ts';
import type { Accepted } from './authentication.ts';
import { type Lapse, lapseAt, never } from './lapse.ts';

/**
 * How long a key is trusted without a query: a process that misses notifications still refuses a revoked key within 2
 * s.
 */
const CACHE_MS = 1_000;
/** More keys than portals have, watch tokens included. */
const CACHED_KEYS_MAX = 10_000;
/** `lastUsedAt` is as exact as this; one write per key and minute. */
const USE_NOTED_EVERY_MS = 60_000;
/** How often open connections are rechecked while the database is away. */
const RECHECK_RETRY_MS = 1_000;

interface StoredKey {
  readonly id: string;
  readonly hash: string;
  readonly principal: string;
  readonly scopes: readonly string[];
  readonly origin_systems: readonly string[] | null;
  readonly watched_request: string | null;
  /** By the clock of the database; null: never. */
  readonly rest_ms: number | null;
  readonly unused_ms: number | null;
}

/** A key as it was found, at a moment of `performance.now()`. */
interface FoundKey {
  readonly row: StoredKey | null;
  readonly atMs: number;
  /** Number of change notifications before it was read. */
  readonly changes: number;
}

/** An open socket or stream that depends on a key. */
interface Holder {
  readonly rights: string;
  readonly onLapse: () => void;
  stopTimer: () => void;
}

const selectLiveKeys = sql<StoredKey>`
  select id, hash, principal, scopes, origin_systems, watched_request,
    (extract(epoch from expires_at - clock_timestamp()) * 1000)::float8 as rest_ms,
    (extract(epoch from clock_timestamp() - last_used_at) * 1000)::float8 as unused_ms
  from api_key where revoked_at is null and (expires_at is null or expires_at > clock_timestamp())`;

/** The API keys and watch tokens of the database, as one process knows them. */
export class ApiKeys {
  readonly #db: () => Sql;
  readonly #logger: Logger;
  readonly #found = new LeastRecentlyUsed<string, Promise<FoundKey>>(CACHED_KEYS_MAX);
  readonly #holders = new Map<string, Set<Holder>>();
  readonly #stopListening: () => void;
  #retry: NodeJS.Timeout | null = null;
  #changes = 0;

  constructor(options: {
    readonly db: () => Sql;
    readonly feed: Pick<ChangeFeed, 'subscribe'>;
    readonly logger: Logger;
  }) {
    this.#db = options.db;
    this.#logger = options.logger;
    this.#stopListening = options.feed.subscribe({
      onChange: (change) => {
        if ('apiKey' in change) this.#changed([change.apiKey]);
      },
      onReconnect: () => this.#changed([...this.#holders.keys()]),
    });
  }

  /** Null when it is not a valid key. */
  async accept(key: string): Promise<Omit<Accepted, 'outcome'> | null> {
    const hash = hashKey(key);
    const found = await this.#find(hash);
    const { row, atMs } = found;
    if (row === null || !isSame(row.hash, hash)) return null;
    const deadlineMs = row.rest_ms === null ? null : atMs + row.rest_ms;
    if (deadlineMs !== null && deadlineMs <= performance.now()) return null;
    const expiresAt = deadlineMs === null ? null : new Date(Date.now() + deadlineMs - performance.now());
    return { viewer: viewerOf(row, expiresAt), lapse: this.#lapseOf(row, deadlineMs, found.changes) };
  }

  close(): void {
    this.#stopListening();
    if (this.#retry !== null) clearTimeout(this.#retry);
    for (const holders of this.#holders.values()) for (const holder of holders) holder.stopTimer();
    this.#holders.clear();
  }

  #find(hash: string): Promise<FoundKey> {
    const known = this.#found.get(hash);
    const found = known === undefined ? this.#read(hash) : known.then((key) => this.#fresh(hash, key));
    if (known === undefined) this.#remember(hash, found);
    return found;
  }

  #fresh(hash: string, found: FoundKey): FoundKey | Promise<FoundKey> {
    if (performance.now() - found.atMs < CACHE_MS) return found;
    const again = this.#read(hash);
    this.#remember(hash, again);
    return again;
  }

  /** Caches a key, but not a failed read. */
  #remember(hash: string, found: Promise<FoundKey>): void {
    this.#found.set(hash, found);
    found.catch(() => this.#found.delete(hash));
  }

  async #read(hash: string): Promise<FoundKey> {
    const changes = this.#changes;
    const atMs = performance.now();
    const { rows } = await sql<StoredKey>`${selectLiveKeys} and hash = ${hash}`.execute(this.#db());
    const row = rows[0] ?? null;
    if (row !== null && (row.unused_ms === null || row.unused_ms > USE_NOTED_EVERY_MS)) this.#noteUse(row.id);
    return { row, atMs, changes };
  }

  #noteUse(id: string): void {
    const noted = sql`
      update api_key set last_used_at = clock_timestamp() where id = ${id}::bigint
        and (last_used_at is null or last_used_at < clock_timestamp() - make_interval(secs => ${USE_NOTED_EVERY_MS / 1_000}))`;
    noted
      .execute(this.#db())
      .catch((error: unknown) =>
        this.#logger.warn({ error, apiKey: id }, 'the use of a key could not be noted'),
      );
  }

  #lapseOf(row: StoredKey, deadlineMs: number | null, changes: number): Lapse {
    return (onLapse) => {
      const holders = this.#holders.get(row.id) ?? new Set<Holder>();
      const leave = () => {
        holder.stopTimer();
        holders.delete(holder);
        if (holders.size === 0 && this.#holders.get(row.id) === holders) this.#holders.delete(row.id);
      };
      const end = () => {
        leave();
        onLapse();
      };
      const holder: Holder = { rights: rightsOf(row), onLapse: end, stopTimer: () => {} };
      holder.stopTimer = (deadlineMs === null ? never : lapseAt(deadlineMs))(end);
      holders.add(holder);
      this.#holders.set(row.id, holders);
      // The key may have been revoked since it was read.
      if (changes !== this.#changes) this.#lookAgain([row.id]);
      return leave;
    };
  }

  #changed(ids: readonly string[]): void {
    this.#changes += 1;
    this.#found.clear();
    this.#lookAgain(ids);
  }

  #lookAgain(ids: readonly string[]): void {
    this.#recheck(ids.filter((id) => this.#holders.has(id))).catch((error: unknown) => {
      this.#logger.warn({ error }, 'keys could not be checked again; retrying');
      if (this.#retry !== null) clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.#lookAgain([...this.#holders.keys()]), RECHECK_RETRY_MS);
      this.#retry.unref();
    });
  }

  /** Ends connections whose key is gone or has other rights now; the others get their new deadline. */
  async #recheck(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const atMs = performance.now();
    const { rows } = await sql<StoredKey>`
      ${selectLiveKeys} and id = any(${[...ids]}::bigint[])`.execute(this.#db());
    const live = new Map(rows.map((row) => [row.id, row]));
    for (const id of ids) {
      const row = live.get(id);
      for (const holder of [...(this.#holders.get(id) ?? [])]) {
        holder.stopTimer();
        if (row === undefined || rightsOf(row) !== holder.rights) holder.onLapse();
        else if (row.rest_ms !== null) holder.stopTimer = lapseAt(atMs + row.rest_ms)(holder.onLapse);
      }
    }
  }
}

function isSame(stored: string, given: string): boolean {
  return timingSafeEqual(Buffer.from(stored, 'hex'), Buffer.from(given, 'hex'));
}

function viewerOf(row: StoredKey, expiresAt: Date | null): Viewer {
  return {
    principal: row.principal,
    scopes: new Set(row.scopes),
    sees: visibilityOf(row),
    keyId: row.id,
    expiresAt,
  };
}

function visibilityOf({ origin_systems, watched_request }: StoredKey): Visibility {
  if (watched_request !== null) return { kind: 'request', requestId: watched_request };
  if (origin_systems !== null) return { kind: 'origins', originSystems: origin_systems };
  return { kind: 'everything' };
}

function rightsOf({ principal, scopes, origin_systems, watched_request, hash }: StoredKey): string {
  return JSON.stringify([principal, scopes, origin_systems, watched_request, hash]);
}
