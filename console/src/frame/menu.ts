import type { Say } from './preferences.tsx';

/** A page of the console, in the menu of those who have one of its scopes. */
export interface MenuEntry {
  readonly path: string;
  readonly text: readonly [chinese: string, english: string];
  /** Empty: for every signed-in user. */
  readonly scopes: readonly string[];
  /** After `g`. */
  readonly key?: string;
}

interface MenuGroup {
  readonly text: readonly [chinese: string, english: string];
  readonly entries: readonly MenuEntry[];
}

/** The menu, most used first. */
export const menu: readonly MenuGroup[] = [
  {
    text: ['开通', 'Provisioning'],
    entries: [
      { path: '/', text: ['总览', 'Overview'], scopes: ['operate'], key: 'o' },
      { path: '/requests', text: ['请求', 'Requests'], scopes: ['requests:read'], key: 'r' },
      { path: '/tasks', text: ['任务', 'Tasks'], scopes: ['requests:read'], key: 't' },
      { path: '/people', text: ['人员', 'People'], scopes: ['people:read'], key: 'p' },
    ],
  },
  {
    text: ['运行', 'Operation'],
    entries: [
      { path: '/runs', text: ['运行记录', 'Runs'], scopes: ['operate'] },
      { path: '/schedules', text: ['定时计划', 'Schedules'], scopes: ['operate'] },
      { path: '/systems', text: ['系统', 'Systems'], scopes: ['operate'], key: 's' },
      { path: '/mappings/departments', text: ['部门映射', 'Department mappings'], scopes: ['operate'] },
      { path: '/mappings/person-types', text: ['人员类型映射', 'Person type mappings'], scopes: ['operate'] },
      { path: '/settings', text: ['设置', 'Settings'], scopes: ['operate'] },
      { path: '/webhooks', text: ['Webhook', 'Webhooks'], scopes: ['operate'] },
      { path: '/deliveries', text: ['投递记录', 'Deliveries'], scopes: ['operate'] },
      { path: '/poison', text: ['死信', 'Dead letters'], scopes: ['operate'] },
    ],
  },
  {
    text: ['其他领域', 'Other areas'],
    entries: [
      { path: '/calendars', text: ['课程日历', 'Calendars'], scopes: ['calendars:read', 'operate'] },
      { path: '/databases', text: ['数据库', 'Databases'], scopes: ['databases:read'] },
    ],
  },
  {
    text: ['管理', 'Administration'],
    entries: [
      { path: '/keys', text: ['API 密钥', 'API keys'], scopes: ['admin'] },
      { path: '/audit', text: ['审计', 'Audit'], scopes: ['admin'] },
      { path: '/maintenance', text: ['维护', 'Maintenance'], scopes: ['admin'] },
      { path: '/developer', text: ['开发者', 'Developer'], scopes: [] },
    ],
  },
];

export function textOf(entry: { readonly text: readonly [string, string] }, say: Say): string {
  return say(entry.text[0], entry.text[1]);
}
