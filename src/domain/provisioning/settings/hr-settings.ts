import { z } from 'zod';
import { distinct } from '../../settings/own-rules.ts';
import { setting } from '../../settings/setting-definition.ts';

const minutes = z.int().min(1).max(1440);
const text = z.string().min(1).max(200);
/** Settings of HR and of leavers (provisioning.md §6). */
export const hrSettings = {
  hr_sync_enabled: setting(
    z.boolean(),
    true,
    '按间隔自动从人事系统同步人员；关闭后仍可手动同步',
    'Sync people from HR by schedule; when off, a sync by hand still works',
  ),
  hr_sync_interval_minutes: setting(
    minutes,
    10,
    '自动同步人员的间隔（分钟）',
    'Minutes between scheduled syncs of people from HR',
  ),
  hieds_pages_per_second: setting(
    z.number().min(1).max(100),
    1,
    '每秒向人事系统读取的页数上限',
    'Pages read from HR per second at most',
  ),
  valid_employee_statuses: setting(
    distinct(z.array(text).min(1).max(50)),
    ['1'],
    '人事系统中表示在职的员工状态；其他状态视为离职',
    'Employee statuses of HR that mean somebody works here; with any other a person counts as a leaver',
  ),
  mover_update_enabled: setting(
    z.boolean(),
    true,
    '人事系统更改部门、姓名、电话或邮箱后，自动更新可更新系统中的账号；关闭后只列出差异',
    'Update accounts where the system can after HR changed department, name, phone or e-mail; when off, they are only listed',
  ),
  leaver_disable_enabled: setting(
    z.boolean(),
    false,
    '每次人事同步成功后自动停用离职人员的账号；关闭后仍可用 disableLeavers 手动执行',
    'Disable accounts of leavers after every successful sync from HR; when off, disableLeavers still works',
  ),
  leaver_threshold_count: setting(
    z.int().min(0).max(200),
    20,
    '24 小时内停用的人数超过此数与 leaver_threshold_percent 中较大者时，等待人工确认',
    'More people than this, and than leaver_threshold_percent, within 24 hours wait for a confirmation',
  ),
  leaver_threshold_percent: setting(
    z.number().min(0).max(100),
    1,
    '24 小时内停用的人数占在职人数的百分比上限，超过时等待人工确认（超过 200 人时总要确认）',
    'Share of active people that may be disabled within 24 hours without a confirmation; above 200 people one is always needed',
  ),
} as const;
