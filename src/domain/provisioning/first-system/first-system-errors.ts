import type { ErrorEntry } from '../../errors/error-entry.ts';

const operator = { fixBy: 'OPERATOR', retryable: false } as const;

/** Errors and remarks of the import about rows of the first system. */
export const firstSystemErrors = {
  FIRST_SYSTEM_ROW: {
    zh: '未导入：此行不符合要求。请在第一代系统中更正后再次导入。',
    en: 'Not imported: the row does not fit. Correct it in the first system and import again.',
    ...operator,
  },
  'FIRST_SYSTEM_ROW.NO_TEXT': {
    zh: '未导入：{column} 不是文本。请在第一代系统中更正后再次导入。',
    en: 'Not imported: {column} is no text. Correct it in the first system and import again.',
    ...operator,
  },
  'FIRST_SYSTEM_ROW.CHARACTER': {
    zh: '未导入：{column} 含有不允许的字符 {character}。请在第一代系统中更正后再次导入。',
    en: 'Not imported: {column} has the character {character}, which is not allowed. Correct it in the first system and import again.',
    ...operator,
  },
  'FIRST_SYSTEM_ROW.TOO_LONG': {
    zh: '未导入：{column} 超过 {limit} 个字符。请在第一代系统中更正后再次导入。',
    en: 'Not imported: {column} has more than {limit} characters. Correct it in the first system and import again.',
    ...operator,
  },
  'FIRST_SYSTEM_ROW.EMPTY': {
    zh: '未导入：{column} 为空。请在第一代系统中补全后再次导入。',
    en: 'Not imported: {column} is empty. Fill it in in the first system and import again.',
    ...operator,
  },
  'FIRST_SYSTEM_ROW.NO_DATE': {
    zh: '未导入：{column} 不是日期。请在第一代系统中更正后再次导入。',
    en: 'Not imported: {column} is no date. Correct it in the first system and import again.',
    ...operator,
  },
  'FIRST_SYSTEM_ROW.NO_JSON': {
    zh: '未导入：{column} 不是 JSON。请在第一代系统中更正后再次导入。',
    en: 'Not imported: {column} is no JSON. Correct it in the first system and import again.',
    ...operator,
  },
  'FIRST_SYSTEM_ROW.SYSTEM': {
    zh: '未导入：没有名为 {system} 的系统。',
    en: 'Not imported: there is no system {system}.',
    ...operator,
  },
  'FIRST_SYSTEM_ROW.NO_PERSON': {
    zh: '未导入：所属人员不存在，或未能导入。',
    en: 'Not imported: its person does not exist, or was not imported.',
    ...operator,
  },
  'FIRST_SYSTEM_ROW.NO_TASK': {
    zh: '未导入：所属任务不存在，或未能导入。',
    en: 'Not imported: its task does not exist, or was not imported.',
    ...operator,
  },
  'FIRST_SYSTEM_ROW.NO_REQUEST': {
    zh: '未导入：所属请求不存在，或未能导入。',
    en: 'Not imported: its request does not exist, or was not imported.',
    ...operator,
  },
  'FIRST_SYSTEM_ROW.NO_USERS': {
    zh: '未导入：请求有 {count} 人，应为 1 至 10000 人。',
    en: 'Not imported: the request has {count} people, and must have 1 to 10,000.',
    ...operator,
  },
  'FIRST_SYSTEM_ROW.NUMBER_TWICE': {
    zh: '未导入：工号 {employeeNumber} 出现两次（不分大小写），只取编号为 {first} 的一条。请在第一代系统中合并。',
    en: 'Not imported: employee number {employeeNumber} stands there twice, whatever its case; the row {first} is taken. Merge them in the first system.',
    ...operator,
  },
  'FIRST_SYSTEM_ROW.ERASED': {
    zh: '未导入：此人员的数据已在这里删除。',
    en: 'Not imported: the data of this person were erased here.',
    ...operator,
  },
  'FIRST_SYSTEM_ROW.VALUE': {
    zh: '未导入：配置 {key} 的值不符合要求，现为默认值。请用 accountsync settings set 设置。',
    en: 'Not imported: the value of {key} does not fit, the default holds. Set it with accountsync settings set.',
    ...operator,
  },
  FIRST_SYSTEM_DIFFERS: {
    zh: '{fields} 与第一代系统不同，以这里的为准：这里为 {here}，那里为 {there}。',
    en: '{fields} differ from the first system; ours hold: here {here}, there {there}.',
    ...operator,
  },
  FIRST_SYSTEM_OTHER_IDENTIFIER: {
    zh: '工号 {employeeNumber} 的 {system} 账号：第一代系统记为 {there}，实际为 {here}。以实际为准。',
    en: 'The {system} account of {employeeNumber}: the first system has {there}, in fact it is {here}, which holds.',
    ...operator,
  },
  FIRST_SYSTEM_ADDRESS_OF_TWO: {
    zh: '{system} 的 {identifier} 被记在两个人名下；只为编号 {first} 的记录保留，工号 {employeeNumber} 的以核实为准。',
    en: '{identifier} in {system} is said to be of two people; it is kept for the row {first}, that of {employeeNumber} is looked up.',
    ...operator,
  },
  FIRST_SYSTEM_ACCOUNT_MISSING: {
    zh: '工号 {employeeNumber} 的 {system} 账号在第一代系统标为已创建，目标系统中却没有。确认本次运行后才会创建。',
    en: 'The {system} account of {employeeNumber} was marked as created, and its system does not have it. It is made once the run is confirmed.',
    ...operator,
  },
  FIRST_SYSTEM_NOT_IN_HR: {
    zh: '工号 {employeeNumber} 在第一代系统来自人事系统，而人事系统的同步没有此人。',
    en: 'Employee {employeeNumber} came from HR in the first system, and the sync from HR does not know them.',
    ...operator,
  },
  FIRST_SYSTEM_DEPARTMENT_UNMAPPED: {
    zh: '部门 {department} 没有映射，其人员的账号无法创建。请用 load-department-mappings 补充。',
    en: 'Department {department} is not mapped; accounts of its people cannot be made. Add it with load-department-mappings.',
    ...operator,
  },
  FIRST_SYSTEM_OU_COMMA: {
    zh: '部门 {department} 的 OU 含有全角逗号（，）：{ou}。请改为半角。',
    en: 'The OU of department {department} has a full-width comma: {ou}. Make it a plain one.',
    ...operator,
  },
  FIRST_SYSTEM_COMPLETED_WITHOUT_ACCOUNTS: {
    zh: '请求 {requestId} 在第一代系统为已完成，但有 {count} 人的账号未核实存在。',
    en: 'Request {requestId} was completed in the first system, and accounts of {count} of its people are not known to exist.',
    ...operator,
  },
  FIRST_SYSTEM_PLAN_DIFFERS: {
    zh: '工号 {employeeNumber} 的 {system}：第一代系统的{what}为 {there}，这里会是 {here}。',
    en: '{system} of {employeeNumber}: {what} was {there} in the first system, and would be {here} here.',
    ...operator,
  },
  FIRST_SYSTEM_ERROR: {
    zh: '第一代系统的执行记录：{message}',
    en: 'From the log of the first system: {message}',
    ...operator,
  },
  FIRST_SYSTEM_FAILED: {
    zh: '在第一代系统中失败的任务，作为历史保留，不会自动执行。需要时用 import-first-system --resubmit-open 重新提交。',
    en: 'The task failed in the first system; it is kept as history and does not run. import-first-system --resubmit-open requests it anew.',
    ...operator,
  },
  FIRST_SYSTEM_OPEN: {
    zh: '切换时尚未结束的任务（{was}），作为历史保留，不会自动执行。需要时用 import-first-system --resubmit-open 重新提交。',
    en: 'The task was open ({was}) at the cut-over; it is kept as history and does not run. import-first-system --resubmit-open requests it anew.',
    ...operator,
  },
  FIRST_SYSTEM_UNVERIFIED: {
    zh: '第一代系统的历史请求：此人的账号未核实全部存在。',
    en: 'A request of the first system: not every account of this person is known to exist.',
    ...operator,
  },
} as const satisfies Record<string, ErrorEntry>;
