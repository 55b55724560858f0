/** Dates and clock times as the source writes them. Unreadable ones become null: a date is never guessed. */

const DATE = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/;

/** `2025/03/03 00:00:00.000`, `2025-03-03` … as `YYYY-MM-DD`; a time part is ignored. */
export function readLessonDate(text: string): string | null {
  const [, year = '', month = '', day = ''] = DATE.exec(text.trim()) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date) ? date : null;
}

/** `09:50:00.000`, `9:50` … as `HH:MM:SS`. */
export function readLessonTime(text: string): string | null {
  const [, hours, minutes = '', seconds = '00'] = TIME.exec(text.trim()) ?? [];
  if (hours === undefined) return null;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return `${hours.padStart(2, '0')}:${minutes}:${seconds}`;
}

/** Minutes since midnight, seconds as a fraction. */
export function minutesOf(time: string): number {
  const [hours, minutes, seconds] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0) + (seconds ?? 0) / 60;
}

/** A moment in the school's zone, which is ahead of UTC by eight hours all year. */
export function schoolMoment(date: string, time: string): string {
  return `${date}T${time}+08:00`;
}

/** 1 Monday to 7 Sunday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}
