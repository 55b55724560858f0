import type { Locale } from '../errors/error-entry.ts';

const names: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  requests: { zh: '规划请求中等待的人员', en: 'Plan the people of requests' },
  plan: { zh: '为人事系统的人员规划任务', en: 'Plan tasks for people of HR' },
  jobs: { zh: '取名并将可执行的任务排队', en: 'Choose names and queue what can run' },
  tasks: { zh: '执行所选任务', en: 'Run the chosen tasks' },
  leavers: { zh: '查找离职人员', en: 'Find leavers' },
  accounts: { zh: '停用账号', en: 'Disable accounts' },
  repair: { zh: '更正记录', en: 'Correct our records' },
  connect: { zh: '连接数据库', en: 'Connect' },
  inventory: { zh: '读取账号清单', en: 'Read which accounts there are' },
  collection: { zh: '读取权限', en: 'Read what they may do' },
  classify: { zh: '保存、匹配和分类', en: 'Store, match and classify' },
  departmentmapping: { zh: '导入部门映射', en: 'Import department mappings' },
  persontypemapping: { zh: '导入人员类型映射', en: 'Import person types' },
  syncconfig: { zh: '导入配置', en: 'Import settings' },
  hrperson: { zh: '导入人员', en: 'Import people' },
  hrpersonaccount: { zh: '导入账号记录', en: 'Import claimed accounts' },
  accountcreationtask: { zh: '导入任务', en: 'Import tasks' },
  accountcreationlog: { zh: '导入执行记录', en: 'Import logs' },
  accountcreationrequest: { zh: '导入请求', en: 'Import requests' },
  accountcreationrequestitem: { zh: '导入请求明细', en: 'Import people of requests' },
  make: { zh: '创建缺失的账号', en: 'Make the accounts that are missing' },
  people: { zh: '读取并保存人员', en: 'Read and store people' },
};

/** What a step is called in the reader's language; its key where it has no name. */
export function stepName(key: string, locale: Locale): string {
  const name = Object.hasOwn(names, key) ? names[key] : undefined;
  if (name === undefined) return key;
  return locale === 'ZH_CN' ? name.zh : name.en;
}
