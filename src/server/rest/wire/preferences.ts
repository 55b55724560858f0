/** Preferences of a caller, from the header `Prefer` (RFC 7240). */
export interface Preferences {
  /** Good rows are taken though others are bad. */
  readonly lenient: boolean;
  /** Seconds that the answer may wait for the end; null: not given. */
  readonly waitSeconds: number | null;
  /** The answer must not wait. */
  readonly respondAsync: boolean;
}

/** Longest wait a caller may ask for: proxies and clients give up at about five minutes. */
export const WAIT_SECONDS_MAX = 300;

/** Reads `Prefer`; unknown preferences are ignored, as the standard wants it. */
export function readPreferences(header: string | readonly string[] | undefined): Preferences {
  const preferences = [header ?? []]
    .flat()
    .join(',')
    .split(/[,;]/)
    .map((part) =>
      part
        .trim()
        .toLowerCase()
        .replaceAll('"', '')
        .split(/\s*=\s*/),
    );
  const preferred = (name: string) => preferences.find(([key]) => key === name)?.[1];
  const wait = preferred('wait');
  return {
    lenient: preferred('handling') === 'lenient',
    waitSeconds:
      wait === undefined || !/^\d{1,9}$/.test(wait) ? null : Math.min(Number(wait), WAIT_SECONDS_MAX),
    respondAsync: preferences.some(([key]) => key === 'respond-async'),
  };
}
