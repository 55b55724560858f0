import type { ErrorEntry } from '../errors/error-entry.ts';

/** Why a value was refused for a Setting. `key` is which, `field` where inside the input, e.g. `value.IDAAS[0]`. */
export const settingErrors = {
  'INVALID.SETTING': {
    zh: '设置 {key} 的 {field} 不符合要求：{problemZh}。请修改后重新提交。',
    en: 'Setting {key}, {field}: {problemEn}. Correct it and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.PATTERN': {
    zh: '设置 {key} 的 {field} 不是有效的正则表达式。请修改后重新提交。',
    en: 'Setting {key}, {field} is not a regular expression. Correct it and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.SYSTEM': {
    zh: '设置 {key} 的 {field} 提到了不存在的系统 {system}，可用的有：{known}。请修改后重新提交。',
    en: 'Setting {key}, {field} names the system {system}, which does not exist; known are {known}. Correct it and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.COUNTRY': {
    zh: '设置 {key} 的 {field} 不是国家的两位代码（ISO 3166，大写，如 CN）。请修改后重新提交。',
    en: 'Setting {key}, {field} is no two-letter code of a country (ISO 3166, upper case, such as CN). Correct it and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.TWICE': {
    zh: '设置 {key} 的 {field}“{value}”与第 {first} 项（从 0 起）重复。请只保留其中一项。',
    en: 'Setting {key}, {field}, "{value}", stands in entry {first} already (counted from 0). Keep one of the two.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.PAUSE_OVER': {
    zh: '设置 {key} 的 {field}（{until}）已经过去，这样的暂停不起作用。请改为将来的时间，或删去该项。',
    en: 'Setting {key}, {field} ({until}) is over already: such a pause does nothing. Give a moment to come, or leave the entry out.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.PERSON_TYPE_UNKNOWN': {
    zh: '设置 {key} 的 {field}“{value}”不是有效的人员类型，可用的有：{known}（或空串：无法识别的类型失败）。请修改，或先用 upsertPersonTypeMappings 添加。',
    en: 'Setting {key}, {field}, "{value}", is no active person type; there are: {known} (or an empty text: unknown types fail). Correct it, or add the type first with upsertPersonTypeMappings.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.PAUSED_TWICE': {
    zh: '设置 {key} 的 {field}：系统 {system} 已在前面暂停过。每个系统只写一项。',
    en: 'Setting {key}, {field}: {system} is paused by an entry before. Keep one entry per system.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.HOST': {
    zh: '设置 {key} 的 {field} 不是主机名（portal.example.com、10.20.30.40:8080）。请修改后重新提交。',
    en: 'Setting {key}, {field} is no host (portal.example.com, 10.20.30.40:8080). Correct it and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.ALLOWLIST': {
    zh: '设置 {key} 的 {field} 既不是网址（https://portal.example.com/hooks）也不是主机名（portal.example.com）。请修改后重新提交。',
    en: 'Setting {key}, {field} is neither a URL (https://portal.example.com/hooks) nor a host (portal.example.com). Correct it and send the call again.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'INVALID.LEGAL_MINIMUM': {
    zh: '设置 {key} 不能少于 {minimum} 天，除非先打开设置 retention_below_legal_minimum。未做修改。',
    en: 'Setting {key} may not be less than {minimum} days, unless the Setting retention_below_legal_minimum is switched on first. Nothing was changed.',
    fixBy: 'CALLER',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>;
