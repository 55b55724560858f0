/** Fewer removals than this are the daily life of a school. */
const FEW = 20;
/** A larger share than this looks like a broken source (calendar.md §7). */
const SHARE_PERCENT = 20;

/** How many of one kind a run would remove, and of how many. */
export interface Removals {
  readonly removed: number;
  readonly total: number;
}

/** True when the removals are so many that a person must confirm them. */
export function needsConfirmation({ removed, total }: Removals): boolean {
  return removed > FEW && removed * 100 > total * SHARE_PERCENT;
}

/** The most that goes without asking. */
export function removalLimit(total: number): number {
  return Math.max(FEW, Math.floor((total * SHARE_PERCENT) / 100));
}
