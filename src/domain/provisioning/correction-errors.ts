import type { ErrorEntry } from '../error-entry.ts';

/** Why a correction by hand was refused: of a request's item, of names, of links between people and accounts. */
export const correctionErrors = {
  'REQUIRED.CORRECTION': {
    zh: '没有给出要更正的值。请至少给出一项：{fields}。',
    en: 'There is nothing to correct. Give at least one of: {fields}.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'REQUIRED.ITEM': {
    zh: '请用 position 或 employeeNumber 之一指明是哪一行。',
    en: 'Say which row: give one of position and employeeNumber.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID_STATE.ITEM': {
    zh: '请求 {id} 中 {employeeNumber} 的明细当前状态为 {status}，没有可更正的失败任务，未作更改。{status} 为 CANCELLED 时请先 retryRequest；账号已存在时请在相应系统中更改。',
    en: 'The item of {employeeNumber} in request {id} is {status} and has no failed task that a correction could help, so nothing was changed. Retry the request first if it was cancelled; change what exists already at its system.',
    fixBy: 'CALLER',
    retryable: false,
  },
  OWNED_BY_HR: {
    zh: '工号 {employeeNumber} 的 {fields} 由 HR 系统维护，不能在这里更正，未作更改。请在 HR 系统更正，同步后任务可以重试。',
    en: 'HR owns {fields} of {employeeNumber}; it cannot be corrected here, and nothing was changed. Correct it in HR; once it is synced, retry.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  'PERSON_MISMATCH.CORRECTION': {
    zh: '更正后的姓名仍与工号 {employeeNumber} 的人员不符，未作更改。请核对工号和姓名。',
    en: 'The corrected name is not that of the person of {employeeNumber} either, so nothing was changed. Check number and name.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'PERSON_MISMATCH.SHARED': {
    zh: '工号 {employeeNumber} 的人员也出现在其他请求中，不能在这里改成另一个姓名，未作更改。请核对工号；若确为改名，请重新提交请求。',
    en: 'The person of {employeeNumber} is in other requests too and cannot be given another name here; nothing was changed. Check the number; for a new name of the same person, send a new request.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.LOGIN': {
    zh: '{field} 不能用作登录名：1 到 {limit} 个字符，只能用 A-Z a-z 0-9 - _ .，以字母或数字开头，不以点结尾。',
    en: '{field} is no login: 1 to {limit} of A-Z a-z 0-9 - _ . are allowed, with a letter or digit first and no dot last.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.LOCAL_PART': {
    zh: '{field} 不能用作邮箱前缀：1 到 {limit} 个字符，只能用 a-z 0-9 - _ .，不能以点开头或结尾，不能有连续的点，不带 @ 和域名。',
    en: '{field} is no local part of an address: 1 to {limit} of a-z 0-9 - _ . are allowed, no dot first, last or twice in a row, and no @ or domain.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.RESERVED_WORD': {
    zh: '{field}“{identifier}”是保留的邮箱前缀（设置 reserved_local_parts），不分配给个人。请换一个。',
    en: '{field}, "{identifier}", is a reserved local part (Setting reserved_local_parts) and given to nobody. Choose another.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'IDENTIFIER_TAKEN.NAME': {
    zh: '{field}“{identifier}”已被占用或曾分配给他人，不会再分配。请换一个。',
    en: '{field}, "{identifier}", is taken, or was given to somebody else before and is never given again. Choose another.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'IDENTIFIER_TAKEN.LINK': {
    zh: '{system} 的账号 {identifier} 在这里属于另一个人，未关联到工号 {employeeNumber}。请核对；若那边的关联有误，请先对那个人 unlinkAccount。',
    en: "The {system} account {identifier} is another person's here and was not linked to {employeeNumber}. Check it; if that link is wrong, unlink it there first (unlinkAccount).",
    fixBy: 'OPERATOR',
    retryable: false,
  },
  'INVALID_STATE.NAMES_IN_USE': {
    zh: '工号 {employeeNumber} 在 {system} 的账号已是 {status}，登录名和邮箱不能再更换，未作更改。请在该系统中更改后，用 verifyAccounts 更正这里的记录。',
    en: 'The account of {employeeNumber} in {system} is {status}: login and address cannot be exchanged any more, and nothing was changed. Change them at that system, then correct the record here with verifyAccounts.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  'INVALID_STATE.TASK_SENT': {
    zh: '任务 {id} 当前状态为 {status}，{system} 可能已收到 {employeeNumber} 的账号，未作更改。请等它有了结果再操作。',
    en: 'Task {id} is {status}: {system} may have been sent the account of {employeeNumber} already, so nothing was changed. Wait for its outcome, then do this again.',
    fixBy: 'CALLER',
    retryable: true,
  },
  'INVALID_STATE.LINKED': {
    zh: '工号 {employeeNumber} 在 {system} 已有账号 {identifier}（{status}），未关联。若有误，请先 unlinkAccount。',
    en: '{employeeNumber} has an account in {system} already, {identifier} ({status}); nothing was linked. If that is wrong, unlink it first (unlinkAccount).',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  'INVALID_STATE.NOT_LINKED': {
    zh: '工号 {employeeNumber} 在 {system} 还没有账号（{status}），没有可解除的关联。',
    en: '{employeeNumber} has no account in {system} yet ({status}), so there is no link to remove.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'NOT_FOUND.UPSTREAM': {
    zh: '{system} 不认识账号 {identifier}（工号 {employeeNumber}），未关联。请核对；确知其存在时可加 force: true。',
    en: '{system} knows no account {identifier} of {employeeNumber}; nothing was linked. Check it; if you know that it exists, add force: true.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.OTHER_ACCOUNT': {
    zh: '{system} 中工号 {employeeNumber} 的账号是 {found}，不是 {identifier}，未关联。请核对；确知无误时可加 force: true。',
    en: 'At {system} the account of {employeeNumber} is {found}, not {identifier}; nothing was linked. Check it; if you know better, add force: true.',
    fixBy: 'CALLER',
    retryable: false,
  },
  UNVERIFIED: {
    zh: '现在无法在 {system} 核实账号 {identifier}（{cause}），未关联。请稍后再试；确知其存在时可加 force: true。',
    en: 'Whether {system} has the account {identifier} could not be found out now ({cause}); nothing was linked. Try again later; if you know that it exists, add force: true.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  'UNVERIFIED.PAUSED': {
    zh: '{system} 正在维护（{reason}），无法核实账号 {identifier}，未关联。请在维护结束后再试；确知其存在时可加 force: true。',
    en: '{system} is paused ({reason}), so the account {identifier} could not be verified; nothing was linked. Try again after the pause; if you know that it exists, add force: true.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  'UNVERIFIED.CIRCUIT_OPEN': {
    zh: '{system} 目前不可用（熔断），无法核实账号 {identifier}，未关联。请在其恢复后再试；确知其存在时可加 force: true。',
    en: '{system} does not answer at present (its circuit is open), so the account {identifier} could not be verified; nothing was linked. Try again once it does; if you know that it exists, add force: true.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  'UNVERIFIED.TIMED_OUT': {
    zh: '没有工作进程及时在 {system} 核实账号 {identifier}，未关联。请检查工作进程是否运行并连接了 {system}，然后再试；确知其存在时可加 force: true。',
    en: 'No worker verified the account {identifier} at {system} in time; nothing was linked. Check that a worker runs and is connected to {system}, then try again; if you know that it exists, add force: true.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  ACCOUNT_UNLINKED: {
    zh: '工号 {employeeNumber} 与 {system} 账号 {identifier} 的关联已由 {principal} 解除，{system} 中未删除任何内容。请用 linkAccount 关联正确的账号，或重试以创建账号。',
    en: 'The link of {employeeNumber} to the {system} account {identifier} was removed by {principal}; nothing was deleted there. Link the right account (linkAccount), or retry to have one made.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  ACCOUNT_MISSING: {
    zh: '核对时 {system} 已没有工号 {employeeNumber} 的账号 {identifier}。请重试以重新创建，或用 linkAccount 关联正确的账号。',
    en: 'When it was checked, {system} had the account {identifier} of {employeeNumber} no more. Retry to have it made again, or link the right one (linkAccount).',
    fixBy: 'OPERATOR',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>;
