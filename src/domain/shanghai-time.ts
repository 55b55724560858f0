/**
 * HR's clock: Asia/Shanghai (upstream-apis.md §9), by the table of time zones: eight hours ahead of UTC since 1992, nine
 * in the summers of 1986 to 1991, and something else before 1901 and in the forties.
 */
const ZONE = 'Asia/Shanghai';
const OFFSET_MS = 8 * 3_600_000;
/** From this time on the offset is constant and the table is not needed. */
const STEADY_SINCE_MS = Date.UTC(1992, 0, 1);

const DATE = /^(\d{1,4})-(\d{1,2})-(\d{1,2})$/;
const WALL_TIME = /^(\d{1,4}-\d{1,2}-\d{1,2})[ T]+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?$/;
/** Midnight with an offset other than UTC's: the day that is meant is the one that is written. */
const MIDNIGHT = /^(\d{4}-\d\d-\d\d)[ T]00:00(?::00(?:\.0+)?)?[+-]\d\d:?\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/i;
/** Dates that systems write in place of "none": the beginning of their calendar, or its end. */
const FIRST_REAL_YEAR = 1901;
const FIRST_ENDLESS_YEAR = 2100;
const OTHER_NONE = new Set(['1970-01-01', '2099-12-31', '2099-12-30', '2099-01-01']);
/** Epochs in seconds and in milliseconds: no other date is written with that many digits. */
const EPOCH_SECONDS = /^-?\d{9,10}$/;
const EPOCH_MS = /^-?\d{11,15}$/;
/** Words for a day that never comes or is not known. */
const NONE =
  /^(?:null|nil|nan|none|undefined|n\/a|#n\/a|\\n|-+|—+|\/|无|無|空|暂无|永久|长期|長期|至今|无期限|无固定期限|未定|待定)$/i;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const clock = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  calendar: 'gregory',
  era: 'short',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** The local time in Shanghai, `YYYY-MM-DD HH:MM:SS`, without fractions of a second. */
export function shanghaiWallTime(epochMs: number): string {
  return new Date(epochMs + offsetAt(epochMs)).toISOString().slice(0, 19).replace('T', ' ');
}

/**
 * A moment in RFC 3339 (UTC) from wall time, a date (its midnight), an instant with zone, or an epoch in seconds or
 * milliseconds; null when unreadable. Dates may be written with `-`, `/`, `.`, `年月日` or nothing between.
 */
export function readShanghaiMoment(given: string): string | null {
  const text = plain(given);
  if (INSTANT.test(text)) return momentOf(Date.parse(text.replace(' ', 'T')));
  if (EPOCH_MS.test(text)) return momentOf(Number(text));
  if (EPOCH_SECONDS.test(text)) return momentOf(Number(text) * 1_000);
  const [, date = text, hour = '0', minute = '00', second = '00'] = WALL_TIME.exec(text) ?? [];
  const day = dateOf(date);
  if (day === null || Number(hour) > 24) return null;
  const wallMs = Date.parse(`${day}T${hour.padStart(2, '0')}:${minute}:${second}Z`);
  if (Number.isNaN(wallMs)) return null;
  // The offset that holds there; twice, for what lies beside a change of it.
  const near = wallMs - offsetAt(wallMs - OFFSET_MS);
  return momentOf(wallMs - offsetAt(near));
}

/** The date in Shanghai of a date, wall time or instant; null when unreadable. */
export function readShanghaiDate(given: string): string | null {
  const text = plain(given);
  const day = dateOf(MIDNIGHT.exec(text)?.[1] ?? text);
  if (day !== null) return day;
  const moment = readShanghaiMoment(given);
  return moment === null ? null : shanghaiWallTime(Date.parse(moment)).slice(0, 10);
}

/**
 * True for what systems write when there is no date: `0000-00-00`, the first days of their calendars (0001, 1753, 1899,
 * 1900, 1970), and days that never come (2099-12-31, 4712-12-31, 9999-12-31).
 */
export function isNoDate(given: string): boolean {
  const text = plain(given);
  if (NONE.test(text)) return true;
  if (/^0*$/.test(text.replace(/[-/: T.Z]/gi, ''))) return true;
  const [, written] = /^(\d{4})-\d{1,2}-\d{1,2}/.exec(text) ?? [];
  if (written !== undefined && isBeyond(Number(written))) return true;
  const date = readShanghaiDate(text);
  return date !== null && (isBeyond(Number(date.slice(0, 4))) || OTHER_NONE.has(date));
}

function isBeyond(year: number): boolean {
  return year < FIRST_REAL_YEAR || year >= FIRST_ENDLESS_YEAR;
}

/** `Jul 1, 1988`, `01-JUL-1988`, `Fri Jul 01 00:00:00 CST 1988`: with its name a month cannot be taken for a day. */
function monthByName(text: string): string {
  const [, before, name = '', after, time = '', year] =
    /^(?:[a-z]{3,9},?\s+)?(\d{1,2}(?=[ -]))?[ -]?([a-z]{3,9})\.?[ -](?:(\d{1,2})(?!\d),?\s*)?(?:(\d\d:\d\d:\d\d)\s+(?:[a-z]{3,4}(?:[+-]\d\d:?\d\d)?\s+)?)?(\d{4})$/i.exec(
      text,
    ) ?? [];
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  const day = before ?? after;
  if (month === 0 || day === undefined || year === undefined) return text;
  return `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}${time === '' ? '' : ` ${time}`}`;
}

/** `1988/7/1`, `1988年7月1日`, `19880701`, `20260301100000`, `/Date(583686000000)/` in the one form. */
function plain(text: string): string {
  const epoch = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(text.trim())?.[1];
  if (epoch !== undefined) return epoch;
  return (
    monthByName(text.normalize('NFKC').trim())
      .replace(/(?<=\d)[‐‑‒–—](?=\d)/g, '-')
      .replace(
        /^(\d{4})(\d\d)(\d\d)(?:[ T]?(\d\d)(\d\d)(\d\d))?$/,
        (_, year, month, day, hour, minute, second) =>
          hour === undefined
            ? `${year}-${month}-${day}`
            : `${year}-${month}-${day} ${hour}:${minute}:${second}`,
      )
      .replace(/^(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})(?:\s*[日号號])?/, '$1-$2-$3')
      // A day of XML with its zone: midnight there is the same day in Shanghai.
      .replace(/^(\d{4}-\d\d-\d\d)(?:Z|\+0[08]:?00)$/i, '$1')
      .replace(/^(\d{4}-)(\d)(?=-)/, '$10$2')
      .replace(/^(\d{4}-\d\d-)(\d)(?!\d)/, '$10$2')
      .trim()
  );
}

function offsetAt(epochMs: number): number {
  if (epochMs >= STEADY_SINCE_MS) return OFFSET_MS;
  const parts = new Map(clock.formatToParts(epochMs).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const year = parts.get('era')?.startsWith('B') === true ? 1 - part('year') : part('year');
  const wall = new Date(0);
  wall.setUTCFullYear(year, part('month') - 1, part('day'));
  wall.setUTCHours(part('hour'), part('minute'), part('second'), 0);
  return wall.getTime() - Math.floor(epochMs / 1_000) * 1_000;
}

function momentOf(epochMs: number): string | null {
  return Number.isNaN(epochMs) || Math.abs(epochMs) > 8.64e15 ? null : new Date(epochMs).toISOString();
}

/** A day that exists in the calendar, from the year 1 on, as `YYYY-MM-DD`. */
function dateOf(text: string): string | null {
  const [, year = '', month = '', day = ''] = DATE.exec(text) ?? [];
  if (year.length !== 4 || Number(year) < 1) return null;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const parsed = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === written ? written : null;
}
