import type { ErrorEntry } from '../error-entry.ts';

/** Why a call of the API was refused (`ErrorCode` of core-schema.graphql). `field` is where, e.g. `userList[3].country`. */
export const callErrors = {
  REQUIRED: {
    zh: '{field} 没有填写，或只有空白。请填写后重新提交。',
    en: '{field} is missing or blank. Fill it in and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  INVALID: {
    zh: '{field} 的值不符合要求。请对照接口说明修改后重新提交。',
    en: '{field} has a value that is not accepted. Correct it by the description of the API and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.CHARACTER': {
    zh: '{field} 含有不允许的字符 {character}（控制字符、残缺的代理项或私有区字符）。请删除该字符后重新提交。',
    en: '{field} contains {character}, a control character, lone surrogate or private-use character. Remove it and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.ALLOWED': {
    zh: '{field} 含有不允许的字符 {character}，只允许 {allowed}。请修改后重新提交。',
    en: '{field} contains {character}, but only {allowed} are allowed. Correct it and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.DIGITS': {
    zh: '{field} 有 {digits} 位数字，电话号码应有 {minimum} 到 {maximum} 位。请核对号码后重新提交。',
    en: '{field} has a digit count of {digits}, but a phone number has {minimum} to {maximum}. Check the number and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  TOO_LONG: {
    zh: '{field} 超过 {limit} 个字符。请缩短后重新提交。',
    en: '{field} is longer than {limit} characters. Shorten it and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  TOO_MANY: {
    zh: '{field} 有 {count} 项，一次最多 {limit} 项。请分成几次提交，每次使用不同的 businessKey 或 idempotencyKey。',
    en: '{field} has {count} entries, at most {limit} are taken at once. Split it into several calls, each with its own businessKey or idempotencyKey.',
    fixBy: 'CALLER',
    retryable: false,
  },
  DUPLICATE_ROW: {
    zh: '{field} 与本次提交中 userList[{firstPosition}] 的工号相同（不分大小写）。请只保留其中一行。',
    en: '{field} has the same employee number as userList[{firstPosition}] of this call (case does not count). Keep one of the two rows.',
    fixBy: 'CALLER',
    retryable: false,
  },
  SYSTEM_DISABLED: {
    zh: '系统 {system} 目前不开放账号创建（设置 enabled_account_types）。请去掉该系统，或请管理员开放。',
    en: 'Accounts in {system} are switched off at present (Setting enabled_account_types). Leave that system out, or ask the operator to switch it on.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  SYSTEM_UNKNOWN: {
    zh: '没有名为 {system} 的系统，可用的有：{known}。请修改 systemList 后重新提交。',
    en: 'There is no system {system}; there are: {known}. Correct systemList and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  SYSTEM_NOT_CONFIGURED: {
    zh: '系统 {system} 的连接尚未配置，无法执行。请管理员补全该系统的环境变量并重启服务。',
    en: 'The connection to {system} is not configured, so nothing can be done there. The operator has to set its environment variables and restart the service.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  IDEMPOTENCY_KEY_REUSED: {
    zh: '同一幂等键已用于内容不同的请求 {existingRequestId}，本次未保存任何内容。如果确实要另行提交，请换一个 idempotencyKey（或 businessKey）。',
    en: 'The same idempotency key was used for request {existingRequestId} with other content; nothing was stored. To send this on purpose, use another idempotencyKey (or businessKey).',
    fixBy: 'CALLER',
    retryable: false,
  },
  NOT_FOUND: {
    zh: '找不到{kind} {id}，或者您无权查看。请核对编号。',
    en: 'There is no {kind} {id}, or you may not see it. Check the id.',
    fixBy: 'CALLER',
    retryable: false,
  },
  INVALID_STATE: {
    zh: '{kind} {id} 当前状态为 {status}，不能执行此操作。请刷新后按当前状态处理。',
    en: '{kind} {id} is {status}, which does not permit this. Look at it again and act on its present state.',
    fixBy: 'CALLER',
    retryable: false,
  },
  VERSION_CONFLICT: {
    zh: '{kind} {id} 已被他人修改：您看到的是版本 {expected}，现在是版本 {actual}。请重新读取后再修改。',
    en: '{kind} {id} was changed by somebody else: you saw version {expected}, it is {actual} now. Read it again, then change it.',
    fixBy: 'CALLER',
    retryable: false,
  },
  FEATURE_DISABLED: {
    zh: '此功能已被关闭（设置 {setting}）。请管理员打开后再执行。',
    en: 'This is switched off (Setting {setting}). Ask the operator to switch it on, then do it again.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  IN_USE: {
    zh: '{kind} {id} 仍在被使用（{usedBy}），不能删除或更改。请先解除引用。',
    en: '{kind} {id} is still in use ({usedBy}) and cannot be removed or changed. Remove those uses first.',
    fixBy: 'CALLER',
    retryable: false,
  },
  DEPENDENCY_CYCLE: {
    zh: '系统之间的依赖成环：{cycle}，任何一个都无法开始。请去掉其中一条依赖。',
    en: 'The dependencies between systems form a circle: {cycle}; none of them could ever start. Remove one of them.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>;
