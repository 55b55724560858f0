/** A moment as the documents of the first system showed it: `2026-11-22T02:00:00.000Z`. */
export function utcTime(time: string | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The same moment as its code printed it: on the clock of the zone, `2026-11-22T10:00:00.000+08:00`. */
export function zonedTime(time: string | null, zone: string): string | null {
  if (time === null) return null;
  const moment = new Date(time);
  const { year, month, day, hour, minute, second, fractionalSecond, timeZoneName } = Object.fromEntries(
    formatOf(zone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );
  const offset = timeZoneName === 'GMT' ? '+00:00' : timeZoneName?.slice(3);
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.${fractionalSecond}${offset}`;
}

/** Made once: making one costs a thousand times as much as using it. */
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    });
    formats.set(zone, format);
  }
  return format;
}

const MOMENT =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?))?\s*(Z|[+ -]\d{2}:?\d{2})?$/i;

/**
 * A moment that a caller wrote; without an offset it is on the clock of the zone. A plus that a query string turned
 * into a space is read as one. Null: it is none.
 */
export function parseMoment(text: string, zone: string): Date | null {
  const [, day, time = '00:00', offset] = MOMENT.exec(text.trim()) ?? [];
  if (day === undefined) return null;
  const given = offset === undefined ? null : offset.replace(' ', '+').toUpperCase();
  const moment = new Date(`${day}T${time}${given === null ? 'Z' : withColon(given)}`);
  if (Number.isNaN(moment.getTime())) return null;
  if (given !== null) return moment;
  const shown = zonedTime(moment.toISOString(), zone);
  const shift = shown === null ? 0 : Date.parse(`${shown.slice(0, 23)}Z`) - moment.getTime();
  return new Date(moment.getTime() - shift);
}

function withColon(offset: string): string {
  return offset === 'Z' || offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`;
}
