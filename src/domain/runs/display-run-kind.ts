import type { Locale } from '../errors/error-entry.ts';
import type { RunKind } from './run-states.ts';

const texts: Readonly<Record<RunKind, Readonly<Record<Locale, string>>>> = {
  HR_SYNC: { ZH_CN: '人员同步', EN: 'HR sync' },
  TASK_CREATION: { ZH_CN: '任务创建', EN: 'task creation' },
  TASK_PROCESSING: { ZH_CN: '任务处理', EN: 'task processing' },
  LEAVERS: { ZH_CN: '离职处理', EN: 'leavers' },
  ACCOUNT_VERIFICATION: { ZH_CN: '账号核对', EN: 'account verification' },
  FIRST_SYSTEM_IMPORT: { ZH_CN: '第一代系统导入', EN: 'import from the first system' },
  CALENDAR_FULL: { ZH_CN: '日历全量同步', EN: 'full calendar sync' },
  CALENDAR_INCREMENTAL: { ZH_CN: '日历增量同步', EN: 'incremental calendar sync' },
  CALENDAR_USERS: { ZH_CN: '日历用户同步', EN: 'calendar users' },
  CALENDAR_RECONCILIATION: { ZH_CN: '日历核对', EN: 'calendar reconciliation' },
  CALENDAR_DELETION: { ZH_CN: '学期日历删除', EN: 'deletion of term calendars' },
  CALENDAR_RESTORE: { ZH_CN: '日历成员恢复', EN: 'restore of calendar members' },
  DATABASE_ACCOUNTS: { ZH_CN: '数据库账号同步', EN: 'database accounts' },
};

/** Name of a kind of run in the middle of a sentence. */
export function displayRunKind(kind: RunKind, locale: Locale): string {
  return texts[kind][locale];
}
