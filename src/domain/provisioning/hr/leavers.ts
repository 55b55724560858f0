import { safetyLimit } from '../../runs/safety-limit.ts';

/** More people than this are never disabled within 24 hours without a person's word (provisioning.md §6). */
export const LEAVERS_UNCONFIRMED_MAX = 200;

/** Settings and facts that say how many may be disabled by themselves. */
export interface LeaverLimits {
  readonly thresholdCount: number;
  readonly thresholdPercent: number;
  /** People of HR who work here. */
  readonly activePeople: number;
}

/** How many people may be disabled within 24 hours without a confirmation: the larger threshold, 200 at most. */
export function leaverLimit({ thresholdCount, thresholdPercent, activePeople }: LeaverLimits): number {
  const thresholds = { count: thresholdCount, percent: thresholdPercent };
  return Math.min(LEAVERS_UNCONFIRMED_MAX, safetyLimit(thresholds, activePeople));
}

/** True when HR says that a person left: another status than the valid ones, or a last day that is over. */
export function isLeaver(
  person: { readonly employeeStatus: string; readonly disableDate: string | null },
  options: {
    readonly validStatuses: readonly string[];
    /** In Shanghai, `YYYY-MM-DD`. */
    readonly today: string;
  },
): boolean {
  if (!options.validStatuses.includes(person.employeeStatus)) return true;
  return person.disableDate !== null && person.disableDate < options.today;
}
