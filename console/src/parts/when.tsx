import { Tooltip } from 'antd';
import { usePreferences } from '../frame/preferences.tsx';

const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-11-30 19:02:34` by the clock of a zone. */
export function showTime(iso: string, zone: string): string {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: zone });
    formats.set(zone, format);
  }
  return format.format(new Date(iso));
}

/** How long ago, or how long still, in the largest unit that says something. */
export function useAgo(): (iso: string) => string {
  const { language } = usePreferences();
  const format = new Intl.RelativeTimeFormat(language === 'EN' ? 'en' : 'zh-CN', {
    numeric: 'always',
    style: 'short',
  });
  return (iso) => {
    const seconds = (Date.parse(iso) - Date.now()) / 1_000;
    const units = [
      ['day', 86_400],
      ['hour', 3_600],
      ['minute', 60],
    ] as const;
    for (const [unit, size] of units)
      if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit);
    return format.format(Math.round(seconds), 'second');
  };
}

const DAY_MS = 86_400_000;

/**
 * A moment: how long ago within a day, else by the clock of the chosen zone; the exact time of both clocks on focus.
 * `exact`: always by the clock, where moments are compared with each other.
 */
export function When({
  at,
  none = '–',
  exact = false,
}: {
  readonly at: string | null | undefined;
  readonly none?: string;
  readonly exact?: boolean;
}) {
  const { zone } = usePreferences();
  const ago = useAgo();
  if (at === null || at === undefined) return <>{none}</>;
  const isNear = Math.abs(Date.parse(at) - Date.now()) < DAY_MS;
  const title = `${showTime(at, zone)} ${zone} · UTC ${showTime(at, 'UTC')}${exact ? ` · ${ago(at)}` : ''}`;
  return (
    <Tooltip title={title}>
      <time dateTime={at} className="when">
        {exact || !isNear ? showTime(at, zone) : ago(at)}
      </time>
    </Tooltip>
  );
}

/** Between two moments, as `1 m 12 s`. */
export function duration(from: string, to: string): string {
  return seconds((Date.parse(to) - Date.parse(from)) / 1_000);
}

export function seconds(total: number): string {
  if (total < 1) return `${Math.round(total * 1_000)} ms`;
  if (total < 60) return `${total < 10 ? total.toFixed(1) : Math.round(total)} s`;
  const minutes = Math.floor(total / 60);
  if (minutes < 60) return `${minutes} m ${Math.round(total % 60)} s`;
  return minutes < 1_440
    ? `${Math.floor(minutes / 60)} h ${minutes % 60} m`
    : `${Math.floor(minutes / 1_440)} d ${Math.floor((minutes % 1_440) / 60)} h`;
}
