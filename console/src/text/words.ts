import type { Language } from './language.ts';
import { personEvent } from './person-words.ts';
import { runItem, runKind } from './run-words.ts';
import type { Tone, Words } from './word.ts';

const task = {
  PENDING: ['待处理', 'pending', 'default'],
  WAITING: ['等待前置', 'waiting', 'default'],
  PROCESSING: ['处理中', 'processing', 'processing'],
  RETRY: ['等待重试', 'to be retried', 'warning'],
  UNCERTAIN: ['结果未知', 'uncertain', 'warning'],
  COMPLETED: ['已完成', 'completed', 'success'],
  FAILED: ['失败', 'failed', 'error'],
  CANCELLED: ['已取消', 'cancelled', 'default'],
} satisfies Words;

const outcome = {
  CREATED: ['已创建', 'created', 'success'],
  ADOPTED: ['已接管', 'adopted', 'success'],
  NOT_NEEDED: ['无需创建', 'not needed', 'success'],
  NOT_VISIBLE_YET: ['尚不可见', 'not visible yet', 'warning'],
  RETRYABLE: ['可重试', 'retryable', 'warning'],
  THROTTLED: ['被限流', 'throttled', 'warning'],
  CREDENTIALS: ['凭据问题', 'credentials', 'error'],
  UNCERTAIN: ['结果未知', 'uncertain', 'warning'],
  REJECTED: ['被拒绝', 'rejected', 'error'],
  CONFLICT: ['冲突', 'conflict', 'error'],
  ERROR: ['程序错误', 'error', 'error'],
  LOST: ['执行中断', 'lost', 'warning'],
} satisfies Words;

const facet = {
  ACCOUNTS: ['账号', 'accounts'],
  PEOPLE: ['人员来源', 'people'],
  CALENDARS: ['课程日历', 'calendars'],
  TIMETABLE: ['课表来源', 'timetable'],
} satisfies Words;

const processRole = {
  ALL: ['服务与任务', 'serves and works'],
  SERVER: ['服务', 'serves'],
  WORKER: ['任务', 'works'],
} satisfies Words;

const alive = {
  true: ['运行中', 'runs', 'success'],
  false: ['已无消息', 'silent', 'error'],
} satisfies Words;

