import { sql } from 'kysely';
import {
  addSample,
  estimateRate,
  type ProgressSample,
} from '../../../domain/provisioning/states/progress-rate.ts';
import { isFinalRequest } from '../../../domain/provisioning/states/states.ts';
import type { Sql } from '../../../entities/tables.ts';
import type { Followed } from '../../streams/shared-reader.ts';
import { countsOf, type RequestCounts } from '../rows/request-loaders.ts';
import type { RequestItemRow } from '../rows/rows.ts';
import { type ProgressSnapshot, readProgress } from './read-progress.ts';

/** Items that one event names; the count says how many there were. */
const CHANGED_ITEMS_MAX = 100;

/** A request at one moment, and what was seen of it before. */
export interface ProgressState extends ProgressSnapshot {
  readonly counts: RequestCounts;
  /** Never lower than before within a round. */
  readonly percent: number;
  readonly samples: readonly ProgressSample[];
}

export interface ChangedItems {
  readonly items: readonly RequestItemRow[];
  readonly count: number;
}

/** Backs the type `RequestProgress`; shared by all subscribers who saw the same event before. */
export interface ProgressEvent {
  readonly state: ProgressState;
  readonly ratePerSecond: number | null;
  readonly etaSeconds: number | null;
  readonly final: boolean;
  /** Read when first asked for, once for all who share the event. */
  readonly changedItems: () => Promise<ChangedItems>;
}

/** A request as something to follow. `open` gives a connection of its own for each read. */
export function followRequest(requestId: string, open: () => Sql): Followed<ProgressState, ProgressEvent> {
  return {
    read: async (previous) => {
      const snapshot = await readProgress(open(), requestId);
      return snapshot === null ? null : advance(previous, snapshot, Date.now());
    },
    isSame,
    isFinal: ({ request }) => isFinalRequest(request.status),
    toEvent: (previous, current) => eventOf(previous, current, open),
  };
}

/** Adds what follows from earlier reads: a percentage that does not go back, samples for the rate. */
export function advance(
  previous: ProgressState | null,
  snapshot: ProgressSnapshot,
  nowMs: number,
): ProgressState {
  const { request, totals } = snapshot;
  const counts = countsOf(request, totals);
  const before = previous?.request.round === request.round ? previous : null;
  return {
    ...snapshot,
    counts,
    percent: Math.max(counts.percent, before?.percent ?? 0),
    samples: addSample(before?.samples ?? [], { atMs: nowMs, settledAccounts: counts.settledAccounts }),
  };
}

/** True when a subscriber who saw one need not get the other. */
export function isSame(before: ProgressState, after: ProgressState): boolean {
  const seen = ({ request, totals, tasks, mark }: ProgressState): string =>
    JSON.stringify([request.status, request.round, request.updated_at, mark, totals, tasks]);
  return seen(before) === seen(after);
}

function eventOf(previous: ProgressState | null, current: ProgressState, open: () => Sql): ProgressEvent {
  const { request, samples } = current;
  const final = isFinalRequest(request.status);
  const estimate = estimateRate(samples, {
    totalUsers: request.total_users,
    systems: request.system_list.length,
  });
  let changed: Promise<ChangedItems> | null = null;
  return {
    state: current,
    ratePerSecond: estimate.ratePerSecond,
    etaSeconds: final ? 0 : estimate.etaSeconds,
    final,
    changedItems: () => {
      changed ??= readChangedItems(open(), previous, current);
      return changed;
    },
  };
}

/**
 * Items of one request change under the lock of its row, so their `updated_at` is in the order of the commits and
 * a span of it misses none.
 */
async function readChangedItems(
  db: Sql,
  previous: ProgressState | null,
  current: ProgressState,
): Promise<ChangedItems> {
  if (previous === null || current.mark === null || current.mark === previous.mark)
    return { items: [], count: 0 };
  const since = previous.mark ?? '-infinity';
  const { rows } = await sql<RequestItemRow & { readonly changed: number }>`
    select i.*, count(*) over ()::int as changed from request_item i
    where i.request_id = ${current.request.id}::bigint
      and i.updated_at > ${since}::timestamptz and i.updated_at <= ${current.mark}::timestamptz
    order by i.updated_at desc, i.position limit ${CHANGED_ITEMS_MAX}`.execute(db);
  return { items: rows, count: rows[0]?.changed ?? 0 };
}
