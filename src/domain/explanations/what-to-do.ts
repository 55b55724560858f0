import { allErrors } from '../catalogue/all-errors.ts';
import type { ErrorParameters, FixBy, Locale } from '../errors/error-entry.ts';
import { findErrorEntry, renderError } from '../errors/render-error.ts';
import type { Explanation } from './explanation.ts';
import { type ExplanationCode, explanationTexts } from './explanation-texts.ts';

type Text = Readonly<Record<Locale, string>>;

const wait: Text = { ZH_CN: '无需操作，会自动继续。', EN: 'Nothing: it goes on by itself.' };
const switchOn: Text = {
  ZH_CN: '用 updateSetting 把 {setting} 设为 true，之后自动继续。',
  EN: 'Set {setting} to true with updateSetting; it goes on by itself.',
};

/** Advice on each explanation; those left out need no action. */
const texts: Partial<Readonly<Record<ExplanationCode, Text>>> = {
  CREATION_OFF: switchOn,
  PLANNING_OFF: switchOn,
  PROCESSING_OFF: switchOn,
  AUTO_CREATION_OFF: switchOn,
  PAUSED: {
    ZH_CN: '维护结束后，用 updateSetting 从 paused_systems 中移除 {system}。',
    EN: 'Once the maintenance is over, take {system} out of paused_systems with updateSetting.',
  },
  CIRCUIT_OPEN: {
    ZH_CN: '请 {system} 的负责人恢复服务；恢复后自动继续，也可用 checkSystem 立即探测。',
    EN: 'Ask the owner of {system} to bring it back; it then goes on by itself, and checkSystem asks at once.',
  },
  CREDENTIALS_REFUSED: {
    ZH_CN: '修正 {system} 的环境变量（凭据）并重启，再用 checkSystem 立即恢复。',
    EN: 'Correct the variables (credentials) of {system} and restart, then release it at once with checkSystem.',
  },
  RESOLVE_BY_HAND: {
    ZH_CN: '在 {system} 查看账号是否存在，再用 resolveTask（{taskId}）登记结果。',
    EN: 'Look at {system} whether the account exists, then say so with resolveTask ({taskId}).',
  },
  FAILED: {
    ZH_CN: '按原因处理后，用 retryTask 重试任务（{taskId}），或用 retryRequest 重试整个请求。',
    EN: 'Settle the cause, then try the task again with retryTask ({taskId}), or the whole request with retryRequest.',
  },
  FAILED_GROUP: {
    ZH_CN: '按原因处理后，用 retryTasks 批量重试；不再处理的，用 dismissTasks 说明原因，不再提示。',
    EN: 'Settle the cause, then try them again with retryTasks; what nobody will settle is put away with dismissTasks and a reason.',
  },
  CORRECTABLE: {
    ZH_CN:
      '用 updateRequestItem 更正请求 {requestId} 中的 {employeeNumber}，会自动重试；HR 维护的人员在 HR 更正，同步后用 retryTask 重试（{taskId}）。',
    EN: 'Correct {employeeNumber} in request {requestId} with updateRequestItem, which tries again; of somebody HR knows, correct it in HR and, after the sync, try the task again with retryTask ({taskId}).',
  },
  DEPARTMENT_UNMAPPED: {
    ZH_CN: '用 upsertDepartmentMappings 添加该部门的映射（含 OU），任务会自动重试。',
    EN: 'Add a mapping of the department, with its OU, by upsertDepartmentMappings; the task is tried again by itself.',
  },
  PERSON_TYPE_INCOMPLETE: {
    ZH_CN: '用 upsertPersonTypeMappings 补全该人员类型，任务会自动重试。',
    EN: 'Complete the person type with upsertPersonTypeMappings; the task is tried again by itself.',
  },
  BLOCKED: {
    ZH_CN: '先解决所依赖的账号：重试其任务，或为此人申请该系统；之后自动继续。',
    EN: 'Settle the account it depends on first: retry its task, or ask for that system too; it then goes on by itself.',
  },
  CANCELLED: {
    ZH_CN: '如仍需要，用 retryTask（{taskId}）或 retryRequest 重试，或重新提交 createAccounts。',
    EN: 'If it is still wanted, retry it with retryTask ({taskId}) or retryRequest, or send createAccounts again.',
  },
  ACCOUNT_DISABLED: {
    ZH_CN: '如需恢复，请在人事系统更正状态（下次同步后自动启用），或重新提交 createAccounts。',
    EN: 'To have it back, correct HR (the next sync enables it again), or send createAccounts.',
  },
  UNKNOWN_PERSON: {
    ZH_CN: '核对工号；若人事系统已有此人，用 syncHr（forceFullSync）重新同步，否则提交 createAccounts。',
    EN: 'Check the number; if HR has the person, read everything again with syncHr (forceFullSync), else send createAccounts.',
  },
  SYSTEM_SWITCHED_OFF: {
    ZH_CN: '用 updateSetting 把 {system} 加入 enabled_account_types。',
    EN: 'Add {system} to enabled_account_types with updateSetting.',
  },
  NOT_REQUESTED: {
    ZH_CN: '提交 createAccounts，systemList 含 {system}。',
    EN: 'Send createAccounts with {system} in systemList.',
  },
  STATUS_NOT_VALID: {
    ZH_CN: '在人事系统更正状态，或把该状态加入 valid_employee_statuses，或提交 createAccounts。',
    EN: 'Correct the status in HR, or add it to valid_employee_statuses, or send createAccounts.',
  },
  LAST_DAY_OVER: {
    ZH_CN: '在人事系统更正最后一天，或提交 createAccounts。',
    EN: 'Correct the last day in HR, or send createAccounts.',
  },
  AWAITING_CONFIRMATION: {
    ZH_CN: '查看运行 {runId} 后用 confirmRun 确认，或用 rejectRun 否决。',
    EN: 'Look at the run {runId}, then confirmRun or rejectRun.',
  },
  CREATION_REJECTED: {
    ZH_CN: '如仍需要，用 createAccountTasks 手动创建，或提交 createAccounts；否则无需操作。',
    EN: 'If it is wanted after all, plan by hand with createAccountTasks, or send createAccounts; else nothing.',
  },
  NUMBER_UNUSABLE: {
    ZH_CN: '在人事系统更正工号。',
    EN: 'Correct the employee number in HR.',
  },
  ACCOUNT_GONE: {
    ZH_CN: '如仍需要，重新提交 createAccounts。',
    EN: 'If it is still wanted, send createAccounts again.',
  },
  FAILURES: {
    ZH_CN: '按失败原因逐一处理后，用 retryTasks 批量重试；不再处理的用 dismissTasks。',
    EN: 'Settle each cause of failure, then try those tasks again with retryTasks; what nobody will settle is put away with dismissTasks.',
  },
  CHANGES_FAILED: {
    ZH_CN: '按原因处理后，用 retryFailedItems（{runId}）重试这些记录。',
    EN: 'Settle the cause, then try those records again with retryFailedItems ({runId}).',
  },
  CALENDARS_FAILED: {
    ZH_CN:
      '按原因处理后，用 resumeRun（{runId}）继续，或用 startCalendarSync 重新同步；不再需要的学期可以关闭。',
    EN: 'Settle the cause, then go on with resumeRun ({runId}), or sync again with startCalendarSync; a term that nobody needs can be closed.',
  },
  CALENDARS_INCOMPLETE: {
    ZH_CN: '按原因处理后，用 startCalendarSync 重新同步，只会重试没有写入的部分。',
    EN: 'Settle the cause, then sync again with startCalendarSync, which does only what is missing.',
  },
  CALENDARS_DIFFER: {
    ZH_CN: '在学期页面查看差异，再用 reconcileCalendars（mode: RUN）修复。',
    EN: 'Look at the findings of the term, then repair them with reconcileCalendars (mode: RUN).',
  },
  CALENDAR_USERS_MISSING: {
    ZH_CN: '请 WPS 管理员把这些人加入通讯录；之后每次同步（startCalendarSync）会自动补上。',
    EN: 'Ask the administrator of WPS to add these people to its directory; every later sync (startCalendarSync) makes them members.',
  },
  DELIVERIES_GIVEN_UP: {
    ZH_CN: '用 webhookDeliveries（状态 DEAD_LETTER）查看是哪些；处理后用 redeliver 重新发送。',
    EN: 'See which ones by webhookDeliveries (status DEAD_LETTER); after the repair send them again with redeliver.',
  },
  DELIVERIES_WAIT: {
    ZH_CN:
      '用 SECRETS_KEY_PREVIOUS 提供存储时的主密钥并重启，或用 upsertWebhook（rotateSecret）更换该 webhook 的密钥。',
    EN: 'Give SECRETS_KEY_PREVIOUS the master key they were stored with and restart, or make a new secret for the webhook with upsertWebhook (rotateSecret).',
  },
  MAIL_WAITS: {
    ZH_CN: '用 updateSetting 把 notification_email_from 改为邮件服务器允许的发件人；等待的邮件之后自动发出。',
    EN: 'Set notification_email_from to a sender that the mail server lets send, with updateSetting; what waits then goes out by itself.',
  },
  ISSUER_DIFFERS: {
    ZH_CN: '把环境变量 OIDC_ISSUER 改为 {found}（若它就是所要的签发者）并重启。',
    EN: 'Correct the variable OIDC_ISSUER (to {found}, where that is the issuer meant) and restart.',
  },
  DELIVERIES_STALLED: {
    ZH_CN: '确认有工作进程（ROLE=worker 或 all）在运行，查看其日志。',
    EN: 'Make sure that a worker runs (ROLE=worker or all) and look at its log.',
  },
  AUDIT_CHAIN_BROKEN: {
    ZH_CN: '先保留数据库和备份作为证据，再用 verifyAudit 查看从哪一条开始。',
    EN: 'Keep the database and its backups as evidence first, then see with verifyAudit where it begins.',
  },
  SWITCH_OFF: switchOn,
  NOT_CONNECTED: {
    ZH_CN: '补全 {system} 的环境变量并重启，或把它移出 enabled_account_types。',
    EN: 'Set the variables of {system} and restart, or take it out of enabled_account_types.',
  },
  WORK_STALLED: {
    ZH_CN: '确认有工作进程（ROLE=worker 或 all）在运行，查看其日志；用 checkSystem 检查 {system}。',
    EN: 'Make sure that a worker runs (ROLE=worker or all) and look at its log; check {system} with checkSystem.',
  },
  UNCERTAIN_LONG: {
    ZH_CN:
      '用 tasks(filter: {status: UNCERTAIN}) 查看，并用 checkSystem 检查 {system}；已知结果的用 resolveTask 登记。',
    EN: 'Look at tasks(filter: {status: UNCERTAIN}) and check {system} with checkSystem; whose outcome you know, record with resolveTask.',
  },
  DEAD_LETTERS: {
    ZH_CN:
      '用 poisonMessages 查看原因和日志；修复后用 redrivePoisonMessages 重新入队，不再需要的用 discardPoisonMessages 丢弃。',
    EN: 'Look at poisonMessages for the reasons, and at the log; after the repair queue them again with redrivePoisonMessages, or drop what nobody needs with discardPoisonMessages.',
  },
  HR_SYNC_FAILED: {
    ZH_CN: '用 checkHrSource 检查人事系统，修复后用 syncHr 重新同步。',
    EN: 'Check HR with checkHrSource, then sync again with syncHr.',
  },
  HR_SYNC_STALE: {
    ZH_CN: '确认有工作进程在运行，再用 syncHr 同步。',
    EN: 'Make sure that a worker runs, then sync with syncHr.',
  },
  RUN_WAITS: {
    ZH_CN: '查看运行 {runId} 后用 confirmRun 确认，或用 rejectRun 否决。',
    EN: 'Look at the run {runId}, then confirmRun or rejectRun.',
  },
  HAS_ACCOUNT: { ZH_CN: '无需操作。', EN: 'Nothing.' },
};

