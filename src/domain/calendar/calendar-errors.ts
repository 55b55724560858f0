import type { ErrorEntry } from '../errors/error-entry.ts';

/** Errors of course calendars: refused rows, unknown people, runs that could not go on. */
export const calendarErrors = {
  LESSON_WITHOUT_OFFERING: {
    zh: '课表中有一行没有课程号（日期 {date}，节次 {period}），未采用。请在教务系统补充。',
    en: 'A row of the timetable has no offering number (date {date}, period {period}) and was not taken. It has to be completed at the source.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: false,
  },
  LESSON_WITHOUT_PERIOD: {
    zh: '课程 {offering} 在 {date} 的一行没有节次（{period}），未采用。请在教务系统更正。',
    en: 'A row of offering {offering} on {date} has no period ({period}) and was not taken. It has to be corrected at the source.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: false,
  },
  LESSON_DATE_UNREADABLE: {
    zh: '课程 {offering} 第 {period} 节的日期无法识别（{date}），未采用；日期从不猜测。请在教务系统更正。',
    en: 'The date of period {period} of offering {offering} cannot be read ({date}); the row was not taken, for a date is never guessed. It has to be corrected at the source.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: false,
  },
  LESSON_TIME_UNREADABLE: {
    zh: '课程 {offering} 在 {date} 第 {period} 节的时间无法识别（{start} 至 {end}），未采用。请在教务系统更正。',
    en: 'The times of period {period} of offering {offering} on {date} cannot be read ({start} to {end}); the row was not taken. They have to be corrected at the source.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: false,
  },
  LESSON_TIMES_REVERSED: {
    zh: '课程 {offering} 在 {date} 第 {period} 节的结束时间 {end} 不晚于开始时间 {start}，未采用。请在教务系统更正。',
    en: 'Period {period} of offering {offering} on {date} ends at {end}, not after its start at {start}; the row was not taken. It has to be corrected at the source.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: false,
  },
  USER_MISSING: {
    zh: 'WPS 通讯录中没有学工号 {userNo}，暂不能加入日历；每次同步都会再查。请在 WPS 中开通该用户。',
    en: 'The directory of WPS knows nobody of number {userNo}, who cannot join the calendar yet; every run asks again. Their account has to be opened at WPS.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  CALENDAR_CONFLICT: {
    zh: '{subject} 在 {date} {start} 同时有两处安排（{blocks}）。请在教务系统核对；同步不受影响。',
    en: '{subject} is in two places at once on {date} at {start} ({blocks}). Check it at the source; the sync goes on.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: false,
  },
  TERM_EMPTY: {
    zh: '学期 {term} 在课表中没有任何课程，未做任何更改。请检查学期写法和来源数据。',
    en: 'The timetable has no lesson of term {term}; nothing was changed. Check how the term is written, and the source.',
    fixBy: 'CALLER',
    retryable: true,
  },
  TIMETABLE_UNREADABLE: {
    zh: '课表数据源缺少或不允许读取这些表：{tables}。请按 docs/calendar.md 授权后重试。',
    en: 'The timetable source lacks these tables, or does not let us read them: {tables}. Grant what docs/calendar.md names, then try again.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  TIMETABLE_NOT_MARKED: {
    zh: '无权回写处理标记（{detail}）；同步照常进行，只是不回写 gx_zt、gx_sj。如需回写请授予 UPDATE 权限，或关闭 timetable_write_back。',
    en: 'We may not write marks back ({detail}); the sync goes on without gx_zt and gx_sj. Grant UPDATE on them, or switch timetable_write_back off.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  TIMETABLE_REFUSED: {
    zh: '课表数据源拒绝了读取（{detail}），同步已停止。请检查 TIMETABLE_DATABASE_URL 的账号和权限，然后继续该次运行（resumeRun）。',
    en: 'The timetable source refused us ({detail}) and the run was stopped. Check the account in TIMETABLE_DATABASE_URL and its rights, then continue the run (resumeRun).',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  TIMETABLE_UNREACHABLE: {
    zh: '连不上课表数据源（{detail}），同步已停止，已完成的部分不受影响。恢复后请继续该次运行（resumeRun）。',
    en: 'The timetable source could not be reached ({detail}) and the run was stopped; what is done stays. Continue it when it is back (resumeRun).',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  CALENDAR_SYSTEM_AWAY: {
    zh: '{system} 已 {minutes} 分钟没有应答，同步已停止，已完成的部分不受影响。恢复后请继续该次运行（resumeRun）。',
    en: '{system} has not answered for {minutes} minutes and the run was stopped; what is done stays. Continue it when it is back (resumeRun).',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  EVENT_UNCONFIRMED: {
    zh: 'WPS 多次没有确认该日程，且日历中也查不到。请重试失败项。',
    en: 'WPS did not confirm this event several times, and its calendar does not show it. Retry the failed items.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  'INVALID_STATE.TERM_CLOSED': {
    zh: '学期 {id} 已关闭，不再同步。如需继续，请先用 updateTerm 把状态改回 OPEN。',
    en: 'Term {id} is closed and not synced any more. Set its status to OPEN with updateTerm first.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID_STATE.TERM_BUSY': {
    zh: '学期 {id} 的另一种运行 {other}（{otherKind}）正在进行。请等它结束，或先用 cancelRun 停止它。',
    en: 'Another run of term {id} is under way: {other} ({otherKind}). Wait until it has ended, or stop it with cancelRun.',
    fixBy: 'CALLER',
    retryable: true,
  },
  'FEATURE_DISABLED.CALENDAR': {
    zh: '日历同步未启用：没有配置 WPS 或课表数据源（{missing}）。',
    en: 'Calendar sync is off: WPS or the timetable source is not configured ({missing}).',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  'INVALID.TERM': {
    zh: '学期应写作两个相邻年份加学期号，例如 2024-2025-2。',
    en: 'A term is written as two adjacent years and its number, such as 2024-2025-2.',
    fixBy: 'CALLER',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>;
