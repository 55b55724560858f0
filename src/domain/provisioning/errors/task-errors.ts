import type { ErrorEntry } from '../../errors/error-entry.ts';

/** Why an item or a task failed for a reason of our own. `employeeNumber` is whose, `system` where. */
export const taskErrors = {
  PERSON_MISMATCH: {
    zh: '工号 {employeeNumber} 已属于另一位姓名不同的人员，未创建任何账号。请核对工号和姓名：姓名有误的，用 updateRequestItem 更正，会自动重试；工号有误的，重新提交此人；若确为同一人改名，请先在 HR 系统更正姓名，再用 retryRequest 重试。',
    en: 'Employee number {employeeNumber} belongs to a person of another name; no account was made. Check number and name: a wrong name is corrected with updateRequestItem, which tries again; for a wrong number send the person anew; if it is the same person, correct the name in HR first, then retry with retryRequest.',
    fixBy: 'CALLER',
    retryable: false,
  },
  NAME_DOUBTFUL: {
    zh: '工号 {employeeNumber} 的姓名不像一个姓名（{doubt}），没有在 {system} 开户。请更正姓名；确实无误时由管理员确认（acceptNames），任务会自动继续（设置 doubtful_names）。',
    en: 'The name of {employeeNumber} hardly is one ({doubt}), and no account was made in {system}. Correct the name; if it is right, the operator accepts it (acceptNames) and the task goes on by itself (Setting doubtful_names).',
    fixBy: 'CALLER',
    retryable: false,
  },
  PERSON_TYPE_UNMAPPED: {
    zh: '工号 {employeeNumber} 的人员类型“{personType}”没有映射，也没有默认类型。请管理员添加人员类型映射，任务会自动继续；或设置 default_person_type 后重试。',
    en: 'The person type "{personType}" of {employeeNumber} has no mapping and there is no default type. The operator has to add a person type mapping, and the task goes on by itself; or set default_person_type, then retry.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  PHONE_NOT_MOBILE: {
    zh: '工号 {employeeNumber} 的电话不是手机号，{system} 以手机号登录，无法开户。请用 updateRequestItem 更正（请求带来的人员，更正后自动重试）；HR 维护的人员请在 HR 系统更正，同步后重试。',
    en: 'The phone of {employeeNumber} is no mobile number, and {system} signs people in by mobile. Correct the phone with updateRequestItem, which tries again; of somebody HR knows, correct it in HR and retry after the sync.',
    fixBy: 'CALLER',
    retryable: false,
  },
  PHONE_INVALID: {
    zh: '工号 {employeeNumber} 的电话无法识别为有效号码，{system} 无法开户。请用 updateRequestItem 更正（请求带来的人员，更正后自动重试）；HR 维护的人员请在 HR 系统更正，同步后重试。',
    en: 'The phone of {employeeNumber} is not a number that can be dialled, so {system} cannot open the account. Correct number or country with updateRequestItem, which tries again; of somebody HR knows, correct it in HR and retry after the sync.',
    fixBy: 'CALLER',
    retryable: false,
  },
  PHONE_MISSING: {
    zh: '工号 {employeeNumber} 没有电话号码，{system} 无法开户。请用 updateRequestItem 补充手机号（请求带来的人员，更正后自动重试）；HR 维护的人员请在 HR 系统补充，同步后重试。',
    en: '{employeeNumber} has no phone number, and {system} cannot open an account without one. Give one with updateRequestItem, which tries again; of somebody HR knows, enter it in HR and retry after the sync.',
    fixBy: 'CALLER',
    retryable: false,
  },
  DEPARTMENT_UNMAPPED: {
    zh: '工号 {employeeNumber} 的部门 {departmentCodes} 没有部门映射，无法在 {system} 开户。请管理员添加映射，任务会自动继续。',
    en: 'None of the departments of {employeeNumber} ({departmentCodes}) is mapped, so the account in {system} cannot be made. The operator has to add a mapping; the task then goes on by itself.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  DEPARTMENT_OU_MISSING: {
    zh: '部门 {departmentCode} 的映射没有填写 OU，无法为工号 {employeeNumber} 在 {system} 开户。请管理员补充 OU，任务会自动继续。',
    en: 'The mapping of department {departmentCode} has no OU, so the account of {employeeNumber} in {system} cannot be made. The operator has to add the OU; the task then goes on by itself.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  EMPLOYEE_NUMBER_INVALID: {
    zh: '工号 {employeeNumber} 含有 A-Z a-z 0-9 - _ . 以外的字符或超过 50 个字符，不能用来开户。请在 HR 系统更正工号。',
    en: 'Employee number {employeeNumber} has characters other than A-Z a-z 0-9 - _ . or more than 50 of them; no account can be made under it. Correct it in HR.',
    fixBy: 'CALLER',
    retryable: false,
  },
  LOGIN_TOO_LONG: {
    zh: '工号 {employeeNumber} 超过 {limit} 个字符（Windows 登录名上限），无法生成登录名，未向 {system} 发送任何内容。请换用较短的工号。',
    en: 'Employee number {employeeNumber} is longer than {limit} characters, the limit of a Windows login; nothing was sent to {system}. Use a shorter number.',
    fixBy: 'CALLER',
    retryable: false,
  },
  EMAIL_DOMAIN_MISSING: {
    zh: '人员类型“{personType}”没有邮箱域名，也没有默认域名，无法为工号 {employeeNumber} 生成邮箱地址。请管理员设置该类型的域名，任务会自动继续；或设置 EMAIL_DOMAIN 后重试。',
    en: 'The person type "{personType}" has no e-mail domain and there is no default, so {employeeNumber} cannot get an address. The operator has to set the domain of the type, and the task goes on by itself; or set EMAIL_DOMAIN, then retry.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  IDENTIFIER_TAKEN: {
    zh: '工号 {employeeNumber} 在 {system} 的标识 {identifier} 已被另一人占用。请管理员核对两人的账号后处理，再重试。',
    en: 'The identifier {identifier} of {employeeNumber} in {system} is held by another person. The operator has to compare the two accounts, settle it, then retry.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  DEPENDENCY_FAILED: {
    zh: '工号 {employeeNumber} 的 {system} 账号要等 {dependency} 账号，而后者创建失败（{cause}）。请先解决 {dependency} 的问题；成功后会自动继续。',
    en: 'The {system} account of {employeeNumber} waits for the account in {dependency}, which failed ({cause}). Settle that first; this goes on by itself afterwards.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  DEPENDENCY_MISSING: {
    zh: '工号 {employeeNumber} 的 {system} 账号需要先有 {dependency} 账号，但没有人申请。请用 createAccounts 另行申请 {dependency}；该账号出现后会自动继续。',
    en: 'The {system} account of {employeeNumber} needs one in {dependency}, which nobody asked for. Ask for {dependency} too, with another createAccounts; this goes on by itself once that account exists.',
    fixBy: 'CALLER',
    retryable: false,
  },
  RETRIES_EXHAUSTED: {
    zh: '工号 {employeeNumber} 的 {system} 账号尝试 {attempts} 次仍未成功（最后的原因：{cause}）。请确认 {system} 恢复正常后重试。',
    en: 'The {system} account of {employeeNumber} was tried {attempts} times without success (last reason: {cause}). Make sure that {system} works again, then retry.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  NO_FREE_SLOT: {
    zh: '{system} 的调用名额未能及时空出，工号 {employeeNumber} 的请求没有发送；任务会自动重新执行，无需操作。',
    en: 'No call to {system} could be made in time for {employeeNumber}, and nothing was sent; the task runs again by itself. Nothing to do.',
    fixBy: 'NOBODY',
    retryable: true,
  },
  THROTTLED_TOO_LONG: {
    zh: '{system} 限流累计已超过 {hours} 小时，工号 {employeeNumber} 的任务停止等待。请与 {system} 的负责人确认调用额度后重试。',
    en: '{system} has throttled us for more than {hours} hours in all; the task of {employeeNumber} waits no longer. Settle the quota with the owner of {system}, then retry.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  NOT_VISIBLE_TOO_LONG: {
    zh: '工号 {employeeNumber} 所依赖的数据等了 {minutes} 分钟仍未同步到 {system}。请 {system} 的负责人检查目录同步后重试。',
    en: 'What {employeeNumber} depends on did not appear in {system} within {minutes} minutes. The owner of {system} has to check its directory synchronisation; then retry.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  UNCERTAIN_UNRESOLVABLE: {
    zh: '已向 {system} 发送工号 {employeeNumber} 的开户请求但没有收到答复，而该系统无法查询结果。请管理员在 {system} 核实账号是否存在，再用 resolveTask 登记结果。',
    en: 'The account of {employeeNumber} was sent to {system}, the answer was lost, and that system cannot be asked. The operator has to look there whether the account exists, and say so with resolveTask.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  GIVEN_UP: {
    zh: '工号 {employeeNumber} 在 {system} 的开户结果不明，{principal} 决定放弃：{reason}。如仍需要，请重试。',
    en: 'What became of the account of {employeeNumber} at {system} was unknown, and {principal} gave it up: {reason}. If it is still wanted, retry it.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  WORKER_LOST: {
    zh: '工号 {employeeNumber} 的 {system} 任务连续 {count} 次因工作进程中断而没有完成。请管理员检查服务日志和内存，然后重试。',
    en: 'The worker died {count} times in a row during the {system} task of {employeeNumber}. The operator has to check the logs and memory of the service, then retry.',
    fixBy: 'OPERATOR',
    retryable: true,
  },
  UNEXPECTED_ERROR: {
    zh: '处理工号 {employeeNumber} 的 {system} 任务时程序出错。请管理员按任务号查看日志，修复后重试。',
    en: 'The program failed on the {system} task of {employeeNumber}. The operator has to look at the log by the task id, and retry after the repair.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>;
