import type { ErrorEntry } from '../errors/error-entry.ts';

/** Why a run of any kind ended without its work. */
export const runErrors = {
  RUN_ABANDONED: {
    zh: '运行 {runId} 连续 {attempts} 次没有进展就中断，已停止。请管理员查看日志后重新启动。',
    en: 'Run {runId} broke off {attempts} times in a row without getting further and was stopped. The operator has to look at the log, then start it again.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  'INVALID_STATE.RUN_LIVE': {
    zh: '运行 {id} 不能继续：同类的运行 {other} 正在进行（{status}）。请等它结束，或先用 cancelRun 停止它。',
    en: 'Run {id} cannot go on: run {other} of the same kind is {status}. Wait until that one has ended, or stop it with cancelRun.',
    fixBy: 'CALLER',
    retryable: true,
  },
  'INVALID_STATE.RUN_REJECTED': {
    zh: '运行 {id} 已被 {rejectedBy} 否决，不能继续。如仍需执行，请重新启动一次运行。',
    en: 'Run {id} was rejected by {rejectedBy} and stays so. If it is wanted after all, start a new one.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID_STATE.NOTHING_FAILED': {
    zh: '运行 {id} 没有失败的记录，无需重试。',
    en: 'Run {id} has no failed record: there is nothing to try again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID_STATE.VERIFY_AGAIN': {
    zh: '运行 {id} 的记录是当时的查询结果，不能单独重试。请对这些工号重新调用 verifyAccounts（employeeNumbers），或重新调用 adoptAccounts。',
    en: 'The records of run {id} are what the systems said then and cannot be tried again by themselves. Call verifyAccounts anew for these employeeNumbers, or adoptAccounts.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID_STATE.OTHER_SCOPE': {
    zh: '运行 {id} 正在核对另一些账号（{status}），不能加入。请等它结束，或先用 cancelRun 停止它。',
    en: 'Run {id} is looking up other accounts ({status}) and cannot be joined. Wait until it has ended, or stop it with cancelRun.',
    fixBy: 'CALLER',
    retryable: true,
  },
  'INVALID_STATE.ITEMS_OF_SOURCE': {
    zh: '运行 {id} 的记录由来源的数据决定，不能单独重试：来源更正后，下一次同步会自动重新读取（syncHr 的 forceFullSync 可重读全部）。',
    en: 'The records of run {id} are as their source has them and cannot be tried one by one: corrected there, the next sync takes them (forceFullSync of syncHr reads everything again).',
    fixBy: 'UPSTREAM_OWNER',
    retryable: false,
  },
  'INVALID_STATE.TASKS_ONE_BY_ONE': {
    zh: '运行 {id} 的任务各自重试：失败的任务请用 retryTask 或 retryRequest，或再次执行 processAccountTasks。',
    en: 'The tasks of run {id} are tried again each by itself: failed ones by retryTask or retryRequest, others by another processAccountTasks.',
    fixBy: 'CALLER',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>;
