import { createHash } from 'node:crypto';
import { type Block, UNNAMED_COURSE } from './blocks.ts';
import { markerLine } from './external-id.ts';
import { schoolMoment } from './lesson-times.ts';

/** An event as it is sent to WPS (calendar.md §7). */
export interface EventContent {
  readonly summary: string;
  readonly description: string;
  /** `YYYY-MM-DDTHH:MM:SS+08:00`. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly location: string;
}

const UNKNOWN_PLACE = '未知地点';

/** The content of a block's event. `attendanceUrl` null: check-in lessons carry no link. */
export function eventContent(
  block: Block & { readonly externalId: string },
  attendanceUrl: string | null,
): EventContent {
  const place = `${block.building}${block.rooms.filter((room) => room !== '').join('/')}`;
  const teachers = block.teachers.map(({ userNo, name }) => name ?? userNo).join('、');
  const lines = [
    ...(block.week === null ? [] : [`教学周：第${block.week}周`]),
    `时间：${chineseDate(block.date)} ${periodsText(block.periods)}节`,
    ...(teachers === '' ? [] : [`教师：${teachers}`]),
    markerLine(block.externalId),
  ];
  const link = block.checkIn ? attendanceLink(block.externalId, attendanceUrl) : null;
  if (link !== null) lines.push(`签到：${link}`);
  return {
    summary: block.courseName === '' ? UNNAMED_COURSE : block.courseName,
    description: lines.join('\n'),
    startsAt: schoolMoment(block.date, block.start),
    endsAt: schoolMoment(block.date, block.end),
    location: place === '' ? UNKNOWN_PLACE : place,
  };
}

/** Where attendance of a block is taken; null without an attendance application. */
export function attendanceLink(externalId: string, attendanceUrl: string | null): string | null {
  if (attendanceUrl === null) return null;
  return `${attendanceUrl.replace(/\/+$/, '')}/attendance/view?id=${externalId}`;
}

/** Changes exactly when the event has to. */
export function contentHash(content: EventContent): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
}

function chineseDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

/** `3-4`, `1-2,4`, `5`. */
export function periodsText(periods: readonly number[]): string {
  const runs: number[][] = [];
  for (const period of periods) {
    const run = runs.at(-1);
    if (run?.at(-1) === period - 1) run.push(period);
    else runs.push([period]);
  }
  return runs.map((run) => (run.length === 1 ? `${run[0]}` : `${run[0]}-${run.at(-1)}`)).join(',');
}
