/** How far the charts of the overview go back. */
export const HOURS = 24;
const HOUR_MS = 3_600_000;

/** When each of the last hours begins, the present one last. */
export function lastHours(): readonly number[] {
  const present = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  return Array.from({ length: HOURS }, (_, index) => present - (HOURS - 1 - index) * HOUR_MS);
}
