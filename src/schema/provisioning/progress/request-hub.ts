import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { RequestStatus } from '../../../domain/provisioning/states/states.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { ChangeFeed } from '../../../jobs/kit/change-feed.ts';
import { SharedReader } from '../../streams/shared-reader.ts';
import { advance, isSame, type ProgressState } from './progress-event.ts';
import { readProgresses } from './read-progress.ts';

/** Requests of one read, and requests whose last state is kept for slow subscribers. */
const READ_MAX = 500;
const REMEMBERED_MAX = 1_000;
/** Open requests whose state is known, so that leaving it can be told. */
const STATUSES_MAX = 20_000;
/** Notifications may be lost, and transactions commit in another order than they stamp. */
const OVERLAP_SECONDS = 5;

/** A request that changed. */
export interface RequestChange {
  /** Counts the reads that found changes. */
  readonly sequence: number;
  readonly progress: ProgressState;
  /** The previous status; null when that is not known. */
  readonly previousStatus: RequestStatus | null;
}

/** How many requests of an origin system are in a state. */
export interface OriginCount {
  readonly origin_system: string;
  readonly status: RequestStatus;
  readonly count: number;
}

/** Requests at one moment that changed since the first subscriber came. */
export interface HubState {
  readonly sequence: number;
  /** The latest change of each request, newest first. */
  readonly log: readonly RequestChange[];
  readonly counts: readonly OriginCount[];
  /** The database's clock when this was read. */
  readonly readAt: string;
}

/** The changes between two moments, for all filters alike. */
export interface HubEvent {
  readonly changes: readonly RequestChange[];
  readonly counts: readonly OriginCount[];
  /** More changed than is remembered. */
  readonly truncated: boolean;
}

/**
 * Watches all requests for all their subscribers: however many subscribers and filters there are, a burst of changes
 * is read once per process, by two statements. Nothing is read without subscribers.
 */
export class RequestHub {
  readonly #feed: Pick<ChangeFeed, 'subscribe'>;
  readonly #open: () => Sql;
  #reader: SharedReader<HubState, HubEvent> | null = null;

  constructor(options: {
    readonly feed: Pick<ChangeFeed, 'subscribe'>;
    /** Gives a connection of its own for each read. */
    readonly open: () => Sql;
  }) {
    this.#feed = options.feed;
    this.#open = options.open;
  }

  /** Every change from now on; the first event is empty. The caller ends it with `return`. */
  async join(): Promise<AsyncIterableIterator<HubEvent, undefined>> {
    this.#reader ??= this.#begin();
    const events = await this.#reader.join();
    if (events === null) throw new Error('The requests of all times are always there.');
    return events;
  }

  #begin(): SharedReader<HubState, HubEvent> {
    const dirty = new Set<string>();
    const statuses = new Map<string, RequestStatus>();
    const reader: SharedReader<HubState, HubEvent> = new SharedReader(
      {
        read: async (previous) => {
          const state = await readHub(this.#open(), { previous, dirty, statuses });
          // More than one read takes.
          if (dirty.size > 0) reader.touch();
          return state;
        },
        isSame: (before, after) => before.sequence === after.sequence,
        isFinal: () => false,
        toEvent: eventBetween,
      },
      () => {
        stop();
        if (this.#reader === reader) this.#reader = null;
      },
    );
    const stop = this.#feed.subscribe({
      onChange: (change) => {
        if (!('request' in change)) return;
        dirty.add(change.request);
        reader.touch();
      },
      onReconnect: () => reader.touch(),
    });
    return reader;
  }
}

async function readHub(
  db: Sql,
  known: {
    readonly previous: HubState | null;
    readonly dirty: Set<string>;
    readonly statuses: Map<string, RequestStatus>;
  },
): Promise<HubState> {
  const { previous, dirty, statuses } = known;
  const named = [...dirty].slice(0, READ_MAX);
  for (const id of named) dirty.delete(id);
  if (previous === null) {
    const { counts, readAt } = await readCounts(db);
    await learnStatuses(db, statuses);
    // Requests that the overlap of the next read will bring again are known already, so they count as no change.
    const recent = await readProgresses(db, updatedSince(readAt), READ_MAX);
    const log = recent.map((snapshot): RequestChange => {
      const progress = advance(null, snapshot, Date.now());
      return { sequence: 0, progress, previousStatus: null };
    });
    return { sequence: 0, log, counts, readAt };
  }
  try {
    const condition = sql<boolean>`(r.request_id = any(${named}::text[]) or ${updatedSince(previous.readAt)})`;
    const snapshots = await readProgresses(db, condition, 2 * READ_MAX);
    const before = new Map(previous.log.map((change) => [change.progress.request.id, change]));
    const changes = snapshots.flatMap((snapshot): RequestChange[] => {
      const { id, request_id, status } = snapshot.request;
      const last = before.get(id)?.progress ?? null;
      const progress = advance(last, snapshot, Date.now());
      if (last !== null && isSame(last, progress)) return [];
      const previousStatus = last?.request.status ?? statuses.get(request_id) ?? null;
      remember(statuses, request_id, status);
      return [{ sequence: previous.sequence + 1, progress, previousStatus }];
    });
    // Read again because of the overlap, and nothing new about them.
    if (changes.length === 0) return previous;
    const { counts, readAt } = await readCounts(db);
    const changed = new Set(changes.map((change) => change.progress.request.id));
    const rest = previous.log.filter((change) => !changed.has(change.progress.request.id));
    return {
      sequence: previous.sequence + 1,
      log: [...changes, ...rest].slice(0, REMEMBERED_MAX),
      counts,
      readAt,
    };
  } catch (error) {
    for (const id of named) dirty.add(id);
    throw error;
  }
}

function updatedSince(moment: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`r.id = any(array(select id from account_request
    where updated_at > ${moment}::timestamptz - ${OVERLAP_SECONDS}::int * interval '1 second'
    order by updated_at desc limit ${READ_MAX}))`;
}

async function readCounts(
  db: Sql,
): Promise<{ readonly counts: readonly OriginCount[]; readonly readAt: string }> {
  const { rows } = await sql<{ counts: OriginCount[]; readAt: string }>`
    select clock_timestamp()::text as "readAt", coalesce((
      select json_agg(json_build_object('origin_system', g.origin_system, 'status', g.status, 'count', g.count))
      from (select origin_system, status, count(*)::int as count from account_request group by origin_system, status) g
    ), '[]') as counts`.execute(db);
  return rows[0] ?? { counts: [], readAt: 'now' };
}

/** An open request may leave its state while it is watched; a final one hardly ever does. */
async function learnStatuses(db: Sql, statuses: Map<string, RequestStatus>): Promise<void> {
  const { rows } = await sql<{ request_id: string; status: RequestStatus }>`
    select request_id, status from account_request where status in ('PENDING', 'PROCESSING')
    order by id desc limit ${STATUSES_MAX}`.execute(db);
  for (const row of rows) statuses.set(row.request_id, row.status);
}

function remember(statuses: Map<string, RequestStatus>, requestId: string, status: RequestStatus): void {
  statuses.delete(requestId);
  statuses.set(requestId, status);
  const [oldest] = statuses.keys();
  if (statuses.size > STATUSES_MAX && oldest !== undefined) statuses.delete(oldest);
}

function eventBetween(previous: HubState | null, current: HubState): HubEvent {
  const { counts, log } = current;
  if (previous === null) return { changes: [], counts, truncated: false };
  const changes = log.filter((change) => change.sequence > previous.sequence);
  return { changes, counts, truncated: changes.length === REMEMBERED_MAX };
}
