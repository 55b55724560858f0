// As Postgres prints timestamptz in a session at UTC: `2026-11-22 03:28:16.023127+00`.
const POSTGRES_UTC = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/;
// With three digits of a second or more, as nearly all.
const MILLISECONDS_LENGTH = '2026-11-22 03:28:16.023+00'.length;
// RFC 3339: a zone is required, `T` and `Z` may be lower case.
const RFC_3339 = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;

/**
 * A moment as RFC 3339 in UTC with milliseconds, `2026-11-22T03:28:16.023Z`, from a Date or from the text Postgres
 * prints. Text at UTC is cut, not parsed: lists of rows have thousands of them.
 * @throws TypeError when the value is no moment.
 */
export function formatDateTime(value: Date | string): string {
  if (typeof value === 'string' && POSTGRES_UTC.test(value)) {
    if (value.length >= MILLISECONDS_LENGTH) return `${value.slice(0, 10)}T${value.slice(11, 23)}Z`;
    const fraction = value.slice(19, -3).slice(1, 4).padEnd(3, '0');
    return `${value.slice(0, 10)}T${value.slice(11, 19)}.${fraction}Z`;
  }
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime())) throw new TypeError(`Not a moment: ${String(value).slice(0, 64)}`);
  return moment.toISOString();
}

/** The same moment in UTC with the digits that were given; null when the text is not RFC 3339 or no such day exists. */
export function parseDateTime(text: string): string | null {
  const match = RFC_3339.exec(text);
  if (match === null) return null;
  const [, day = '', time = '', fraction = '', zone = ''] = match;
  // JavaScript reads 30 February as 2 March; Postgres would refuse it.
  const asUtc = new Date(`${day}T${time}Z`);
  if (Number.isNaN(asUtc.getTime()) || !asUtc.toISOString().startsWith(`${day}T${time}`)) return null;
  const moment = new Date(`${day}T${time}${zone.toUpperCase()}`);
  if (Number.isNaN(moment.getTime()) || moment.getUTCFullYear() < 1 || moment.getUTCFullYear() > 9_999)
    return null;
  return `${moment.toISOString().slice(0, 19)}${fraction.slice(0, 7)}Z`;
}
