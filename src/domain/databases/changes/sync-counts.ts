/** Counts of changed accounts, of one instance or several. */
export interface DatabaseSyncCounts {
  readonly examined: number;
  readonly created: number;
  readonly refreshed: number;
  readonly unchanged: number;
  readonly changed: number;
  readonly deactivated: number;
  readonly reactivated: number;
  readonly failed: number;
}

export const noCounts: DatabaseSyncCounts = {
  examined: 0,
  created: 0,
  refreshed: 0,
  unchanged: 0,
  changed: 0,
  deactivated: 0,
  reactivated: 0,
  failed: 0,
};

/** The counts of these outcomes; `examined` is the sum of all that were read. */
export function countOutcomes(
  outcomes: readonly ('created' | 'reactivated' | 'changed' | 'refreshed' | 'unchanged')[],
  deactivated: number,
): DatabaseSyncCounts {
  const of = (wanted: (typeof outcomes)[number]) => outcomes.filter((outcome) => outcome === wanted).length;
  return {
    examined: outcomes.length,
    created: of('created'),
    refreshed: of('refreshed'),
    unchanged: of('unchanged'),
    changed: of('changed'),
    reactivated: of('reactivated'),
    deactivated,
    failed: 0,
  };
}

/** The sum of two. */
export function addCounts(a: DatabaseSyncCounts, b: DatabaseSyncCounts): DatabaseSyncCounts {
  return {
    examined: a.examined + b.examined,
    created: a.created + b.created,
    refreshed: a.refreshed + b.refreshed,
    unchanged: a.unchanged + b.unchanged,
    changed: a.changed + b.changed,
    deactivated: a.deactivated + b.deactivated,
    reactivated: a.reactivated + b.reactivated,
    failed: a.failed + b.failed,
  };
}
