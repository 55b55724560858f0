/** HR's clock: Asia/Shanghai, eight hours ahead of UTC all year since 1991 (upstream-apis.md §9). */
const OFFSET_MS = 8 * 3_600_000;

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const WALL_TIME = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)$/;
const INSTANT = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;

/** What a clock on a wall in Shanghai shows, `YYYY-MM-DD HH:MM:SS`; fractions of a second are dropped. */
export function shanghaiWallTime(epochMs: number): string {
  return new Date(epochMs + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** A moment in RFC 3339 (UTC) from wall time, a date (its midnight) or an instant with zone; null when unreadable. */
export function readShanghaiMoment(text: string): string | null {
  if (INSTANT.test(text)) return momentOf(text.replace(' ', 'T'));
  const [, date = text, time = '00:00:00'] = WALL_TIME.exec(text) ?? [];
  return isDate(date) ? momentOf(`${date}T${time}+08:00`) : null;
}

/** The date in Shanghai of a date, wall time or instant; null when unreadable. */
export function readShanghaiDate(text: string): string | null {
  if (isDate(text)) return text;
  const moment = readShanghaiMoment(text);
  return moment === null ? null : shanghaiWallTime(Date.parse(moment)).slice(0, 10);
}

function momentOf(text: string): string | null {
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) ? null : new Date(epochMs).toISOString();
}

/** True for days that exist in the calendar, from the year 1 on. */
function isDate(text: string): boolean {
  const [, year = '', month = '', day = ''] = DATE.exec(text) ?? [];
  if (Number(year) < 1) return false;
  const parsed = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === text;
}
