import { z } from 'zod';
import { hrSettings } from './provisioning/settings/hr-settings.ts';
import { personSettings } from './provisioning/settings/person-settings.ts';
import { taskSettings } from './provisioning/settings/task-settings.ts';
import { type DependencyGraph, findDependencyProblem } from './provisioning/states/dependencies.ts';
import { accessSettings } from './settings/access-settings.ts';
import { areaSettings } from './settings/area-settings.ts';
import { notificationSettings } from './settings/notification-settings.ts';
import { distinct } from './settings/own-rules.ts';
import { pausedSystemsSchema } from './settings/paused-systems.ts';
import { restSettings } from './settings/rest-settings.ts';
import { retentionSettings } from './settings/retention-settings.ts';
import { type SettingDefinition, type SettingsCatalogue, setting } from './settings/setting-definition.ts';

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

/** Settings that do not depend on which systems are registered; each area keeps its own list. */
export const commonSettings = {
  ...taskSettings,
  ...hrSettings,
  ...personSettings,
  ...accessSettings,
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

/**
 * Every Setting of this installation: the common ones and those that follow from the registered systems. `others`: upstreams
 * without accounts that can be paused, too.
 */
export function settingsCatalogue(
  systems: readonly SystemDefaults[],
  others: readonly string[] = [],
): SettingsCatalogue {
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
    pausedSystemsSchema([...names, ...others]),
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
