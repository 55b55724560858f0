import type { Locale } from '../errors/error-entry.ts';
import type { RunItemOutcome, RunMode, RunStatus, StepStatus } from './run-states.ts';

type Words = Readonly<Record<string, readonly [chinese: string, english: string]>>;

/** States, modes and outcomes in the words of a report. */
const codes = {
  RUN: ['执行', 'run'],
  DRY_RUN: ['试运行', 'dry run'],
  RUNNING: ['运行中', 'running'],
  PENDING: ['待处理', 'pending'],
  AWAITING_CONFIRMATION: ['等待确认', 'awaiting confirmation'],
  COMPLETED: ['已完成', 'completed'],
  COMPLETED_WITH_ERRORS: ['完成但有错误', 'completed with errors'],
  FAILED: ['失败', 'failed'],
  CANCELLED: ['已取消', 'cancelled'],
  SKIPPED: ['已跳过', 'skipped'],
  ADOPTED: ['已接管', 'adopted'],
  CREATED: ['已创建', 'created'],
  DELETED: ['已删除', 'deleted'],
  WOULD_DELETE: ['将删除', 'would delete'],
  CONFLICTING: ['冲突', 'conflicting'],
  BY_HAND: ['需人工处理', 'by hand'],
  CORRECTED: ['已更正', 'corrected'],
  DIFFERING: ['不一致', 'differing'],
  DISABLED: ['已停用', 'disabled'],
  FORGOTTEN: ['已忘记', 'forgotten'],
  INCOMPLETE: ['不完整', 'incomplete'],
  MISSING: ['缺失', 'missing'],
  ORPHAN: ['无主账号', 'orphan'],
  TASK_CREATED: ['已建任务', 'task created'],
  UPDATED: ['已更新', 'updated'],
  WAITS: ['等待中', 'waits'],
  WOULD_ADOPT: ['将接管', 'would adopt'],
  WOULD_DISABLE: ['将停用', 'would disable'],
  WOULD_ENABLE: ['将启用', 'would enable'],
  WOULD_INSERT: ['将新增', 'would insert'],
  WOULD_RUN: ['将执行', 'would run'],
  WOULD_UPDATE: ['将更新', 'would update'],
} satisfies Record<RunMode | RunStatus | StepStatus | RunItemOutcome, Words[string]>;

/** Names of counts, in the order in which a report has them. */
const counts: Words = {
  lessons: ['课表行', 'lessons'],
  blocks: ['课程块', 'blocks'],
  rejected: ['未采用的课表行', 'rows refused'],
  conflicts: ['冲突', 'conflicts'],
  foreign: ['他人的内容', 'objects of others'],
  calendars: ['日历', 'calendars'],
  events: ['日程', 'events'],
  members: ['成员', 'members'],
  created: ['新增', 'created'],
  updated: ['更新', 'updated'],
  deleted: ['删除', 'deleted'],
  unchanged: ['不变', 'unchanged'],
  failed: ['失败', 'failed'],
  missing: ['缺失', 'missing'],
  absent: ['不存在', 'absent'],
  accounts: ['账号', 'accounts'],
  accountsImported: ['导入的账号', 'accounts imported'],
  activePeople: ['在职人员', 'active people'],
  adopted: ['已接管', 'adopted'],
  awaiting: ['等待确认', 'awaiting confirmation'],
  byHand: ['需人工处理', 'by hand'],
  cancelled: ['已取消', 'cancelled'],
  changed: ['有变化', 'changed'],
  checked: ['已核对', 'checked'],
  completed: ['已完成', 'completed'],
  confirmed: ['一致', 'confirmed'],
  count: ['数量', 'count'],
  deactivated: ['已消失', 'deactivated'],
  differing: ['不一致', 'differing'],
  disabled: ['已停用', 'disabled'],
  erased: ['已抹除', 'erased'],
  examined: ['已检查', 'examined'],
  fetched: ['已读取', 'fetched'],
  full: ['全量', 'full sync'],
  givenBack: ['退回', 'given back'],
  inserted: ['新增', 'inserted'],
  instances: ['实例', 'instances'],
  limit: ['上限', 'limit'],
  made: ['已建', 'made'],
  moved: ['调岗', 'moved'],
  movesFailed: ['调岗失败', 'moves failed'],
  new: ['新的', 'new'],
  notSearchable: ['无法查询', 'not searchable'],
  orphan: ['无主', 'orphans'],
  pages: ['页数', 'pages'],
  pending: ['待处理', 'pending'],
  people: ['人数', 'people'],
  reactivated: ['重新出现', 'reactivated'],
  read: ['已读取', 'read'],
  recentPeople: ['近期人数', 'recent people'],
  refreshed: ['已刷新', 'refreshed'],
  refused: ['被拒绝', 'refused'],
  requestItems: ['请求人员', 'people of requests'],
  requestedRequests: ['重新提交的请求', 'requests sent again'],
  requestedTasks: ['重新提交的任务', 'tasks sent again'],
  retry: ['将重试', 'to be retried'],
  same: ['相同', 'same'],
  selected: ['选中', 'selected'],
  skipped: ['已跳过', 'skipped'],
  tasks: ['任务', 'tasks'],
  tasksCreated: ['已建任务', 'tasks created'],
  total: ['合计', 'total'],
  waiting: ['等待中', 'waiting'],
  wouldDisable: ['将停用', 'would be disabled'],
  wouldEnable: ['将启用', 'would be enabled'],
};
const places = new Map(Object.keys(counts).map((name, place) => [name, place]));

/** A state, mode or outcome in words; one that has none as it stands. */
export function codeText(code: string, locale: Locale): string {
  return textOf(codes, code, locale);
}

/** Name of a count; one that has none as it stands. */
export function countText(name: string, locale: Locale): string {
  return textOf(counts, name, locale);
}

/** Names of counts in the order of reports; unknown ones come last, as they are. */
export function inOrder(names: readonly string[]): string[] {
  const place = (name: string) => places.get(name) ?? places.size;
  return names.toSorted((a, b) => place(a) - place(b));
}

function textOf(words: Words, name: string, locale: Locale): string {
  const [chinese, english] = words[name] ?? [name, name];
  return locale === 'ZH_CN' ? chinese : english;
}
