import { z } from 'zod';
import { setting } from './setting-definition.ts';

/** Settings of the accounts of remote databases (docs/databases.md). */
export const databaseSettings = {
  database_sync_enabled: setting(
    z.boolean(),
    true,
    '每天自动同步数据库账号；关闭后仍可手动同步',
    'Sync database accounts every day; when off, a sync by hand still works',
  ),
  database_sync_at: setting(
    z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    '01:00',
    '每天自动同步数据库账号的时刻（HH:MM，显示时区）',
    'When the daily sync of database accounts begins (HH:MM in the display time zone)',
  ),
  database_sync_concurrency: setting(
    z.int().min(1).max(64),
    8,
    '每个工作进程同时读取的数据库实例数',
    'Database instances that one worker reads at once',
  ),
  disappearance_threshold_percent: setting(
    z.number().min(0).max(100),
    20,
    '一次同步中消失的账号超过此百分比，且超过 disappearance_threshold_count 时，等待人工确认',
    'Share of the active accounts of an instance whose disappearance, with disappearance_threshold_count, waits for a confirmation',
  ),
  disappearance_threshold_count: setting(
    z.int().min(0).max(1_000_000),
    5,
    '一次同步中消失的账号超过此数，且超过 disappearance_threshold_percent 时，等待人工确认',
    'More accounts gone at once than this, and than disappearance_threshold_percent, wait for a confirmation',
  ),
} as const;
