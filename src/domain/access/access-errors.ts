import type { ErrorEntry } from '../errors/error-entry.ts';

/** Why a call about keys was refused. */
export const accessErrors = {
  'INVALID.SCOPE': {
    zh: '{field} 不是有效的权限 {scope}。可用的有：{known}。请修改后重新提交。',
    en: '{field}, {scope}, is no scope. There are: {known}. Correct it and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.SCOPE_OF_BOUND_KEY': {
    zh: '限定来源系统（originSystems）的密钥不能有权限 {scope}，因为它不受来源系统限制。可用的有：{known}。请去掉该权限，或不限定来源系统。',
    en: 'A key that is bound to originSystems cannot have the scope {scope}, which no origin system limits. It may have: {known}. Leave the scope out, or do not bind the key.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.PRINCIPAL': {
    zh: '{field} 不能是 {principal}：只允许字母、数字和 . _ - 空格等普通字符，不得含冒号，也不得使用保留名称（{reserved}）。请换一个名称。',
    en: '{field} cannot be {principal}: it holds no colon, and these are reserved: {reserved}. Take another name.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.EXPIRY': {
    zh: '{field} 已经过去或早于现在。请填写将来的时间，或不填（永不过期）。',
    en: '{field} is in the past. Give a moment to come, or leave it out for a key that does not expire.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.OVERLAP': {
    zh: '{field} 是 {given} 秒，应为 0 到 {limit} 秒。请修改后重新提交。',
    en: '{field} is {given} seconds, but has to be 0 to {limit}. Correct it and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  KEY_PRINCIPAL: {
    zh: '没有给出 principal，因此密钥以名称“{principal}”为使用者：请求、幂等键和限流都归它。以后更换密钥时用 rotateApiKey，或在 createApiKey 中给出 principal“{principal}”，否则新密钥不共用这些幂等键。',
    en: 'No principal was given, so the name "{principal}" is it: requests, idempotency keys and the rate limit are its own. Renew the key with rotateApiKey, or give createApiKey the principal "{principal}": else the new key shares no idempotency keys with this one.',
    fixBy: 'NOBODY',
    retryable: false,
  },
  'KEY_PRINCIPAL.OTHERS': {
    zh: '没有给出 principal，因此密钥以名称“{principal}”为使用者。相同来源系统已有使用者 {others} 的密钥：如果这是它的更新，请吊销本密钥，改用 rotateApiKey，或在 createApiKey 中给出该 principal，否则不共用其幂等键。',
    en: 'No principal was given, so the name "{principal}" is it. There are keys of {others} for the same origin systems: if this one renews such a key, revoke it and use rotateApiKey, or give createApiKey that principal; as it is, they share no idempotency keys.',
    fixBy: 'NOBODY',
    retryable: false,
  },
  'INVALID_STATE.KEY': {
    zh: '密钥 {id} 的状态为 {status}，不能轮换。请用 createApiKey 新建一个。',
    en: 'The key {id} is {status} and cannot be rotated. Make a new one with createApiKey.',
    fixBy: 'CALLER',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>;
