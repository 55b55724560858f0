import type { ErrorEntry, StoredError } from '../../errors/error-entry.ts';

/** Why an account of a leaver or a mover was not changed by us. */
export const accountChangeErrors = {
  LEAVER_BY_HAND: {
    zh: '{employeeNumber} 已离职，但 {system} 的账号不能从这里停用。请管理员到 {system} 手工停用。',
    en: '{employeeNumber} left, but the {system} account cannot be disabled from here. The operator has to disable it by hand at {system}.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  MOVER_BY_HAND: {
    zh: '人事系统更改了 {employeeNumber} 的资料（{fields}），{system} 的账号不能从这里更新。请管理员到 {system} 手工更新。',
    en: 'HR changed the {fields} of {employeeNumber}, and the {system} account is not updated from here. The operator has to update it by hand at {system}.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  'DEPARTMENT_UNMAPPED.CHANGE': {
    zh: '人事系统更改了 {employeeNumber} 的部门，新部门 {departmentCodes} 没有（含 OU 的）部门映射，{system} 的账号没有更新，不会自动重试。请管理员用 upsertDepartmentMappings 添加映射，再用 retryFailedItems（{runId}）重试。',
    en: 'HR moved {employeeNumber} to {departmentCodes}, which has no department mapping with an OU; the {system} account was not updated, and this is not tried again by itself. The operator adds the mapping with upsertDepartmentMappings, then tries it again with retryFailedItems ({runId}).',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  'NAME_DOUBTFUL.CHANGE': {
    zh: '人事系统中 {employeeNumber} 的新姓名不像一个姓名（{doubt}），{system} 的账号没有更新，不会自动重试。请在人事系统更正，下次同步会更新账号；确实无误时由管理员确认（acceptNames），再用 retryFailedItems（{runId}）重试。设置 doubtful_names。',
    en: 'The new name of {employeeNumber} at HR hardly is one ({doubt}), and the {system} account was not updated; this is not tried again by itself. Correct it in HR: the next sync updates the account. If it is right, the operator accepts it (acceptNames) and tries it again with retryFailedItems ({runId}). Setting doubtful_names.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  'PHONE_INVALID.CHANGE': {
    zh: '人事系统中 {employeeNumber} 的新电话不是能拨通的号码，{system} 的账号没有更新，不会自动重试。请在人事系统更正，下次同步会更新账号。',
    en: 'The new phone of {employeeNumber} at HR is not a number that can be dialled; the {system} account was not updated, and this is not tried again by itself. Correct it in HR: the next sync updates the account.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  'PHONE_NOT_MOBILE.CHANGE': {
    zh: '人事系统中 {employeeNumber} 的新电话不是手机号，而 {system} 以手机号登录，账号没有更新，不会自动重试。请在人事系统改为手机号，下次同步会更新账号。',
    en: 'The new phone of {employeeNumber} at HR is no mobile number, and {system} signs people in by mobile; the account was not updated, and this is not tried again by itself. Enter a mobile number in HR: the next sync updates the account.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  'WORKER_LOST.CHANGE': {
    zh: '更改 {employeeNumber} 的 {system} 账号时，工作进程连续 {count} 次中断，账号没有更改，不会自动重试。请管理员检查服务日志和内存，再用 retryFailedItems（{runId}）重试。',
    en: 'The worker died {count} times in a row while it changed the {system} account of {employeeNumber}; it was not changed, and this is not tried again by itself. The operator checks the logs and memory of the service, then tries it again with retryFailedItems ({runId}).',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  'UNEXPECTED_ERROR.CHANGE': {
    zh: '更改 {employeeNumber} 的 {system} 账号时程序出错，不会自动重试。请管理员按工号查看日志，修复后用 retryFailedItems（{runId}）重试。',
    en: 'The program failed when it changed the {system} account of {employeeNumber}; this is not tried again by itself. The operator looks at the log by the employee number and, after the repair, tries it again with retryFailedItems ({runId}).',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  'THROTTLED_TOO_LONG.CHANGE': {
    zh: '{system} 限流累计已超过 {hours} 小时，{employeeNumber} 的账号没有更改，不再等待。请与 {system} 的负责人确认调用额度，再用 retryFailedItems（{runId}）重试。',
    en: '{system} has throttled us for more than {hours} hours in all; the account of {employeeNumber} was not changed and waits no longer. Settle the quota with the owner of {system}, then try it again with retryFailedItems ({runId}).',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  LEAVER_CAME_BACK: {
    zh: '{employeeNumber} 在停用之前已恢复在职，{system} 账号保持不变。',
    en: '{employeeNumber} is valid at HR again; the {system} account was left as it is.',
    fixBy: 'NOBODY',
    retryable: false,
  },
  ACCOUNT_NOT_ACTIVE: {
    zh: '{employeeNumber} 在 {system} 的账号已不是启用状态，无需处理。',
    en: 'The {system} account of {employeeNumber} is not active any more; nothing was done.',
    fixBy: 'NOBODY',
    retryable: false,
  },
  REHIRE_TASK: {
    zh: '{employeeNumber} 已恢复在职，已创建任务重新开通 {system} 账号。',
    en: '{employeeNumber} is valid at HR again; a task was made that brings the {system} account back.',
    fixBy: 'NOBODY',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>;

/**
 * The error of a failed change of an account: it is not a task, so the text mentions none, and only the run retries
 * it.
 */
export function asChangeError({ code, parameters }: StoredError, runId: string): StoredError {
  const variant = Object.hasOwn(accountChangeErrors, `${code}.CHANGE`) ? { variant: 'CHANGE' } : {};
  return { code, parameters: { ...parameters, ...variant, runId } };
}