/** Advice on accounts that failed before a task was planned: there is no task to retry. */
const withoutTask: typeof texts = {
  FAILED: {
    ZH_CN:
      '按原因处理后，用 retryRequest 重试整个请求；数据有误的，用 updateRequestItem 更正（{employeeNumber}），会自动重试。',
    EN: 'Settle the cause, then try the request again with retryRequest; wrong data are corrected with updateRequestItem ({employeeNumber}), which tries again.',
  },
  CORRECTABLE: {
    ZH_CN:
      '用 updateRequestItem 更正请求 {requestId} 中的 {employeeNumber}，会自动重试；HR 维护的人员在 HR 更正，再用 retryRequest 重试。',
    EN: 'Correct {employeeNumber} in request {requestId} with updateRequestItem, which tries again; of somebody HR knows, correct it in HR, then try the request again with retryRequest.',
  },
  CANCELLED: {
    ZH_CN: '如仍需要，用 retryRequest 重试，或重新提交 createAccounts。',
    EN: 'If it is still wanted, retry it with retryRequest, or send createAccounts again.',
  },
};

/** Variants for people from HR, who are in no request. */
const withoutRequest: typeof texts = {
  CORRECTABLE: {
    ZH_CN: '在 HR 更正此人的数据，同步后用 retryTask 重试（{taskId}）。',
    EN: 'Correct the person in HR and, after the sync, try the task again with retryTask ({taskId}).',
  },
};

