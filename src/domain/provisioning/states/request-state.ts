import { finalItemStatuses, type ItemStatus, type RequestStatus } from './states.ts';

/** How many items of a request are in each state. */
export type ItemCounts = Readonly<Partial<Record<ItemStatus, number>>>;

/** The state of a request from the states of its items (provisioning.md §2). */
export function deriveRequestStatus(counts: ItemCounts): RequestStatus {
  const count = (status: ItemStatus): number => counts[status] ?? 0;
  const total = Object.values(counts).reduce((sum, value) => sum + value, 0);
  const final = finalItemStatuses.reduce((sum, status) => sum + count(status), 0);
  if (final < total) return count('PENDING') === total ? 'PENDING' : 'PROCESSING';
  if (count('FAILED') > 0) return count('COMPLETED') > 0 ? 'PARTIAL_FAILED' : 'FAILED';
  return count('CANCELLED') > 0 ? 'CANCELLED' : 'COMPLETED';
}

/** 0 to 100: settled wanted accounts of all wanted accounts; a request without any is done. */
export function progressPercent(options: {
  readonly settledAccounts: number;
  readonly totalUsers: number;
  readonly systems: number;
}): number {
  const wanted = options.totalUsers * options.systems;
  if (wanted === 0) return 100;
  // Never shown as done before it is: rounding down keeps 99.99 below 100.
  return Math.floor((options.settledAccounts / wanted) * 10_000) / 100;
}
