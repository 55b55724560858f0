import type { ErrorEntry, ErrorParameters } from '../../errors/error-entry.ts';

/** Warnings of a dry run: the call would be accepted, but should be checked first. */
export const intakeWarnings = {
  PHONE_SHARED: {
    zh: '{field} 与 userList[{otherPosition}] 是同一个号码；WELINK 以手机号登录，后一位将无法开户。请核对两人的号码。',
    en: '{field} is the number of userList[{otherPosition}] too; WELINK signs people in by mobile, so the later one cannot get an account. Check both numbers.',
    fixBy: 'CALLER',
    retryable: false,
  },
  PHONE_NOT_MOBILE: {
    zh: '{field} 不是手机号；WELINK 以手机号登录，将无法开户。请改为手机号。',
    en: '{field} is no mobile number; WELINK signs people in by mobile, so there will be no account. Send a mobile number.',
    fixBy: 'CALLER',
    retryable: false,
  },
  PHONE_INVALID: {
    zh: '{field} 不是能拨通的号码，需要电话的系统（IDAAS、WELINK）将无法开户。请核对号码和国家；境外号码请带国际区号，如 +852。',
    en: '{field} is not a number that can be dialled, so the systems that need a phone (IDAAS, WELINK) will refuse the account. Check number and country; write a number from abroad with its code, such as +852.',
    fixBy: 'CALLER',
    retryable: false,
  },
  PHONE_PLACEHOLDER: {
    zh: '{field} 像是占位号码。WELINK 以手机号登录，号码会发给其真正的主人。请核对。',
    en: '{field} looks like a number that stands for none. WELINK signs people in by mobile, and whoever really has it would get the messages. Check it.',
    fixBy: 'CALLER',
    retryable: false,
  },
  COUNTRY_UNKNOWN: {
    zh: '{field}“{country}”不是已知的国家或地区，号码不会按中国号码处理。请更正，或请管理员添加（设置 country_aliases）。',
    en: '{field}, "{country}", is no country that is known, and its numbers are not taken for Chinese ones. Correct it, or have the operator add it (Setting country_aliases).',
    fixBy: 'CALLER',
    retryable: false,
  },
  DEPARTMENT_UNMAPPED: {
    zh: '{field}：部门 {departmentCodes} 没有部门映射，此人的任务会失败，直到管理员添加映射（upsertDepartmentMappings）。',
    en: '{field}: department {departmentCodes} is not mapped, and the tasks of this person fail until the operator adds a mapping (upsertDepartmentMappings).',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  ACCOUNT_TYPE_UNKNOWN: {
    zh: '{field}“{accountType}”不是已知的人员类型或别名，将按默认类型 {defaultType} 处理。请核对，或请管理员添加类型。',
    en: '{field}, "{accountType}", is no person type and no alias of one; it counts as the default type {defaultType}. Check it, or have the operator add the type.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'ACCOUNT_TYPE_UNKNOWN.NO_DEFAULT': {
    zh: '{field}“{accountType}”不是已知的人员类型或别名，也没有默认类型，全部任务都会失败。请核对，或请管理员添加类型。',
    en: '{field}, "{accountType}", is no person type and no alias of one, and there is no default: every task will fail. Check it, or have the operator add the type.',
    fixBy: 'CALLER',
    retryable: false,
  },
  NAME_DOUBTFUL: {
    zh: '{field} 不像一个姓名（{doubt}），在有人更正或确认（acceptNames）之前不会开户（设置 doubtful_names）。',
    en: '{field} hardly is a name ({doubt}); no account is made until somebody corrects or accepts it (acceptNames; Setting doubtful_names).',
    fixBy: 'CALLER',
    retryable: false,
  },
  'NAME_DOUBTFUL.ACCEPTED': {
    zh: '{field} 不像一个姓名（{doubt}）；按设置 doubtful_names 仍会照此开户。请核对。',
    en: '{field} hardly is a name ({doubt}); by the Setting doubtful_names accounts are made of it all the same. Check it.',
    fixBy: 'CALLER',
    retryable: false,
  },
  NAME_NOTE_LEFT_OFF: {
    zh: '{field} 中的备注“{notes}”不会写入账号，以“{name}”开户（设置 name_notes_left_off）。请核对。',
    en: '{notes} in {field} is a note that accounts leave off: they bear the name {name} (Setting name_notes_left_off). Check it.',
    fixBy: 'NOBODY',
    retryable: false,
  },
  NAME_NOT_SPELLED: {
    zh: '{field} 中的“{character}”没有已知读音，登录名和邮箱将使用工号。如需其他名称，请在创建前设置（setPersonIdentifiers）。',
    en: '{character} in {field} has no reading that is known, so that login and address are made of the employee number. Set others before the account is made (setPersonIdentifiers).',
    fixBy: 'CALLER',
    retryable: false,
  },
  'NAME_NOT_SPELLED.NOTHING': {
    zh: '{field} 中没有可以拼写的字母，登录名和邮箱将使用工号。如需其他名称，请在创建前设置（setPersonIdentifiers）。',
    en: '{field} has no letter that can be spelled, so that login and address are made of the employee number. Set others before the account is made (setPersonIdentifiers).',
    fixBy: 'CALLER',
    retryable: false,
  },
  PERSON_MISMATCH: {
    zh: '{field}：此工号属于另一位姓名不同的人员，该行会失败，不会创建账号。请核对工号和姓名。',
    en: '{field}: this employee number belongs to a person of another name; the row will fail and no account will be made. Check number and name.',
    fixBy: 'CALLER',
    retryable: false,
  },
  'PERSON_MISMATCH.ACCEPTED': {
    zh: '{field}：此工号的人员以另一个姓名登记；按设置 person_name_check 仍会接受，账号使用已登记的姓名。',
    en: '{field}: the person of this employee number is known under another name; by the Setting person_name_check the row is accepted, and the accounts bear the name that is known.',
    fixBy: 'CALLER',
    retryable: false,
  },
} as const satisfies Record<string, ErrorEntry>;

/** Codes of warnings; a variant is a parameter, not a code. */
export const intakeWarningCodes = [
  'PHONE_SHARED',
  'PHONE_NOT_MOBILE',
  'PHONE_INVALID',
  'PHONE_PLACEHOLDER',
  'COUNTRY_UNKNOWN',
  'DEPARTMENT_UNMAPPED',
  'ACCOUNT_TYPE_UNKNOWN',
  'PERSON_MISMATCH',
  'NAME_DOUBTFUL',
  'NAME_NOTE_LEFT_OFF',
  'NAME_NOT_SPELLED',
] as const;
export type IntakeWarningCode = (typeof intakeWarningCodes)[number];

/** One warning, unrendered. */
export interface IntakeWarning {
  readonly code: IntakeWarningCode;
  readonly parameters: ErrorParameters;
  /** Relative to `input`. */
  readonly path: readonly string[];
  readonly employeeNumber: string | null;
}