/** Names for the values of the API's closed sets. */
export const words = {
  request: {
    PENDING: ['待处理', 'pending', 'default'],
    PROCESSING: ['处理中', 'processing', 'processing'],
    COMPLETED: ['已完成', 'completed', 'success'],
    PARTIAL_FAILED: ['部分失败', 'partly failed', 'warning'],
    FAILED: ['失败', 'failed', 'error'],
    CANCELLED: ['已取消', 'cancelled', 'default'],
  },
  item: {
    PENDING: ['待处理', 'pending', 'default'],
    SYNCED: ['已入库', 'synced', 'processing'],
    TASK_CREATED: ['已建任务', 'task created', 'processing'],
    COMPLETED: ['已完成', 'completed', 'success'],
    FAILED: ['失败', 'failed', 'error'],
    CANCELLED: ['已取消', 'cancelled', 'default'],
  },
  task,
  outcome,
  facet,
  processRole,
  alive,
  runItem,
  runKind,
  personEvent,
  run: {
    RUNNING: ['运行中', 'running', 'processing'],
    AWAITING_CONFIRMATION: ['等待确认', 'awaiting confirmation', 'warning'],
    COMPLETED: ['已完成', 'completed', 'success'],
    COMPLETED_WITH_ERRORS: ['完成但有错误', 'completed with errors', 'warning'],
    FAILED: ['失败', 'failed', 'error'],
    CANCELLED: ['已取消', 'cancelled', 'default'],
  },
  step: {
    PENDING: ['待处理', 'pending', 'default'],
    RUNNING: ['运行中', 'running', 'processing'],
    COMPLETED: ['已完成', 'completed', 'success'],
    FAILED: ['失败', 'failed', 'error'],
    SKIPPED: ['已跳过', 'skipped', 'default'],
    CANCELLED: ['已取消', 'cancelled', 'default'],
  },
  trigger: {
    MANUAL_SINGLE: ['手动单个', 'by hand, one'],
    MANUAL_BATCH: ['手动批量', 'by hand, batch'],
    MANUAL_TASK: ['手动', 'by hand'],
    SCHEDULED_TASK: ['定时', 'by schedule'],
    EVENT: ['事件', 'by an event'],
  },
  runMode: { RUN: ['执行', 'run'], DRY_RUN: ['试运行', 'dry run'] },
  health: {
    OK: ['正常', 'ok', 'success'],
    ATTENTION: ['需关注', 'attention', 'warning'],
    BROKEN: ['故障', 'broken', 'error'],
  },
  fixBy: {
    CALLER: ['调用方处理', 'for the caller'],
    OPERATOR: ['运维处理', 'for the operator'],
    UPSTREAM_OWNER: ['上游系统负责人处理', 'for the upstream’s owner'],
    NOBODY: ['无需处理', 'for nobody'],
  },
  account: {
    PLANNED: ['计划中', 'planned', 'default'],
    ACTIVE: ['有效', 'active', 'success'],
    DISABLED: ['已停用', 'disabled', 'default'],
    NONE: ['无账号', 'no account', 'default'],
  },
  answer: {
    BLOCKED: ['受阻', 'blocked', 'error'],
    CANCELLED: ['已取消', 'cancelled', 'default'],
    DISABLED: ['已停用', 'disabled', 'default'],
    FAILED: ['失败', 'failed', 'error'],
    HAS_ACCOUNT: ['已有账号', 'has account', 'success'],
    IN_PROGRESS: ['进行中', 'in progress', 'processing'],
    NOT_WANTED: ['未申请', 'not wanted', 'default'],
    UNKNOWN_PERSON: ['未知人员', 'unknown person', 'default'],
    WAITING: ['等待中', 'waiting', 'default'],
  },
  source: { HR: ['人事系统', 'HR'], REQUEST: ['账号申请', 'request'] },
  circuit: { CLOSED: ['正常', 'ok', 'success'], OPEN: ['熔断', 'cut off', 'error'] },
  priority: { LOW: ['低', 'low'], NORMAL: ['普通', 'normal'], HIGH: ['高', 'high'] },
  delivery: {
    PENDING: ['待发送', 'pending', 'default'],
    RETRY: ['等待重试', 'to be retried', 'warning'],
    DELIVERED: ['已送达', 'delivered', 'success'],
    DEAD_LETTER: ['投递失败', 'dead letter', 'error'],
    SKIPPED: ['已跳过', 'skipped', 'default'],
  },
  key: {
    ACTIVE: ['有效', 'active', 'success'],
    EXPIRED: ['已过期', 'expired', 'default'],
    REVOKED: ['已吊销', 'revoked', 'default'],
  },
  event: {
    REQUEST_FINISHED: ['请求结束', 'request finished'],
    RUN_AWAITING_CONFIRMATION: ['运行等待确认', 'run awaits confirmation'],
    RUN_FINISHED: ['运行结束', 'run finished'],
    SYSTEM_CIRCUIT_OPENED: ['系统熔断', 'system circuit opened'],
    SYSTEM_CIRCUIT_CLOSED: ['系统恢复', 'system circuit closed'],
    TASK_FAILED: ['任务失败', 'task failed'],
    CALENDAR_RUN_FINISHED: ['日历运行有变更', 'calendar run changed something'],
    CALENDAR_SYSTEM_ERROR: ['日历运行中止', 'calendar run was stopped'],
    DATABASE_ACCOUNT_CHANGED: ['数据库账号变更', 'database accounts changed'],
    DATABASE_PRIVILEGED_ACCOUNT_APPEARED: ['出现高权限数据库账号', 'privileged database account appeared'],
  },
  term: { OPEN: ['进行中', 'open', 'success'], CLOSED: ['已关闭', 'closed', 'default'] },
  blockPolicy: {
    CONTIGUOUS: ['连续课节合并', 'consecutive periods'],
    HALF_DAY: ['半天合并', 'half days'],
  },
  calendarSync: {
    FULL: ['全量同步', 'full'],
    INCREMENTAL: ['增量同步', 'incremental'],
    USERS: ['人员同步', 'members'],
  },
  courseCalendar: {
    PENDING: ['待创建', 'pending', 'default'],
    ACTIVE: ['有效', 'active', 'success'],
    FAILED: ['失败', 'failed', 'error'],
    DELETED: ['已删除', 'deleted', 'default'],
  },
  calendarEvent: {
    PENDING: ['待写入', 'pending', 'default'],
    SYNCED: ['已同步', 'synced', 'success'],
    STALE: ['待更新', 'stale', 'warning'],
    DELETED: ['已删除', 'deleted', 'default'],
    FAILED: ['失败', 'failed', 'error'],
  },
  calendarMember: {
    PENDING: ['待加入', 'pending', 'default'],
    ACTIVE: ['已加入', 'active', 'success'],
    REMOVING: ['移除中', 'being removed', 'processing'],
    REMOVED: ['已移除', 'removed', 'default'],
    USER_MISSING: ['WPS 无此人', 'unknown to WPS', 'warning'],
    FAILED: ['失败', 'failed', 'error'],
  },
  calendarRole: { READER: ['查看者', 'reader'], WRITER: ['编辑者', 'writer'], OWNER: ['所有者', 'owner'] },
  userType: { STUDENT: ['学生', 'student'], TEACHER: ['教师', 'teacher'] },
  conflict: { TEACHER: ['教师', 'teacher'], ROOM: ['教室', 'room'], STUDENT: ['学生', 'student'] },
  finding: {
    MISSING_REMOTE: ['WPS 缺失', 'missing at WPS'],
    ORPHAN_REMOTE: ['WPS 多余', 'orphan at WPS'],
    DRIFT: ['内容不一致', 'differs'],
    FOREIGN: ['他人所建', 'made by others'],
  },
  instance: { ACTIVE: ['启用', 'active', 'success'], PAUSED: ['暂停', 'paused', 'warning'] },
  databaseAccount: {
    ACTIVE: ['有效', 'active', 'success'],
    DISAPPEARED: ['已消失', 'disappeared', 'default'],
  },
  personMatch: {
    MATCHED: ['已匹配', 'matched', 'success'],
    DOUBTFUL: ['存疑', 'doubtful', 'warning'],
    UNMATCHED: ['未匹配', 'unmatched', 'default'],
    IGNORED: ['不属于人', 'nobody’s', 'default'],
  },
  capability: {
    SUPERUSER: ['超级用户', 'superuser'],
    GRANT_ADMIN: ['可授权', 'may grant'],
    LOCKED: ['已锁定', 'locked'],
  },
  accountChange: {
    ADD: ['新增', 'added', 'success'],
    MODIFY_PRIVILEGE: ['权限变更', 'permissions changed', 'warning'],
    MODIFY_OTHER: ['属性变更', 'attributes changed', 'processing'],
    DELETE: ['消失', 'gone', 'error'],
    REACTIVATE: ['重新出现', 'back again', 'warning'],
    RENAME: ['改名', 'renamed', 'processing'],
  },
  settingGroup: {
    api: ['接口', 'API'],
    calendar: ['课程日历', 'calendars'],
    databases: ['数据库', 'databases'],
    names: ['姓名与登录名', 'names'],
    notifications: ['通知', 'notifications'],
    pages: ['页面与登录', 'pages and sign-in'],
    provisioning: ['开通', 'provisioning'],
    retention: ['保留期', 'retention'],
    safety: ['安全阈值', 'safety'],
    schedules: ['开关与间隔', 'switches and intervals'],
    systems: ['系统', 'systems'],
  },
  configured: {
    true: ['已配置', 'configured', 'success'],
    false: ['未配置', 'not configured', 'default'],
  },
  enabled: { true: ['启用', 'on', 'success'], false: ['停用', 'off', 'default'] },
} satisfies Readonly<Record<string, Words>>;

export type WordSet = keyof typeof words;

/** The word for a value; one that this page does not know shows itself. */
export function wordOf(
  set: WordSet,
  value: string,
  language: Language,
): { readonly text: string; readonly tone: Tone } {
  const table: Words = words[set];
  const word = table[value];
  if (word === undefined) return { text: value, tone: 'default' };
  return { text: language === 'EN' ? word[1] : word[0], tone: word[2] ?? 'default' };
}

/** The values of a set, for a filter. */
export function optionsOf(set: WordSet, language: Language) {
  return Object.keys(words[set]).map((value) => ({ value, label: wordOf(set, value, language).text }));
}
