/**
 * Templates of mails: subject, then the lines of the text; `{name}` is replaced by a fact of the event (`mailText`).
 */
export interface MailTemplate {
  readonly zh: readonly [string, ...string[]];
  readonly en: readonly [string, ...string[]];
}

export const mailTemplates = {
  REQUEST: {
    zh: [
      '请求 {requestId} {status}',
      '来源 {originSystem}，业务号 {businessKey}，第 {round} 轮。',
      '共 {totalUsers} 人：完成 {completedUsers}，失败 {failedUsers}，取消 {cancelledUsers}；受理时拒绝 {rejectedUsers} 行。',
      '失败原因和处理办法：accountsync request {requestId}，或在控制台打开该请求。',
    ],
    en: [
      'Request {requestId}: {status}',
      'From {originSystem}, business key {businessKey}, round {round}.',
      'People: {totalUsers}; completed {completedUsers}, failed {failedUsers}, cancelled {cancelledUsers}. Rows refused at intake: {rejectedUsers}.',
      'What failed and what to do: accountsync request {requestId}, or the request in the console.',
    ],
  },
  TASKS: {
    zh: [
      '{system} 有 {count} 个任务失败（{code}）',
      '{firstFailedAt} 至 {lastFailedAt}，{system} 有 {count} 个任务失败，错误代码 {code}。',
      '原因：{cause}',
      '任务：{taskIds}',
      '查看：accountsync tasks --system {system} --error-code {code} --status FAILED',
      '处理后重试：accountsync retry --system {system} --error-code {code}',
    ],
    en: [
      '{system}: tasks failed with {code}: {count}',
      'From {firstFailedAt} to {lastFailedAt}, tasks that failed at {system} with {code}: {count}.',
      'Cause: {cause}',
      'Tasks: {taskIds}',
      'See them: accountsync tasks --system {system} --error-code {code} --status FAILED',
      'Once it is settled: accountsync retry --system {system} --error-code {code}',
    ],
  },
  RUN_FAILS: {
    zh: [
      '{kind} 开始失败',
      '运行 {runId} 失败（{errorCode}）。原因：accountsync run {runId}',
      '之后的定时运行若继续失败，不再通知；恢复时会通知。',
    ],
    en: [
      '{kind} begins to fail',
      'Run {runId} failed ({errorCode}). Why: accountsync run {runId}',
      'Scheduled runs that go on failing are not told of again; that they work again is.',
    ],
  },
  RUN_WORKS: {
    zh: ['{kind} 已恢复', '运行 {runId} 已完成，此前的运行是失败的。无需操作。'],
    en: ['{kind} works again', 'Run {runId} completed; the one before had failed. Nothing to do.'],
  },
  RUN_WAITS: {
    zh: [
      '{kind} 等待确认',
      '运行 {runId} 的改动超出自动执行的范围，正在等待确认（{counts}）。',
      '查看：accountsync run {runId}',
      '然后：accountsync confirm {runId}，或 accountsync reject {runId} --reason 原因',
    ],
    en: [
      '{kind} awaits confirmation',
      'Run {runId} would change more than it may by itself and waits ({counts}).',
      'Look at it: accountsync run {runId}',
      'Then: accountsync confirm {runId}, or accountsync reject {runId} --reason REASON',
    ],
  },
  CIRCUIT_OPENED: {
    zh: [
      '{system} 熔断打开',
      '{openedAt} 起暂停调用 {system}，原因 {reason}；任务等待，不消耗重试次数。',
      '系统恢复后自动继续；立即试一次：accountsync check {system}。若原因是凭据被拒绝，请核对该系统的环境变量。',
    ],
    en: [
      '{system}: circuit opened',
      'Since {openedAt} nothing is sent to {system} ({reason}); tasks wait and lose no attempt.',
      'It goes on by itself when the system answers again; to try at once: accountsync check {system}. Where credentials are refused, check the environment variables of the system.',
    ],
  },
  CIRCUIT_CLOSED: {
    zh: [
      '{system} 已恢复',
      '{system} 自 {openedAt} 起的熔断已于 {closedAt} 关闭，等待的任务已继续。无需操作。',
    ],
    en: [
      '{system} works again',
      'The circuit of {system}, open since {openedAt}, closed at {closedAt}; what waited goes on. Nothing to do.',
    ],
  },
  PRIVILEGED_ACCOUNT: {
    zh: [
      '{instance}：出现特权账号 {account}',
      '数据库实例 {instance} 的账号 {account} 新获得 {capabilities}。',
      '若非预期，请在该数据库收回；由谁而来见 databaseAccounts 的 capabilityReasons。',
    ],
    en: [
      '{instance}: privileged account {account}',
      'The account {account} of the database instance {instance} has become {capabilities}.',
      'If nobody meant that, revoke it there; capabilityReasons of databaseAccounts say by what it holds.',
    ],
  },
  CALENDAR_STOPS: {
    zh: [
      '学期 {term} 的日历同步已停止',
      '运行 {runId} 因 {system} 的问题停止（{code}）；已完成的部分不受影响。',
      '排除问题后请用 resumeRun（runId "{runId}"）继续。',
    ],
    en: [
      'Calendar sync of term {term} was stopped',
      'Run {runId} was stopped by a problem of {system} ({code}); what is done stays.',
      'Put it right, then call resumeRun with the runId "{runId}".',
    ],
  },
} as const satisfies Record<string, MailTemplate>;
