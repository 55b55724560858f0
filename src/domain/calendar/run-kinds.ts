import type { Locale } from '../errors/error-entry.ts';

/** The kinds of run of calendars: at most one live one per term over all of them. */
export const calendarRunKinds = [
  'CALENDAR_FULL',
  'CALENDAR_INCREMENTAL',
  'CALENDAR_USERS',
  'CALENDAR_RECONCILIATION',
  'CALENDAR_DELETION',
  'CALENDAR_RESTORE',
] as const;
export type CalendarRunKind = (typeof calendarRunKinds)[number];

/** Their names in the middle of a sentence. */
export const calendarRunKindNames: Readonly<Record<CalendarRunKind, Readonly<Record<Locale, string>>>> = {
  CALENDAR_FULL: { ZH_CN: '日历全量同步', EN: 'full calendar sync' },
  CALENDAR_INCREMENTAL: { ZH_CN: '日历增量同步', EN: 'incremental calendar sync' },
  CALENDAR_USERS: { ZH_CN: '日历用户同步', EN: 'calendar users' },
  CALENDAR_RECONCILIATION: { ZH_CN: '日历核对', EN: 'calendar reconciliation' },
  CALENDAR_DELETION: { ZH_CN: '学期日历删除', EN: 'deletion of term calendars' },
  CALENDAR_RESTORE: { ZH_CN: '日历成员恢复', EN: 'restore of calendar members' },
};