/**
 * Advice on an explanation, in the reader's language. `facts` fill the texts' parameters beside the explanation's
 * own.
 */
export function whatToDo(explanation: Explanation, facts: ErrorParameters, locale: Locale): string {
  const { code, parameters } = explanation;
  const known = {
    ...texts,
    ...(facts['requestId'] == null && withoutRequest),
    ...(facts['taskId'] === null && withoutTask),
  };
  const text = (known[code] ?? wait)[locale];
  const entry = { zh: text, en: text, fixBy: 'NOBODY', retryable: false } as const;
  return renderError(
    { [code]: entry },
    { code, parameters: { ...facts, ...parameters, variant: null } },
    locale,
  );
}

/** Who can solve it: the one who can solve its cause, where it has one. */
export function fixByOf({ code, parameters, cause }: Explanation): FixBy {
  switch (code) {
    case 'FAILED':
    case 'CORRECTABLE':
    case 'FAILED_GROUP':
    case 'BLOCKED':
    case 'DEPARTMENT_UNMAPPED':
    case 'PERSON_TYPE_INCOMPLETE':
    case 'HR_SYNC_FAILED':
    case 'FAILURES':
    case 'CHANGES_FAILED':
    case 'CALENDARS_FAILED':
    case 'CALENDARS_INCOMPLETE':
    case 'DELIVERIES_GIVEN_UP':
      return findErrorEntry(allErrors, cause?.code ?? '').fixBy;
    default: {
      const variant = parameters?.['variant'];
      const exact = typeof variant === 'string' ? `${code}.${variant}` : code;
      return findErrorEntry({ ...explanationTexts }, exact).fixBy;
    }
  }
}
