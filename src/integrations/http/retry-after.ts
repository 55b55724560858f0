/** Shortest pause: less than a second is pointless, and a vendor that says 0 still asks for a pause. */
const SHORTEST_PAUSE_MS = 1_000;
/** Above a quarter of an hour the wait belongs to a person; a clock that is wrong must not stop us for years. */
const LONGEST_PAUSE_MS = 15 * 60 * 1_000;

const SECONDS = /^\d+(\.\d+)?s?$/i;
/** `2026-11-22T03:00:00Z`; without a zone it is UTC, as all of HTTP. */
const TIMESTAMP = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i;
/** Two gateways put their values into one line; the comma of an HTTP date stands behind the name of a day. */
const BETWEEN_VALUES = /\s*(?<!(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)[,;]\s*/i;

/**
 * How long a `Retry-After` header asks us to wait, in milliseconds, clamped to 1 s … 15 min (provisioning.md §5): the
 * longest of its values, each seconds (`120`, `2.128`, `120s`), an HTTP date or a timestamp relative to `now`. Null
 * when the header is missing or says nothing that can be read.
 */
export function parseRetryAfter(
  header: string | readonly string[] | null | undefined,
  now: Date,
): number | null {
  const lines = typeof header === 'string' ? [header] : (header ?? []);
  const pauses = lines
    .flatMap((line) => line.split(BETWEEN_VALUES))
    .map((value) => pauseOf(value.trim(), now))
    .filter((pause) => pause !== null);
  return pauses.length === 0 ? null : clamp(Math.max(...pauses));
}

function pauseOf(text: string, now: Date): number | null {
  if (SECONDS.test(text)) return Number.parseFloat(text) * 1_000;
  const at = TIMESTAMP.test(text) ? timestampOf(text) : httpDateOf(text);
  return Number.isNaN(at) ? null : at - now.getTime();
}

function timestampOf(text: string): number {
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`;
  return Date.parse(zoned.replace(' ', 'T'));
}

/** `Date.parse` reads "-5" and other scraps as years; an HTTP date always names a month. */
function httpDateOf(text: string): number {
  return /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
}

function clamp(pauseMs: number): number {
  return Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, pauseMs));
}
