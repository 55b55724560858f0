import type { ErrorEntry } from '../errors/error-entry.ts';

/** Why a person has no account in a system although no task is open (`explainAccount`). */
export const accountTexts = {
  HAS_ACCOUNT: {
    zh: '工号 {employeeNumber} 在 {system} 有可用账号 {identifier}（{since} 起）。',
    en: '{employeeNumber} has the account {identifier} in {system}, since {since}.',
    fixBy: 'NOBODY',
    retryable: false,
  },
  ACCOUNT_DISABLED: {
    zh: '工号 {employeeNumber} 的 {system} 账号 {identifier} 存在，但已于 {since} 停用。',
    en: 'The {system} account {identifier} of {employeeNumber} exists, but was disabled at {since}.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  'ACCOUNT_DISABLED.LEAVER': {
    zh: '工号 {employeeNumber} 的 {system} 账号 {identifier} 已于 {since} 停用：人事数据显示此人已离开（状态 {status}，最后一天 {disableDate}）。',
    en: 'The {system} account {identifier} of {employeeNumber} was disabled at {since}: HR says that they have left (status {status}, last day {disableDate}).',
    fixBy: 'CALLER',
    retryable: false,
  },
  UNKNOWN_PERSON: {
    zh: '没有工号为 {employeeNumber} 的人员：人事系统（最近一次成功同步 {since}）和所有请求都没有提供过。',
    en: 'Nobody has the employee number {employeeNumber}: neither HR (last synced {since}) nor a request told us of such a person.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'UNKNOWN_PERSON.NEVER_SYNCED': {
    zh: '没有工号为 {employeeNumber} 的人员：没有请求提供过，人事数据也从未成功同步。',
    en: 'Nobody has the employee number {employeeNumber}: no request told us of such a person, and people were never synced from HR.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  SYSTEM_SWITCHED_OFF: {
    zh: '{system} 账号目前不开放（设置 enabled_account_types），不会为任何人创建。',
    en: 'Accounts in {system} are switched off (Setting enabled_account_types): nobody gets one.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  NOT_REQUESTED: {
    zh: '没有请求为工号 {employeeNumber} 申请 {system} 账号；此人不是人事系统提供的，不会自动开户。',
    en: 'No request asked for an account in {system} for {employeeNumber}, whom HR does not know: nothing is planned by itself.',
    fixBy: 'CALLER',
    retryable: false,
  },
  STATUS_NOT_VALID: {
    zh: '工号 {employeeNumber} 的人事状态是 {status}，不在有效状态 {valid} 之内（设置 valid_employee_statuses），也没有请求申请 {system}，所以不会开户。',
    en: 'HR has {employeeNumber} as {status}, which is none of the valid statuses {valid} (Setting valid_employee_statuses), and no request asked for {system}: no account is planned.',
    fixBy: 'CALLER',
    retryable: false,
  },
  LAST_DAY_OVER: {
    zh: '工号 {employeeNumber} 的最后一天 {disableDate} 已过，也没有请求申请 {system}，所以不会开户。',
    en: 'The last day of {employeeNumber}, {disableDate}, is over and no request asked for {system}: no account is planned.',
    fixBy: 'CALLER',
    retryable: false,
  },
  AUTO_CREATION_OFF: {
    zh: '为人事系统的人员自动创建任务的开关已关闭（设置 task_auto_creation_enabled），也没有请求申请 {system}。请管理员打开，或用 createAccountTasks 手动创建。',
    en: 'Planning accounts for people of HR is switched off (Setting task_auto_creation_enabled), and no request asked for {system}. The operator switches it on, or plans by hand with createAccountTasks.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  AWAITING_CONFIRMATION: {
    zh: '任务创建运行 {runId} 自 {since} 起等待确认，确认后才会规划 {system} 账号。',
    en: 'The task creation run {runId} has waited for a confirmation since {since}; the account in {system} is planned after it.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  CREATION_REJECTED: {
    zh: '任务创建运行 {runId} 已于 {since} 被 {rejectedBy} 否决（{reason}）：至此人的资料变更为止（最迟到 {until}），不会再为其规划 {system} 账号，也不再询问。',
    en: 'The task creation run {runId} was rejected by {rejectedBy} at {since} ({reason}): until something about this person changes, but at most until {until}, no account in {system} is planned for them and nobody is asked again.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  CREATION_RUNNING: {
    zh: '任务创建运行 {runId} 正在进行，完成后会有 {system} 账号的任务，无需操作。',
    en: 'The task creation run {runId} is under way and plans the account in {system}. Nothing to do.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  NEXT_TASK_CREATION: {
    zh: '工号 {employeeNumber} 应有 {system} 账号，下一次任务创建（每 {minutes} 分钟）会规划，无需操作。',
    en: '{employeeNumber} is due an account in {system}; the next task creation, every {minutes} minutes, plans it. Nothing to do.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  NUMBER_UNUSABLE: {
    zh: '工号 {employeeNumber} 含有 A-Z a-z 0-9 - _ . 以外的字符，不能用来开户。',
    en: 'The employee number {employeeNumber} has characters other than A-Z a-z 0-9 - _ . and cannot be used for an account.',
    fixBy: 'CALLER',
    retryable: false,
  },
  ACCOUNT_GONE: {
    zh: '工号 {employeeNumber} 的 {system} 任务已完成，但账号已不在登记中（被移除）。',
    en: 'The {system} task of {employeeNumber} was completed, but the account has been taken out of the records since.',
    fixBy: 'CALLER',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>;
