import type { Locale } from '../../errors/error-entry.ts';
import type { ItemStatus, RequestStatus, TaskStatus } from './states.ts';

type Texts<Status extends string> = Readonly<Record<Status, Readonly<Record<Locale, string>>>>;

const requestTexts: Texts<RequestStatus> = {
  PENDING: { ZH_CN: '待处理', EN: 'Pending' },
  PROCESSING: { ZH_CN: '处理中', EN: 'Processing' },
  COMPLETED: { ZH_CN: '已完成', EN: 'Completed' },
  PARTIAL_FAILED: { ZH_CN: '部分失败', EN: 'Partly failed' },
  FAILED: { ZH_CN: '失败', EN: 'Failed' },
  CANCELLED: { ZH_CN: '已取消', EN: 'Cancelled' },
};

const itemTexts: Texts<ItemStatus> = {
  PENDING: { ZH_CN: '待处理', EN: 'Pending' },
  SYNCED: { ZH_CN: '已同步', EN: 'Person stored' },
  TASK_CREATED: { ZH_CN: '任务已创建', EN: 'Tasks created' },
  COMPLETED: { ZH_CN: '已完成', EN: 'Completed' },
  FAILED: { ZH_CN: '失败', EN: 'Failed' },
  CANCELLED: { ZH_CN: '已取消', EN: 'Cancelled' },
};

const taskTexts: Texts<TaskStatus> = {
  PENDING: { ZH_CN: '待处理', EN: 'Pending' },
  WAITING: { ZH_CN: '等待依赖', EN: 'Waiting for another account' },
  PROCESSING: { ZH_CN: '处理中', EN: 'Processing' },
  RETRY: { ZH_CN: '待重试', EN: 'To be retried' },
  UNCERTAIN: { ZH_CN: '待核实', EN: 'Being verified' },
  COMPLETED: { ZH_CN: '已完成', EN: 'Completed' },
  FAILED: { ZH_CN: '失败', EN: 'Failed' },
  CANCELLED: { ZH_CN: '已取消', EN: 'Cancelled' },
};

/** The state of a request as people read it. */
export function displayRequestStatus(status: RequestStatus, locale: Locale): string {
  return requestTexts[status][locale];
}

/** The state of an item as people read it. */
export function displayItemStatus(status: ItemStatus, locale: Locale): string {
  return itemTexts[status][locale];
}

/** The state of a task as people read it. */
export function displayTaskStatus(status: TaskStatus, locale: Locale): string {
  return taskTexts[status][locale];
}
