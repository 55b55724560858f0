import type { ErrorEntry } from '../../errors/error-entry.ts';

/** Problems of a row, a page or an answer of HR. `field` is HR's name for it. */
export const hrErrors = {
  HR_FIELD_MISSING: {
    zh: '人事数据行 {key} 没有 {field}，该行已跳过。请在人事系统补全后等待下次同步。',
    en: 'The HR row {key} has no {field} and was left out. Fill it in at HR; the next sync takes it.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: false,
  },
  HR_FIELD_INVALID: {
    zh: '人事数据行 {key} 的 {field} 无法识别。请在人事系统更正后等待下次同步。',
    en: 'The {field} of HR row {key} cannot be read. Correct it at HR; the next sync takes it.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: false,
  },
  HR_FIELD_TOO_LONG: {
    zh: '人事数据行 {key} 的 {field} 超过 {limit} 个字符。请在人事系统缩短后等待下次同步。',
    en: 'The {field} of HR row {key} is longer than {limit} characters. Shorten it at HR; the next sync takes it.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: false,
  },
  HR_ROW_UNREADABLE: {
    zh: '人事数据 {key} 不是一行人员数据，已跳过。请人事系统的负责人检查接口。',
    en: 'The HR entry {key} is no row about a person and was left out. The owner of HR has to check the interface.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: false,
  },
  HR_EMPLOYEE_NUMBER_CHANGED: {
    zh: '人事人员编号 {hrPersonId} 的工号由 {formerNumber} 变为 {key}；两个工号按两个人保存。请管理员核对原工号的账号。',
    en: 'HR changed the employee number of person {hrPersonId} from {formerNumber} to {key}; both are kept as two people. The operator has to check the accounts of the former number.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  HR_DUPLICATE_NUMBER: {
    zh: '工号 {key} 在人事系统属于两个人员编号（{hrPersonId} 较旧，已跳过）。请人事系统的负责人核对。',
    en: 'At HR the employee number {key} belongs to two people; the older entry {hrPersonId} was left out. The owner of HR has to compare them.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: false,
  },
  HR_IDENTIFIER_TAKEN: {
    zh: '人事系统给出的工号 {key} 在 {system} 的账号已属于 {holder}，没有登记。请管理员核对两人。',
    en: 'The {system} account that HR names for {key} is held by {holder} here and was not taken over. The operator has to compare the two people.',
    fixBy: 'OPERATOR',
    retryable: false,
  },
  HR_PAGE_FAILED: {
    zh: '人事系统第 {page} 页重试 {attempts} 次仍未取得（{cause}），同步中止，下次从同一时间点重新开始。请检查人事系统接口。',
    en: 'Page {page} of HR could not be read in {attempts} tries ({cause}); the sync stopped, and the next one starts from the same moment. Check the HR interface.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  HR_COUNTS_CONTRADICT: {
    zh: '人事系统说有 {expected} 人，反复读取只得到 {count} 人，可能有人遗漏；同步按失败处理，下次从同一时间点重新开始。请人事系统的负责人检查分页（pageInfo）。',
    en: 'HR says that there are {expected} people and gave {count} however often it was read, so that some may be missing; the sync failed, and the next one starts from the same moment. The owner of HR has to check its paging (pageInfo).',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  'HR_COUNTS_CONTRADICT.UNCOUNTED': {
    zh: '人事系统的分页前后矛盾（得到 {count} 人，中间有不满的页或反复出现的页），可能有人遗漏；同步按失败处理，下次从同一时间点重新开始。请人事系统的负责人检查分页（pageInfo）。',
    en: 'The pages of HR contradict each other ({count} people, with short pages in the middle or the same page again and again), so that some may be missing; the sync failed, and the next one starts from the same moment. The owner of HR has to check its paging (pageInfo).',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  HR_SOURCE_EMPTY: {
    zh: '人事系统的全量数据一个人也没有，同步按失败处理，没有删改任何人。请检查人事系统接口。',
    en: 'HR answered a full sync with nobody; the sync failed and nobody was taken away. Check the HR interface.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
  HR_SOURCE_SHORT: {
    zh: '人事系统的全量数据至多 {count} 人，不到上次全量 {expected} 人的 {percent}%，同步按失败处理。请检查人事系统接口。',
    en: 'HR answered a full sync with at most {count} people, less than {percent} percent of the {expected} of the last one; the sync failed. Check the HR interface.',
    fixBy: 'UPSTREAM_OWNER',
    retryable: true,
  },
} as const satisfies Record<string, ErrorEntry>;
