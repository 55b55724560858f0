import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Visibility } from '../../../domain/access/visibility.ts';
import type { RequestStatus } from '../../../domain/provisioning/states/states.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { RequestCountShape } from '../requests/requests.ts';
import { advance, type ProgressState } from './progress-event.ts';
import { readProgresses } from './read-progress.ts';
import type { HubEvent, RequestChange } from './request-hub.ts';

/** Requests that one event shows; the count says how many there were. */
const SHOWN_MAX = 100;

/** The requests that a subscriber watches, and may. */
export interface WatchedRequests {
  readonly originSystem: string | null;
  /** Null: any state. */
  readonly status: readonly RequestStatus[] | null;
  readonly sees: Visibility;
}

/** Backs the type `RequestsProgress`. */
export interface RequestsProgressEvent {
  readonly changed: readonly ProgressState[];
  readonly changedCount: number;
  readonly counts: readonly RequestCountShape[];
  /** The present state, not what changed. */
  readonly snapshot: boolean;
  readonly truncated: boolean;
}

/** The present state: the newest of these requests, and how many there are. */
export async function readWatched(
  db: Sql,
  watched: WatchedRequests,
  hub: HubEvent,
): Promise<RequestsProgressEvent> {
  const snapshots = await readProgresses(db, conditionOf(watched), SHOWN_MAX);
  const changed = snapshots.map((snapshot) => advance(null, snapshot, Date.now()));
  const counts = countsOf(watched, hub, changed);
  const changedCount = counts.reduce((sum, { count }) => sum + count, 0);
  return { changed, changedCount, counts, snapshot: true, truncated: false };
}

/** The part of an event that concerns a filter; null: none. */
export function narrow(event: HubEvent, watched: WatchedRequests): RequestsProgressEvent | null {
  const changes = event.changes.filter((change) => concerns(change, watched));
  if (changes.length === 0) return null;
  const changed = changes.map(({ progress }) => progress);
  return {
    changed: changed.slice(0, SHOWN_MAX),
    changedCount: changed.length,
    counts: countsOf(watched, event, changed),
    snapshot: false,
    truncated: event.truncated,
  };
}

/** Also requests that have just left the watched states, once. */
function concerns(
  { progress: { request }, previousStatus }: RequestChange,
  watched: WatchedRequests,
): boolean {
  const { originSystem, status, sees } = watched;
  if (originSystem !== null && request.origin_system !== originSystem) return false;
  if (!isVisible(request, sees)) return false;
  return status === null || status.some((one) => one === request.status || one === previousStatus);
}

function isVisible(
  request: { readonly origin_system: string; readonly request_id: string },
  sees: Visibility,
): boolean {
  switch (sees.kind) {
    case 'everything':
      return true;
    case 'origins':
      return sees.originSystems.includes(request.origin_system);
    case 'request':
      return request.request_id === sees.requestId;
  }
}

function countsOf(
  { originSystem, status, sees }: WatchedRequests,
  hub: HubEvent,
  seen: readonly ProgressState[],
): RequestCountShape[] {
  // Who sees one request counts that one.
  const rows =
    sees.kind === 'request'
      ? seen.map(({ request }) => ({ ...request, count: 1 }))
      : hub.counts.filter((row) => isVisible({ ...row, request_id: '' }, sees));
  const counts = new Map<RequestStatus, number>();
  for (const row of rows) {
    if (originSystem !== null && row.origin_system !== originSystem) continue;
    if (status !== null && !status.includes(row.status)) continue;
    counts.set(row.status, (counts.get(row.status) ?? 0) + row.count);
  }
  return [...counts].map(([one, count]) => ({ status: one, count }));
}

function conditionOf({ originSystem, status, sees }: WatchedRequests): RawBuilder<SqlBool> {
  const conditions: RawBuilder<SqlBool>[] = [sql`true`];
  if (originSystem !== null) conditions.push(sql`r.origin_system = ${originSystem}`);
  if (status !== null) conditions.push(sql`r.status = any(${[...status]}::text[])`);
  if (sees.kind === 'origins')
    conditions.push(sql`r.origin_system = any(${[...sees.originSystems]}::text[])`);
  if (sees.kind === 'request') conditions.push(sql`r.request_id = ${sees.requestId}`);
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}

/** One subscriber's events. An object rather than a generator: `return` must not wait for a pending `next`. */
export class WatchedEvents implements AsyncIterableIterator<RequestsProgressEvent, undefined> {
  readonly #source: AsyncIterableIterator<HubEvent, undefined>;
  readonly #narrow: (event: HubEvent) => RequestsProgressEvent | null;
  #first: RequestsProgressEvent | null;

  constructor(options: {
    readonly source: AsyncIterableIterator<HubEvent, undefined>;
    readonly first: RequestsProgressEvent;
    /** Gives the same object for the same event and filter, so that its execution can be shared. */
    readonly narrow: (event: HubEvent) => RequestsProgressEvent | null;
  }) {
    this.#source = options.source;
    this.#first = options.first;
    this.#narrow = options.narrow;
  }

  async next(): Promise<IteratorResult<RequestsProgressEvent, undefined>> {
    if (this.#first !== null) {
      const value = this.#first;
      this.#first = null;
      return { done: false, value };
    }
    for (;;) {
      const step = await this.#source.next();
      if (step.done === true) return { done: true, value: undefined };
      const value = this.#narrow(step.value);
      if (value !== null) return { done: false, value };
    }
  }

  async return(): Promise<IteratorResult<RequestsProgressEvent, undefined>> {
    await this.#source.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
