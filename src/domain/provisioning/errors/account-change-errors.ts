import type { ErrorEntry } from '../../errors/error-entry.ts';

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
