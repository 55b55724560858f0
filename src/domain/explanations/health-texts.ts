import type { ErrorEntry } from '../errors/error-entry.ts';

/** Problems with the service as a whole (`judgeHealth`). */
export const healthTexts = {
  FAILURES: {
    zh: '{tasks} 个任务失败，涉及 {kinds} 种原因；最多的是 {code}（{system}，{count} 个）：{cause}',
    en: 'Failed tasks: {tasks}, causes: {kinds}. Most often {code} ({system}, {count}): {cause}',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  CHANGES_FAILED: {
    zh: '运行 {runId}（{kind}）中有 {count} 个账号没有按人事数据更改：{cause}',
    en: 'Accounts that the run {runId} ({kind}) could not change to what HR says: {count}. {cause}',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  CALENDARS_FAILED: {
    zh: '学期 {term} 的{kind}失败（运行 {runId}，{since}）：{cause}',
    en: 'Term {term}: the run {runId} ({kind}) failed at {since}: {cause}',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  CALENDARS_INCOMPLETE: {
    zh: '学期 {term} 有 {count} 个日历、日程或成员没有写入 WPS，最多的原因是：{cause}',
    en: 'Term {term}: calendars, events and members that did not reach WPS: {count}. Most often: {cause}',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  CALENDARS_DIFFER: {
    zh: '学期 {term} 与 WPS 有 {count} 处差异未处理。',
    en: 'Term {term}: differences from WPS that are open: {count}.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  CALENDAR_USERS_MISSING: {
    zh: '学期 {term} 有 {people} 人不在 WPS 通讯录中，共缺 {members} 个日历成员。',
    en: 'Term {term}: people of the timetable whom WPS does not know: {people}, memberships that they lack: {members}.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  DATABASE_FAILED: {
    zh: '数据库实例 {instance} 自 {since} 起读取失败（运行 {runId}）：{cause}',
    en: 'The database instance {instance} could not be read since {since} (run {runId}): {cause}',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  DATABASE_WAITS: {
    zh: '数据库实例 {instance} 有 {gone} 个账号消失，自 {since} 起等待确认（运行 {runId}）',
    en: 'The database instance {instance} waits since {since}: {gone} of its accounts are gone (run {runId})',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  DELIVERIES_GIVEN_UP: {
    zh: '近 24 小时内有 {count} 条通知被放弃：{cause}',
    en: 'Notifications given up within the last 24 hours: {count}. {cause}',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  DELIVERIES_WAIT: {
    zh: '有 {count} 条通知在等待，最早的自 {since} 起：{cause}',
    en: 'Notifications that wait: {count}, the oldest since {since}. {cause}',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  MAIL_WAITS: {
    zh: '有 {count} 封邮件在等待，最早的自 {since} 起，更正发件人之前不会发出：{cause}',
    en: 'Mail that waits for another sender: {count}, the oldest since {since}. {cause}',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  ISSUER_DIFFERS: {
    zh: 'OIDC_ISSUER 是 {configured}，而该地址描述的签发者是 {found}：不接受任何令牌。API 密钥不受影响。',
    en: 'OIDC_ISSUER is {configured}, but the issuer at that address is {found}: no token is accepted. API keys work.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  DELIVERIES_STALLED: {
    zh: '有 {count} 条通知自 {since} 起应发送却没有发送：没有工作进程在处理。',
    en: 'Notifications that have been due since {since} and that nobody sends: {count}. No worker takes them.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  AUDIT_CHAIN_BROKEN: {
    zh: '审计记录在 {since} 的核对中被发现遭到篡改：{cause}',
    en: 'The audit log was found tampered with at {since}: {cause}',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  SWITCH_OFF: {
    zh: '开关 {setting} 已关闭。',
    en: 'The switch {setting} is off.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  NOT_CONNECTED: {
    zh: '{system} 已启用，但没有工作进程连接到它：环境变量不全。',
    en: '{system} is enabled, but no worker is connected to it: its variables are missing.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  WORK_STALLED: {
    zh: '{system} 有任务自 {since} 起就绪却没有执行（最早的是 {taskId}），该系统也没有任何成功的调用。请检查工作进程是否在运行。',
    en: 'Tasks of {system} have been ready since {since} (the oldest is {taskId}) and nothing has succeeded there since. Check whether workers run.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  UNCERTAIN_LONG: {
    zh: '{system} 有任务自 {since} 起等待核实（共 {count} 个）。',
    en: 'Tasks of {system} have been waiting to be verified since {since} ({count} in all).',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  DEAD_LETTERS: {
    zh: '死信队列中有 {count} 个任务作业（{queues}）：内容无法读取，或程序反复出错。请查看 poisonMessages 和日志。',
    en: '{count} jobs stand in dead letters ({queues}): unreadable, or the program failed on them again and again. See poisonMessages and the log.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  HR_SYNC_FAILED: {
    zh: '最近一次人员同步失败（运行 {runId}，{since}）：{cause}',
    en: 'The last sync of people from HR failed (run {runId}, {since}): {cause}',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  HR_SYNC_STALE: {
    zh: '人员自 {since} 起没有成功同步过（应每 {minutes} 分钟一次）。请检查工作进程是否在运行。',
    en: 'People were last synced from HR at {since}, though it should happen every {minutes} minutes. Check whether workers run.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  RUN_WAITS: {
    zh: '运行 {runId}（{kind}）自 {since} 起等待确认。',
    en: 'The run {runId} ({kind}) has waited for a confirmation since {since}.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>;
