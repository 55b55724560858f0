/** The mails: subject, then the lines of the text; `{name}` stands for a fact of the event (`mailText`). */
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
      '失败原因和处理办法请用 request(requestId: "{requestId}") 的 errorSummary 查看。',
    ],
    en: [
      'Request {requestId}: {status}',
      'From {originSystem}, business key {businessKey}, round {round}.',
      'People: {totalUsers}; completed {completedUsers}, failed {failedUsers}, cancelled {cancelledUsers}. Rows refused at intake: {rejectedUsers}.',
      'What failed and what to do: errorSummary of request(requestId: "{requestId}").',
    ],
  },
  TASKS: {
    zh: [
      '{system} 有 {count} 个任务失败（{code}）',
      '{firstFailedAt} 至 {lastFailedAt}，{system} 有 {count} 个任务失败，错误代码 {code}。',
      '任务：{taskIds}',
      '原因和处理办法请用 tasks(filter: {system, errorCode, status}) 的 lastError 查看；处理后用 retryTask 重试。',
    ],
    en: [
      '{system}: tasks failed with {code}: {count}',
      'From {firstFailedAt} to {lastFailedAt}, tasks that failed at {system} with {code}: {count}.',
      'Tasks: {taskIds}',
      'Why and what to do: lastError of tasks(filter: {system, errorCode, status}); afterwards retryTask.',
    ],
  },
  RUN_FAILS: {
    zh: [
      '{kind} 开始失败',
      '运行 {runId} 失败（{errorCode}）。请用 run(runId: "{runId}") 的 error 查看原因。',
      '之后的定时运行若继续失败，不再通知；恢复时会通知。',
    ],
    en: [
      '{kind} begins to fail',
      'Run {runId} failed ({errorCode}). Why: error of run(runId: "{runId}").',
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
      '查看后请执行 confirmRun 或 rejectRun，runId 为 "{runId}"。',
    ],
    en: [
      '{kind} awaits confirmation',
      'Run {runId} would change more than it may by itself and waits ({counts}).',
      'Look at it, then call confirmRun or rejectRun with the runId "{runId}".',
    ],
  },
  CIRCUIT_OPENED: {
    zh: [
      '{system} 熔断打开',
      '{openedAt} 起暂停调用 {system}，原因 {reason}；任务等待，不消耗重试次数。',
      '系统恢复后自动继续。若原因是凭据被拒绝，请核对该系统的环境变量。',
    ],
    en: [
      '{system}: circuit opened',
      'Since {openedAt} nothing is sent to {system} ({reason}); tasks wait and lose no attempt.',
      'It goes on by itself when the system answers again. Where credentials are refused, check the environment variables of the system.',
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
} as const satisfies Record<string, MailTemplate>;
