/** Both must be exceeded: a share of little is little, and a number of many is. */
export interface SafetyThresholds {
  readonly count: number;
  /** Of all. */
  readonly percent: number;
}

/** The most of `total` that a run may take away without a confirmation: the larger threshold. */
export function safetyLimit({ count, percent }: SafetyThresholds, total: number): number {
  return Math.max(count, Math.floor((total * percent) / 100));
}
