import { z } from 'zod';
import { scopeNames } from './access/scopes.ts';
import { umlauts } from './provisioning/names/transliterate.ts';
import { type DependencyGraph, findDependencyProblem } from './provisioning/states/dependencies.ts';
import { priorities } from './provisioning/states/states.ts';
import { areaSettings } from './settings/area-settings.ts';
import { notificationSettings } from './settings/notification-settings.ts';
import { countryCode, distinct } from './settings/own-rules.ts';
import { pausedSystemsSchema } from './settings/paused-systems.ts';
import { restSettings } from './settings/rest-settings.ts';
import { retentionSettings } from './settings/retention-settings.ts';
import { type SettingDefinition, type SettingsCatalogue, setting } from './settings/setting-definition.ts';

const minutes = z.int().min(1).max(1440);
const seconds = z.number().min(0).max(86_400);
const text = z.string().min(1).max(200);
const patterns = z
  .string()
  .max(1_000)
  .refine(isRegularExpression, {
    message: 'is not a regular expression',
    params: { code: 'INVALID', parameters: { variant: 'PATTERN' } },
  });

function isRegularExpression(value: string): boolean {
  try {
    new RegExp(value, 'i');
    return true;
  } catch {
    return false;
  }
}

/** Local parts that no person may get (RFC 2142, and names that attackers like to own). */
const RESERVED_LOCAL_PARTS = [
  'abuse',
  'admin',
  'administrator',
  'all',
  'everyone',
  'ftp',
  'help',
  'hostmaster',
  'hr',
  'info',
  'it',
  'mail',
  'mailer-daemon',
  'marketing',
  'nobody',
  'noc',
  'no-reply',
  'noreply',
  'postmaster',
  'root',
  'sales',
  'security',
  'service',
  'support',
  'system',
  'test',
  'webmaster',
  'www',
]; // prettier-ignore

/** Most tasks one `processAccountTasks` takes: each is a row of the run and a call somewhere. */
export const MAX_TASKS_PER_BATCH = 10_000;

