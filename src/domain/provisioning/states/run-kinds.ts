import type { Locale } from '../../errors/error-entry.ts';

/** The kinds of run of people and accounts. */
export const provisioningRunKinds = [
  'HR_SYNC',
  'TASK_CREATION',
  'TASK_PROCESSING',
  'LEAVERS',
  'ACCOUNT_VERIFICATION',
  'FIRST_SYSTEM_IMPORT',
] as const;
export type ProvisioningRunKind = (typeof provisioningRunKinds)[number];

/** Their names in the middle of a sentence. */
export const provisioningRunKindNames: Readonly<
  Record<ProvisioningRunKind, Readonly<Record<Locale, string>>>
> = {
  HR_SYNC: { ZH_CN: '人员同步', EN: 'HR sync' },
  TASK_CREATION: { ZH_CN: '任务创建', EN: 'task creation' },
  TASK_PROCESSING: { ZH_CN: '任务处理', EN: 'task processing' },
  LEAVERS: { ZH_CN: '离职处理', EN: 'leavers' },
  ACCOUNT_VERIFICATION: { ZH_CN: '账号核对', EN: 'account verification' },
  FIRST_SYSTEM_IMPORT: { ZH_CN: '第一代系统导入', EN: 'import from the first system' },
};
