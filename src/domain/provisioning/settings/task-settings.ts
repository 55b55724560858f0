import { z } from 'zod';
import { setting } from '../../settings/setting-definition.ts';
import { priorities } from '../states/states.ts';

const minutes = z.int().min(1).max(1440);
const seconds = z.number().min(0).max(86_400);
const text = z.string().min(1).max(200);

/** Most tasks one `processAccountTasks` takes: each is a row of the run and a call somewhere. */
export const MAX_TASKS_PER_BATCH = 10_000;

/** Settings of requests and their tasks (provisioning.md §5, §7). */
export const taskSettings = {
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
  upstream_rejection_codes: setting(
    z.array(text).max(200),
    [],
    '目标系统的拒绝代码中，确属个人数据问题的：即使连续命中多人也不暂停该系统',
    'Codes by which target systems refuse one person for their data: they hold no queue even when they hit several people in a row',
  ),
  origin_priorities: setting(
    z.record(z.string().max(50), z.enum(priorities)),
    {},
    '各来源系统的优先级上限',
    'The highest priority each origin system may ask for',
  ),
} as const;
