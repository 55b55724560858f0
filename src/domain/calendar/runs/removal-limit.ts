import { safetyLimit } from '../../runs/safety-limit.ts';

/** Fewer removals are the daily life of a school; a larger share looks like a broken source (calendar.md §7). */
const THRESHOLDS = { count: 20, percent: 20 } as const;

/** How many of one kind a run would remove, and of how many. */
export interface Removals {
  readonly removed: number;
  readonly total: number;
}

/** True for removals that a person must confirm. */
export function needsConfirmation({ removed, total }: Removals): boolean {
  return removed > removalLimit(total);
}

/** The most that goes without asking. */
export function removalLimit(total: number): number {
  return safetyLimit(THRESHOLDS, total);
}
