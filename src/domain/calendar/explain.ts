import type { Locale } from '../errors/error-entry.ts';

/** Open work on a calendar, or on one person's membership. */
export interface OpenWork {
  readonly pendingCalendar: boolean;
  readonly titleDiffers: boolean;
  readonly pendingEvents: number;
  readonly failedEvents: number;
  readonly pendingMembers: number;
  readonly missingMembers: number;
  readonly failedMembers: number;
}

type Text = readonly [zh: string, en: string];

/** Why it is not as it should be, and what would help; null when it is. `error`: what WPS last said, rendered. */
export function explainOpenWork(work: OpenWork, error: string | null, locale: Locale): string | null {
  const texts: Text[] = [];
  const open = work.pendingEvents + work.pendingMembers > 0 || work.pendingCalendar || work.titleDiffers;
  if (work.pendingCalendar) texts.push(['WPS 中还没有这个日历。', 'WPS does not have this calendar yet.']);
  if (work.titleDiffers)
    texts.push([
      '课程已改名，日历标题尚未更新。',
      'The course was renamed; the calendar still has its old title.',
    ]);
  if (work.pendingEvents > 0)
    texts.push([
      `${work.pendingEvents} 个日程待同步。`,
      `${work.pendingEvents} events are still to be synced.`,
    ]);
  if (work.pendingMembers > 0)
    texts.push([
      `${work.pendingMembers} 名成员待处理。`,
      `${work.pendingMembers} members are still to be added or removed.`,
    ]);
  if (work.missingMembers > 0)
    texts.push([
      `${work.missingMembers} 人在 WPS 通讯录中不存在，开通后下一次同步会自动加入。`,
      `${work.missingMembers} people are not in the directory of WPS; the next run adds them once they are.`,
    ]);
  if (work.failedEvents + work.failedMembers > 0)
    texts.push([
      `${work.failedEvents} 个日程、${work.failedMembers} 名成员失败，请用 retryFailedItems 重试，或再次同步。`,
      `${work.failedEvents} events and ${work.failedMembers} members failed: retry them with retryFailedItems, or sync again.`,
    ]);
  if (open) texts.push(['请运行 startCalendarSync。', 'Run startCalendarSync.']);
  const rendered = texts.map(([zh, en]) => (locale === 'ZH_CN' ? zh : en));
  if (error !== null) rendered.unshift(error);
  if (rendered.length === 0) return null;
  return rendered.join(locale === 'ZH_CN' ? '' : ' ');
}
