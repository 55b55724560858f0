import { z } from 'zod';
import { LEGAL_MINIMUM_DAYS } from '../maintenance/retention.ts';
import { setting } from './setting-definition.ts';

const days = z.int().min(1).max(36_500);
const legalZh = `少于 ${LEGAL_MINIMUM_DAYS} 时按 ${LEGAL_MINIMUM_DAYS} 天，除非打开 retention_below_legal_minimum`;
const legalEn = `fewer than ${LEGAL_MINIMUM_DAYS} count as ${LEGAL_MINIMUM_DAYS} unless retention_below_legal_minimum is on`;

/** Settings of the daily purge (docs/retention.md). */
export const retentionSettings = {
  retention_finished_requests_days: setting(
    days,
    30,
    '已结束的请求保留天数，之后只留编号、状态和计数',
    'Days a finished request keeps its people; then its id, status and counts remain',
  ),
  retention_attempts_days: setting(
    days,
    LEGAL_MINIMUM_DAYS,
    `任务执行记录保留天数；${legalZh}`,
    `Days attempts of tasks are kept; ${legalEn}`,
  ),
  retention_runs_days: setting(
    days,
    LEGAL_MINIMUM_DAYS,
    `同步运行记录保留天数；${legalZh}`,
    `Days runs are kept; ${legalEn}`,
  ),
  retention_audit_days: setting(
    days,
    LEGAL_MINIMUM_DAYS,
    `修改记录保留天数；${legalZh}`,
    `Days the audit is kept; ${legalEn}`,
  ),
  retention_notifications_days: setting(
    days,
    30,
    '已投递、跳过或进入死信的通知保留天数，之后不能再重新投递',
    'Days events that were delivered, skipped or given up are kept; afterwards they cannot be sent again',
  ),
  retention_database_accounts_days: setting(
    days,
    1_095,
    '已消失的数据库账号连同其变更记录保留天数',
    'Days a database account that has disappeared is kept, with its history',
  ),
  retention_below_legal_minimum: setting(
    z.boolean(),
    false,
    `允许执行记录、运行记录和修改记录少于 ${LEGAL_MINIMUM_DAYS} 天`,
    `Allow attempts, runs and audit to be kept for fewer than ${LEGAL_MINIMUM_DAYS} days`,
  ),
} as const;
