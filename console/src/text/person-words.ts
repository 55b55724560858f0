import type { Words } from './word.ts';

/** What happened to a person. */
export const personEvent = {
  PERSON_ADDED: ['首次得知', 'first heard of'],
  REQUEST_ACCEPTED: ['申请受理', 'request accepted'],
  REQUEST_COMPLETED: ['申请完成', 'request completed'],
  REQUEST_FAILED: ['申请失败', 'request failed'],
  REQUEST_CANCELLED: ['申请取消', 'request cancelled'],
  TASK_PLANNED: ['任务计划', 'task planned'],
  TASK_COMPLETED: ['任务完成', 'task completed'],
  TASK_FAILED: ['任务失败', 'task failed'],
  TASK_CANCELLED: ['任务取消', 'task cancelled'],
  ATTEMPT_STARTED: ['尝试开始', 'attempt began'],
  ATTEMPT_ENDED: ['尝试结束', 'attempt ended'],
  ACCOUNT_CREATED: ['账号创建', 'account created'],
  ACCOUNT_ADOPTED: ['账号接管', 'account adopted'],
  ACCOUNT_IMPORTED: ['账号导入', 'account imported'],
  ACCOUNT_LINKED: ['账号关联', 'account linked'],
  ACCOUNT_DISABLED: ['账号停用', 'account disabled'],
  ACCOUNT_ENABLED: ['账号启用', 'account enabled'],
  ACCOUNT_REMOVED: ['账号移除', 'account removed'],
  RUN_RECORD: ['运行记录', 'record of a run'],
} satisfies Words;