/** Settings that do not depend on which systems are registered (provisioning.md §5, §7). */
export const commonSettings = {
  account_creation_enabled: setting(
    z.boolean(),
    true,
    '总开关：关闭后请求照收但保持待处理，不规划、不执行',
    'Master switch: when off, requests are accepted and stay PENDING; nothing is planned or run',
  ),
  request_task_creation_enabled: setting(
    z.boolean(),
    true,
    '为请求创建任务；关闭后明细停在 SYNCED',
    'Plan tasks for requests; when off, items stop at SYNCED',
  ),
  task_processing_enabled: setting(
    z.boolean(),
    true,
    '自动执行任务；关闭后执行中的任务照常完成',
    'Run tasks by themselves; when off, running attempts finish',
  ),
  task_processing_interval_minutes: setting(
    minutes,
    5,
    '兜底巡检间隔（分钟）',
    'Minutes between sweeps that find what events missed',
  ),
  max_tasks_per_batch: setting(
    z.int().min(1).max(MAX_TASKS_PER_BATCH),
    50,
    'processAccountTasks 未指定 maxTasks 时每次处理的任务数',
    'Tasks that processAccountTasks takes when the call does not say how many',
  ),
  task_auto_creation_enabled: setting(
    z.boolean(),
    true,
    '自动为人事系统中缺少账号的在职人员创建任务（按间隔，以及人事同步有变化后）；关闭后仍可用 createAccountTasks',
    'Plan tasks by themselves for people of HR who lack accounts, by schedule and after a sync that changed something; when off, createAccountTasks still works',
  ),
  task_creation_interval_minutes: setting(
    minutes,
    10,
    '自动创建任务的间隔（分钟）',
    'Minutes between runs that plan tasks for people of HR',
  ),
  task_creation_threshold_people: setting(
    z.int().min(0).max(10_000_000),
    500,
    '自动创建任务涉及的人数超过此数时，等待人工确认',
    'A run that would by itself plan tasks for more people than this waits for a confirmation',
  ),
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
  account_creation_max_retries: setting(
    z.int().min(0).max(100),
    5,
    '首次失败后的最大重试次数',
    'Retries after the first attempt of a task',
  ),
  account_creation_retry_delays_seconds: setting(
    z.array(seconds).min(1).max(50),
    [2, 15, 120, 600, 1800],
    '各次重试前的等待秒数，末项重复',
    'Seconds before each retry; the last repeats',
  ),
  uncertain_first_delay_seconds: setting(
    seconds,
    2,
    '回答丢失后首次查询前的秒数',
    'Seconds before the first look after a lost answer',
  ),
  uncertain_second_delay_seconds: setting(
    seconds,
    30,
    '首次查无后再次查询前的秒数',
    'Seconds before a "not found" is asked again',
  ),
  visibility_retry_seconds: setting(
    seconds,
    30,
    '对象尚不可见时的重试间隔秒数',
    'Seconds between tries while something is not visible yet',
  ),
  verification_threshold_count: setting(
    z.int().min(0).max(1_000_000),
    20,
    '核对账号时，缺失多于此数（或下一项的比例，取大者）则等人确认后才更正',
    'More missing accounts than this (or the share of the next, whichever is larger) let a verification wait for a person before it corrects anything',
  ),
  verification_threshold_percent: setting(
    z.number().min(0).max(100),
    1,
    '核对账号时，缺失占所查账号的百分比上限，见 verification_threshold_count',
    'Share of the checked accounts that may be missing, in percent; see verification_threshold_count',
  ),
  probe_before_create: setting(
    z.boolean(),
    false,
    '首次创建前也先查询（目标系统自身不拒绝重复时打开）',
    'Look an account up before the first create, for targets that do not refuse duplicates',
  ),
  person_name_check: setting(
    z.enum(['strict', 'warn']),
    'strict',
    '同工号姓名不符时：strict 拒绝，warn 只记录',
    'A request whose name differs from the known person: strict refuses, warn lets it pass',
  ),
  upstream_rejection_codes: setting(
    z.array(text).max(200),
    [],
    '目标系统的拒绝代码中，确属个人数据问题的：即使连续命中多人也不暂停该系统',
    'Codes by which target systems refuse one person for their data: they hold no queue even when they hit several people in a row',
  ),
  doubtful_names: setting(
    z.enum(['refuse', 'hold', 'accept']),
    'hold',
    '不像姓名的姓名（丢字、实体、占位词、括号备注等，NAME_DOUBTFUL）：refuse 拒收该行，hold 收下但不开户，直到有人确认（acceptNames）或更正，accept 照常开户',
    'Names that hardly are any (lost characters, entities, placeholders, notes in brackets; NAME_DOUBTFUL): refuse turns the row away, hold makes no account until somebody accepts (acceptNames) or corrects the name, accept makes it',
  ),
  pinyin_umlaut: setting(
    z.enum(umlauts),
    'v',
    '人事系统没有给出拼音时，ü 的写法：v（lv、nv）或 yu（lyu、nyu，与护照一致）；只影响此后选定的登录名和邮箱',
    'How the u with two dots of pinyin is written where HR spells no name: v (lv, nv) or yu (lyu, nyu, as in passports); for logins and addresses that are chosen from now on',
  ),
  default_person_type: setting(
    z.string().max(50),
    '11',
    '无法识别的账号类型按此人员类型处理；空串则失败',
    'Person type for account types nobody mapped; empty: such items fail',
  ),
  country_aliases: setting(
    z.record(z.string().max(50), countryCode),
    {},
    '国家名称到两位代码的补充映射，用于解析电话',
    'More names of countries and their two-letter codes, for parsing phone numbers',
  ),
  origin_priorities: setting(
    z.record(z.string().max(50), z.enum(priorities)),
    {},
    '各来源系统的优先级上限',
    'The highest priority each origin system may ask for',
  ),
  console_enabled: setting(
    z.boolean(),
    true,
    '是否提供控制台页面（页面本身不含数据，查看和操作都需密钥）',
    'Whether browsers are given the console; the page holds no data, and what it shows and does needs a key all the same',
  ),
  oidc_scope_claims: setting(
    z.array(text).max(20),
    ['scope', 'scp', 'roles'],
    '令牌中给出权限的声明（空格分隔的文本或列表）；不认识的值忽略',
    'Claims of tokens that name scopes, as a text with spaces or a list; what is no scope is ignored',
  ),
  oidc_group_claims: setting(
    z.array(text).max(20),
    ['groups', 'roles'],
    '令牌中给出用户组或角色的声明，其权限见 oidc_group_scopes',
    'Claims of tokens that name groups or roles; what those permit stands in oidc_group_scopes',
  ),
  oidc_group_scopes: setting(
    z.record(z.string().max(200), z.array(z.enum(scopeNames))),
    {},
    '用户组或角色对应的权限，如 {"accountsync-operators": ["operate", "people:read"]}',
    'What groups or roles of the issuer permit, such as {"accountsync-operators": ["operate", "people:read"]}',
  ),
  graphiql_enabled: setting(
    z.boolean(),
    true,
    '是否在浏览器中提供 GraphiQL 页面（页面本身不含数据，操作仍需密钥）',
    'Whether browsers are given the GraphiQL page; it holds no data, and what it asks needs a key all the same',
  ),
  api_rate_limit_points: setting(
    z.int().min(1).max(100_000_000),
    60_000,
    '每个主体在一个时间窗内最多可发起的 API 操作数（所有副本合计），超出返回 429',
    'API operations a principal may begin per window, over all replicas; beyond it 429',
  ),
  api_rate_limit_window_seconds: setting(
    z.int().min(1).max(86_400),
    60,
    'API 限流时间窗的长度（秒）',
    'Length of the window of the API rate limit, in seconds',
  ),
  api_rate_limit_overrides: setting(
    z.record(z.string().max(200), z.int().min(1).max(100_000_000)),
    {},
    '个别主体的 API 操作数上限，取代 api_rate_limit_points，如 {"oa": 600}',
    'API operations per window for single principals, in place of api_rate_limit_points, such as {"oa": 600}',
  ),
  reserved_local_parts: setting(
    distinct(z.array(text).max(1_000)),
    RESERVED_LOCAL_PARTS,
    '不分配给个人的邮箱前缀',
    'Local parts that are given to nobody',
  ),
  ...areaSettings,
  ...notificationSettings,
  ...retentionSettings,
  ...restSettings,
} as const;

