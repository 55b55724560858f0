/** Shortest pause: less than a second is pointless, and a vendor that says 0 still asks for a pause. */
const SHORTEST_PAUSE_MS = 1_000;
/** Above a quarter of an hour the wait belongs to a person; a clock that is wrong must not stop us for years. */
const LONGEST_PAUSE_MS = 15 * 60 * 1_000;

const SECONDS = /^\d+(\.\d+)?$/;

/**
 * How long a `Retry-After` header asks us to wait, in milliseconds, clamped to 1 s … 15 min (provisioning.md §5).
 * Both forms of RFC 9110 are read: seconds, and an HTTP date relative to `now`. Null when the header is missing
 * or says nothing that can be read.
 */
export function parseRetryAfter(header: string | null | undefined, now: Date): number | null {
  const text = header?.trim() ?? '';
  if (text === '') return null;
  if (SECONDS.test(text)) return clamp(Number(text) * 1_000);
  // `Date.parse` reads "-5" and other scraps as years; an HTTP date always names a month.
  const at = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : clamp(at - now.getTime());
}

function clamp(pauseMs: number): number {
  return Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, pauseMs));
}
