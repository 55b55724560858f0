import type { ErrorEntry } from '../../errors/error-entry.ts';

/** Why a run of processing leaves a task alone: nothing is wrong with it, it waits. */
export const taskWaits = {
  WAITS_FOR_ACCOUNT: {
    zh: '{employeeNumber} 的 {system} 任务等待其 {dependencies} 账号；该账号建立后自动开始。',
    en: 'The {system} task of {employeeNumber} waits for the {dependencies} account; it starts by itself once that exists.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  WAITS_FOR_RETRY: {
    zh: '{employeeNumber} 的 {system} 任务上次未成功，{until} 之后重试；用 retryTask 可立即重试。',
    en: 'The {system} task of {employeeNumber} did not succeed last time and is tried again after {until}; retryTask makes it due now.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  WAITS_FOR_ANSWER: {
    zh: '{employeeNumber} 的 {system} 任务已发送但没有收到回答，正在查询结果。',
    en: 'The {system} task of {employeeNumber} was sent and its answer was lost; it is being looked up.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  WAITS_FOR_SWITCH: {
    zh: '账号创建总开关已关闭（设置 account_creation_enabled），{employeeNumber} 的 {system} 任务等待其打开。',
    en: 'Account creation is switched off (Setting account_creation_enabled); the {system} task of {employeeNumber} waits until it is on.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  WAITS_FOR_PAUSE: {
    zh: '系统 {system} 正在维护（{reason}），{employeeNumber} 的任务等待维护结束。',
    en: '{system} is under maintenance ({reason}); the task of {employeeNumber} waits for its end.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  WAITS_FOR_SYSTEM: {
    zh: '系统 {system} 目前无法调用（熔断或限流），{employeeNumber} 的任务等待其恢复。',
    en: '{system} cannot be called at present (circuit open, or asked to slow down); the task of {employeeNumber} waits until it can.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  WAITS_FOR_ENABLING: {
    zh: '系统 {system} 未启用（设置 enabled_account_types），{employeeNumber} 的任务等待启用。',
    en: '{system} is not enabled (Setting enabled_account_types); the task of {employeeNumber} waits until it is.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
} as const satisfies Record<string, ErrorEntry>;

/** Reasons for which a task waits. */
export type TaskWait = keyof typeof taskWaits;
