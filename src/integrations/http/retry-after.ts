/** Shortest pause: less than a second is pointless, and a vendor that says 0 still asks for a pause. */
const SHORTEST_PAUSE_MS = 1_000;
/** Above a quarter of an hour the wait belongs to a person; a clock that is wrong must not stop us for years. */
const LONGEST_PAUSE_MS = 15 * 60 * 1_000;

/** `120`, `2.128`, `120s`, `2 minutes`, `500ms`. */
const AMOUNT = /^\+?(\d+\.?\d*|\.\d+)\s*([a-z]*)$/i;
const UNITS_MS: readonly (readonly [name: RegExp, unitMs: number])[] = [
  [/^(?:|s|secs?|seconds?)$/i, 1_000],
  [/^(?:ms|millis|milliseconds?)$/i, 1],
  [/^(?:m|mins?|minutes?)$/i, 60_000],
  [/^(?:h|hrs?|hours?)$/i, 3_600_000],
];
/** `PT2M30S`. */
const DURATION = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/i;
/** From here on a bare number is a moment: seconds of 2001, or their thousandfold. */
const EPOCH_SECONDS = 1_000_000_000;
const EPOCH_MS = 1_000_000_000_000;
const EPOCH_END = 1_000_000_000_000_000;
const MONTH = /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;
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
    .flatMap((line) => line.normalize('NFKC').split(BETWEEN_VALUES))
    .map((value) => pauseOf(value.replace(/["']/g, '').trim(), now))
    .filter((pause) => pause !== null);
  return pauses.length === 0 ? null : clamp(Math.max(...pauses));
}

function pauseOf(text: string, now: Date): number | null {
  const [, amount, unit = ''] = AMOUNT.exec(text) ?? [];
  if (amount !== undefined) {
    const value = Number(amount);
    const unitMs = UNITS_MS.find(([name]) => name.test(unit))?.[1];
    if (unit === '' && value >= EPOCH_SECONDS && value < EPOCH_END)
      return value * (value >= EPOCH_MS ? 1 : 1_000) - now.getTime();
    return unitMs === undefined ? null : value * unitMs;
  }
  const [iso, hours = '0', minutes = '0', seconds = '0'] = DURATION.exec(text) ?? [];
  if (iso !== undefined && iso.length > 2)
    return Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1_000;
  const at = TIMESTAMP.test(text) ? timestampOf(text) : httpDateOf(text);
  return Number.isNaN(at) ? null : at - now.getTime();
}

function timestampOf(text: string): number {
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`;
  return Date.parse(zoned.replace(' ', 'T'));
}

/** `Date.parse` reads "-5" and other scraps as years; an HTTP date always names a month. */
function httpDateOf(text: string): number {
  return MONTH.test(text) ? Date.parse(text) : Number.NaN;
}

function clamp(pauseMs: number): number {
  return Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, pauseMs));
}
