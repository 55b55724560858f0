import type { ErrorEntry } from '../errors/error-entry.ts';
import { accountTexts } from './account-texts.ts';
import { healthTexts } from './health-texts.ts';

/**
 * Why something is not finished. Entries are read like errors; beside their parameters they may use `{cause}`, the
 * text of a stored error, `{who}`, who can put it right, and moments such as `{until}` in the reader's time zone.
 */
export const explanationTexts = {
  CREATION_OFF: {
    zh: '账号创建总开关已关闭（设置 account_creation_enabled）。请管理员打开，之后自动继续。',
    en: 'Account creation is switched off (Setting account_creation_enabled). Once the operator switches it on, this goes on by itself.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  PLANNING_OFF: {
    zh: '为请求创建任务的开关已关闭（设置 request_task_creation_enabled）。请管理员打开，之后自动继续。',
    en: 'Planning for requests is switched off (Setting request_task_creation_enabled). Once the operator switches it on, this goes on by itself.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  PROCESSING_OFF: {
    zh: '任务自动执行已关闭（设置 task_processing_enabled）。请管理员打开，之后自动继续。',
    en: 'Running tasks is switched off (Setting task_processing_enabled). Once the operator switches it on, this goes on by itself.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  PAUSED_UNTIL: {
    zh: '{system} 维护至 {until}（{reason}），期间不发送任何内容，之后自动继续，无需操作。',
    en: '{system} is paused until {until} ({reason}): nothing is sent before, and it goes on by itself afterwards. Nothing to do.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  PAUSED: {
    zh: '{system} 维护中（{reason}），暂停发送。请管理员维护结束后从设置 paused_systems 中移除，之后自动继续。',
    en: '{system} is paused ({reason}): nothing is sent. Once the operator takes it out of the Setting paused_systems, this goes on by itself.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  WAITING_FOR_INTAKE: {
    zh: '已接收，正在等待登记人员，无需操作。',
    en: 'Accepted and waiting for its people to be stored. Nothing to do.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  WAITING_FOR_PLANNING: {
    zh: '人员已登记，正在等待创建任务，无需操作。',
    en: 'The person is stored; the tasks are about to be planned. Nothing to do.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  READY: {
    zh: '已就绪，正在排队等待 {system}（按调用频率和来源轮流执行），无需操作。',
    en: 'Ready, waiting for its turn at {system} (by rate limit, origin systems in turn). Nothing to do.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  RUNNING: {
    zh: '正在 {system} 创建账号，无需操作。',
    en: 'The account is being made at {system} right now. Nothing to do.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  WAITING_FOR_DEPENDENCY: {
    zh: '{system} 账号要等 {dependencies} 账号先建好，之后自动继续，无需操作。',
    en: 'The {system} account waits for the account in {dependencies} and goes on by itself. Nothing to do.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  BLOCKED: {
    zh: '{cause}',
    en: '{cause}',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  RETRY_AT: {
    zh: '将于 {until} 自动重试。上次的原因：{cause}',
    en: 'It is tried again at {until}. Last reason: {cause}',
    fixBy: 'NOBODY',
    retryable: true,
  },
  RETRY_DUE: {
    zh: '已到重试时间，正在排队等待 {system}。上次的原因：{cause}',
    en: 'Due to be tried again, waiting for its turn at {system}. Last reason: {cause}',
    fixBy: 'NOBODY',
    retryable: true,
  },
  THROTTLED: {
    zh: '{system} 要求放慢速度，{until} 之前暂停发送，之后自动继续，无需操作。',
    en: '{system} asks us to slow down: nothing is sent before {until}, then it goes on by itself. Nothing to do.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  CIRCUIT_OPEN: {
    zh: '{system} 自 {since} 起连续失败，已暂停发送；下次试探 {until}，恢复后自动继续。原因：{cause}',
    en: '{system} has failed again and again since {since}, so nothing is sent; the next trial is at {until}, and work goes on once it answers. Reason: {cause}',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  CREDENTIALS_REFUSED: {
    zh: '{system} 自 {since} 起拒绝我们的调用，任务已暂停且不消耗重试次数。须由管理员修正配置或凭据；下次试探 {until}，成功后自动继续。原因：{cause}',
    en: '{system} has refused our calls since {since}; tasks are held and lose no attempt. The operator has to correct configuration or credentials; the next trial is at {until}, and work goes on once it succeeds. Reason: {cause}',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  UNCERTAIN: {
    zh: '已发送给 {system} 但没有收到答复，正在查询账号是否已建好（下次查询 {until}）；不会重复创建，无需操作。已知结果的，可用 resolveTask 登记。',
    en: 'Sent to {system}, but the answer was lost; it is being looked up whether the account exists (next look at {until}). Nothing is made twice; nothing to do. Whoever knows the outcome may record it with resolveTask.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  RESOLVE_BY_HAND: {
    zh: '{cause}（处理方：{who}；resolveTask 的 outcome：EXISTS 已存在，SEND_AGAIN 不存在并重新发送，GIVE_UP 放弃）',
    en: '{cause} (For: {who}; outcome of resolveTask: EXISTS, SEND_AGAIN if it does not exist, or GIVE_UP.)',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  FAILED: {
    zh: '{cause}（处理方：{who}；处理后用 retryTask 或 retryRequest 重试）',
    en: '{cause} (For: {who}; afterwards retry with retryTask or retryRequest.)',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  FAILED_GROUP: {
    zh: '{cause}',
    en: '{cause}',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  CORRECTABLE: {
    zh: '{cause}（处理方：{who}）',
    en: '{cause} (For: {who}.)',
    fixBy: 'CALLER',
    retryable: false,
  },
  DEPARTMENT_UNMAPPED: {
    zh: '{cause}（处理方：{who}；用 upsertDepartmentMappings 添加映射后自动重试）',
    en: '{cause} (For: {who}; once the mapping is added with upsertDepartmentMappings it is tried again by itself.)',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  PERSON_TYPE_INCOMPLETE: {
    zh: '{cause}（处理方：{who}；用 upsertPersonTypeMappings 补全后自动重试）',
    en: '{cause} (For: {who}; once it is completed with upsertPersonTypeMappings it is tried again by itself.)',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  CANCELLED: {
    zh: '已取消。如仍需要，请重试或重新提交。',
    en: 'Cancelled. If it is still wanted, retry it or send it again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  CANCELLING: {
    zh: '正在取消：已发出的 {open} 项等结果返回后结束，无需操作。',
    en: 'Being cancelled: {open} already under way end when their answers arrive. Nothing to do.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  REQUEST_PROGRESS: {
    zh: '已处理 {processed} / {total} 人。',
    en: '{processed} of {total} people are done.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  REQUEST_TASKS: {
    zh: '未完成的任务：{tasks}。',
    en: 'Open tasks: {tasks}.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  REQUEST_FAILURES: {
    zh: '{failed} / {total} 人失败。',
    en: '{failed} of {total} people failed.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  REQUEST_CAUSE: {
    zh: '{count} 次：{cause}（处理方：{who}）',
    en: '{count} ×: {cause} (For: {who}.)',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  REQUEST_RETRY: {
    zh: '某人的数据有误的，用 updateRequestItem 更正，会自动重试；其余的处理后用 retryRequest 重试失败的部分。',
    en: 'Wrong data of a person are corrected with updateRequestItem, which tries again; the rest is retried with retryRequest once its cause is settled.',
    fixBy: 'CALLER',
    retryable: false,
  },
  REQUEST_PURGED: {
    zh: '已过保留期，人员明细已清除，只留计数。仍需要账号的，请用相同内容重新提交，会重新处理。',
    en: 'Its people were removed when their days were over; the counts remain. For accounts that are still wanted send the same call again: it is begun anew.',
    fixBy: 'CALLER',
    retryable: false,
  },
  ...accountTexts,
  ...healthTexts,
} as const satisfies Record<string, ErrorEntry>;

export type ExplanationCode = keyof typeof explanationTexts;