/** Defaults of a registered system. */
export interface SystemDefaults {
  readonly system: string;
  readonly ratePerSecond: number;
  readonly maxConcurrency: number;
  readonly dependsOn: readonly string[];
  /** Settings of the system's own, e.g. patterns for its answers. */
  readonly patterns: Readonly<
    Record<string, { readonly value: string; readonly zh: string; readonly en: string }>
  >;
}

/** Names of a system's own settings. */
export function rateLimitKey(system: string): string {
  return `rate_limit_${system.toLowerCase()}_per_second`;
}
export function maxConcurrencyKey(system: string): string {
  return `max_concurrency_${system.toLowerCase()}`;
}

/** Highest rate and concurrency: a greater figure is probably a typing error. */
const MAX_RATE_PER_SECOND = 10_000;
const MAX_CONCURRENCY = 500;

/** Every Setting of this installation: the common ones and those that follow from the registered systems. */
export function settingsCatalogue(systems: readonly SystemDefaults[]): SettingsCatalogue {
  const names = systems.map((definition) => definition.system);
  const catalogue: Record<string, SettingDefinition> = { ...commonSettings };
  catalogue['enabled_account_types'] = setting(
    distinct(z.array(z.enum(names))),
    names,
    '启用的账号系统',
    'Systems that accounts may be asked for',
  );
  catalogue['account_dependencies'] = setting(
    z.record(z.string(), distinct(z.array(z.string()))).superRefine((graph, context) => {
      const problem = describeProblem(graph, names);
      if (problem !== null) context.addIssue({ code: 'custom', ...problem });
    }),
    Object.fromEntries(systems.map((definition) => [definition.system, [...definition.dependsOn]])),
    '每个系统依赖哪些系统的账号先存在',
    'Which systems an account of each system needs first; must not contain a cycle',
  );
  catalogue['paused_systems'] = setting(
    pausedSystemsSchema(names),
    [],
    '维护中的系统 [{system, until?, reason}]：其任务等待、不消耗重试次数，到 until（或移除该项）后自动继续',
    'Systems under maintenance [{system, until?, reason}]: their tasks wait and lose no attempt, and go on after until, or once the entry is removed',
  );
  for (const definition of systems) {
    const { system } = definition;
    catalogue[rateLimitKey(system)] = setting(
      z.number().positive().max(MAX_RATE_PER_SECOND),
      definition.ratePerSecond,
      `对 ${system} 每秒最多调用次数（所有进程合计）`,
      `Calls per second to ${system}, all processes together`,
    );
    catalogue[maxConcurrencyKey(system)] = setting(
      z.int().min(1).max(MAX_CONCURRENCY),
      definition.maxConcurrency,
      `对 ${system} 同时进行的任务数（所有进程合计）`,
      `Tasks at ${system} at the same time, all processes together`,
    );
    for (const [key, { value, zh, en }] of Object.entries(definition.patterns)) {
      catalogue[key] = setting(patterns, value, zh, en);
    }
  }
  return catalogue;
}

/** Describes the problem in words for the log, and as code and parameters for the API (see `checkSetting`). */
function describeProblem(graph: DependencyGraph, systems: readonly string[]) {
  const problem = findDependencyProblem(graph, systems);
  if (problem === null) return null;
  if (problem.kind === 'cycle') {
    const cycle = problem.path.join(' → ');
    return { message: `has a cycle: ${cycle}`, params: { code: 'DEPENDENCY_CYCLE', parameters: { cycle } } };
  }
  const { system } = problem;
  return {
    message: `names the system ${system}, which does not exist; known are ${systems.join(', ')}`,
    params: { code: 'INVALID', parameters: { variant: 'SYSTEM', system, known: [...systems] } },
  };
}
