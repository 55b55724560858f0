import { z } from 'zod';
import { setting } from './setting-definition.ts';

const DAY_MINUTES = 1_440;
/** WPS states no limit for calendars; this is what a gateway bears without throttling (calendar.md §7). */
const RATE_PER_SECOND = 100;
const CONCURRENCY = 8;

/** Settings of course calendars (calendar.md §7). */
export const calendarSettings = {
  timetable_write_back: setting(
    z.boolean(),
    true,
    '把处理结果（gx_zt、gx_sj）回写到课表数据源；无权限时自动跳过',
    'Write what was done back to the timetable source (gx_zt, gx_sj); left out where we have no right to',
  ),
  calendar_notify: setting(
    z.strictObject({ users: z.array(z.string().min(1).max(100)).max(100), webhook: z.boolean() }),
    { users: [], webhook: true },
    '日历同步有变更后通知谁：users 为 WPS 学工号，webhook 为是否发送 Webhook',
    'Whom to tell of a calendar run that changed something: numbers at WPS, and whether webhooks are sent',
  ),
  calendar_incremental_interval_minutes: setting(
    z.int().min(0).max(DAY_MINUTES),
    0,
    '自动增量同步各开放学期日历的间隔（分钟）；0 表示关闭',
    'Minutes between incremental syncs of every open term; 0 switches them off',
  ),
  calendar_reconciliation_mode: setting(
    z.enum(['DRY_RUN', 'RUN']),
    'DRY_RUN',
    '每周日历核对的方式：DRY_RUN 只报告，RUN 同时修复',
    'What the weekly reconciliation does: DRY_RUN reports, RUN repairs as well',
  ),
  rate_limit_wps_per_second: setting(
    z.number().positive().max(10_000),
    RATE_PER_SECOND,
    '对 WPS 每秒最多调用次数（所有进程合计）',
    'Calls per second to WPS, all processes together',
  ),
  max_concurrency_wps: setting(
    z.int().min(1).max(500),
    CONCURRENCY,
    '对 WPS 同时进行的调用数（所有进程合计）',
    'Calls to WPS at the same time, all processes together',
  ),
} as const;
