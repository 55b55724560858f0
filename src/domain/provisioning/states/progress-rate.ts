/** How far a request was at a moment. */
export interface ProgressSample {
  readonly atMs: number;
  readonly settledAccounts: number;
}

const WINDOW_MS = 30_000;
// Closer samples say nothing more; with the window this bounds how many are kept.
const SPACING_MS = 250;
// A rate over less is noise.
const SPAN_MIN_MS = 1_000;

/** The samples of the last half minute with one more; the last one before it stays, to measure from. */
export function addSample(samples: readonly ProgressSample[], sample: ProgressSample): ProgressSample[] {
  const secondLast = samples.at(-2);
  const crowded = secondLast !== undefined && sample.atMs - secondLast.atMs < SPACING_MS;
  const kept = crowded ? samples.slice(0, -1) : samples;
  const firstInside = kept.findIndex(({ atMs }) => atMs >= sample.atMs - WINDOW_MS);
  const from = firstInside < 0 ? kept.length - 1 : firstInside - 1;
  return [...kept.slice(Math.max(0, from)), sample];
}

/** People per second over the samples, and the seconds until all are done; null while unknown. */
export function estimateRate(
  samples: readonly ProgressSample[],
  wanted: { readonly totalUsers: number; readonly systems: number },
): { readonly ratePerSecond: number | null; readonly etaSeconds: number | null } {
  const first = samples.at(0);
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.atMs - first.atMs < SPAN_MIN_MS)
    return { ratePerSecond: null, etaSeconds: null };
  const accountsPerSecond =
    ((last.settledAccounts - first.settledAccounts) * 1_000) / (last.atMs - first.atMs);
  const left = wanted.totalUsers * wanted.systems - last.settledAccounts;
  return {
    ratePerSecond: Math.round((accountsPerSecond / wanted.systems) * 100) / 100,
    etaSeconds: accountsPerSecond <= 0 ? null : Math.ceil(left / accountsPerSecond),
  };
}
