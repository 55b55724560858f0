import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { SettingsCatalogue } from './settings/setting-definition.ts';
import { commonSettings, maxConcurrencyKey, rateLimitKey, settingsCatalogue } from './settings-catalogue.ts';

const catalogue = settingsCatalogue([
  { system: 'IDAAS', ratePerSecond: 10, maxConcurrency: 8, dependsOn: [], patterns: {} },
  {
    system: 'WELINK',
    ratePerSecond: 25,
    maxConcurrency: 8,
    dependsOn: ['IDAAS'],
    patterns: { welink_exists_pattern: { value: 'exist', zh: '已存在', en: 'exists' } },
  },
  { system: 'EMAIL', ratePerSecond: 10, maxConcurrency: 8, dependsOn: ['IDAAS'], patterns: {} },
]);

function accepts(key: string, value: unknown, of: SettingsCatalogue = catalogue): boolean {
  const definition = of[key];
  if (definition === undefined) throw new Error(`There is no setting ${key}.`);
  return definition.schema.safeParse(value).success;
}

function defaultOf(key: string): unknown {
  return catalogue[key]?.defaultValue;
}

describe('every setting', () => {
  test.for(Object.keys(catalogue))('%s accepts its own default and is described in both languages', (key) => {
    expect(accepts(key, defaultOf(key))).toBe(true);
    expect(catalogue[key]?.zh).toMatch(/\p{Script=Han}/u);
    expect(catalogue[key]?.en).toMatch(/^[\x20-\x7e]+$/);
  });

  test.for(Object.keys(catalogue))('%s refuses a value of no use', (key) => {
    expect(accepts(key, { no: Symbol('use') })).toBe(false);
    expect(accepts(key, null)).toBe(false);
  });

  test.for(Object.keys(catalogue))('%s survives being stored as JSON', (key) => {
    expect(accepts(key, JSON.parse(JSON.stringify(defaultOf(key))))).toBe(true);
  });
});

describe('defaults of provisioning.md', () => {
  test.for<[key: string, value: unknown]>([
    ['account_creation_enabled', true],
    ['request_task_creation_enabled', true],
    ['task_processing_enabled', true],
    ['task_processing_interval_minutes', 5],
    ['account_creation_max_retries', 5],
    ['account_creation_retry_delays_seconds', [2, 15, 120, 600, 1_800]],
    ['uncertain_first_delay_seconds', 2],
    ['uncertain_second_delay_seconds', 30],
    ['visibility_retry_seconds', 30],
    ['probe_before_create', false],
    ['person_name_check', 'strict'],
    ['default_person_type', '11'],
    ['enabled_account_types', ['IDAAS', 'WELINK', 'EMAIL']],
    ['account_dependencies', { IDAAS: [], WELINK: ['IDAAS'], EMAIL: ['IDAAS'] }],
    ['rate_limit_idaas_per_second', 10],
    ['rate_limit_welink_per_second', 25],
    ['rate_limit_email_per_second', 10],
    ['max_concurrency_idaas', 8],
    ['max_concurrency_welink', 8],
    ['max_concurrency_email', 8],
  ])('%s is %j', ([key, value]) => {
    expect(defaultOf(key)).toEqual(value);
  });

  test('reserve the local parts that belong to no person', () => {
    expect(defaultOf('reserved_local_parts')).toEqual(
      expect.arrayContaining(['postmaster', 'admin', 'root', 'all', 'noreply']),
    );
  });
});

describe('limits', () => {
  test.for<[key: string, good: readonly unknown[], bad: readonly unknown[]]>([
    ['task_processing_interval_minutes', [1, 1_440], [0, 1_441, 1.5, '5']],
    ['account_creation_max_retries', [0, 100], [-1, 101, 0.5]],
    ['account_creation_retry_delays_seconds', [[0], [1, 2]], [[], [-1], 5]],
    ['rate_limit_idaas_per_second', [0.5, 10_000], [0, -1, 10_001, Number.POSITIVE_INFINITY]],
    ['max_concurrency_idaas', [1, 500], [0, 501, 2.5]],
    ['person_name_check', ['strict', 'warn'], ['STRICT', '']],
    ['default_person_type', ['', '12'], ['x'.repeat(51)]],
    ['enabled_account_types', [[], ['EMAIL']], [['LDAP'], ['email']]],
    ['origin_priorities', [{}, { OA: 'LOW' }], [{ OA: 'URGENT' }]],
    ['country_aliases', [{ 中国: 'CN' }], [{ 中国: 'CHN' }]],
    [
      'paused_systems',
      [
        [],
        [{ system: 'IDAAS', reason: '升级' }],
        [{ system: 'IDAAS', until: '2026-11-22T12:00:00+08:00', reason: '升级' }],
        [{ system: 'IDAAS', until: null, reason: '升级' }],
      ],
      [
        [{ system: 'LDAP', reason: '升级' }],
        [{ system: 'IDAAS' }],
        [{ system: 'IDAAS', reason: ' ' }],
        [{ system: 'IDAAS', until: '2026-11-22T12:00:00', reason: '升级' }],
        [{ system: 'IDAAS', till: '2026-11-22T12:00:00Z', reason: '升级' }],
        [
          { system: 'IDAAS', reason: '升级' },
          { system: 'IDAAS', reason: '搬迁' },
        ],
      ],
    ],
    ['welink_exists_pattern', ['exist|存在'], ['(', 'x'.repeat(1_001)]],
  ])('of %s', ([key, good, bad]) => {
    for (const value of good) expect(accepts(key, value), JSON.stringify(value)).toBe(true);
    for (const value of bad) expect(accepts(key, value), JSON.stringify(value)).toBe(false);
  });
});

describe('account_dependencies', () => {
  function problemOf(graph: unknown): string {
    const result = catalogue['account_dependencies']?.schema.safeParse(graph);
    return result?.error === undefined ? '' : z.prettifyError(result.error);
  }

  test('accepts any acyclic graph over known systems', () => {
    expect(problemOf({ EMAIL: ['WELINK'], WELINK: ['IDAAS'] })).toBe('');
    expect(problemOf({})).toBe('');
  });

  test('refuses a cycle by naming it', () => {
    expect(problemOf({ IDAAS: ['EMAIL'], EMAIL: ['WELINK'], WELINK: ['IDAAS'] })).toContain(
      'IDAAS → EMAIL → WELINK → IDAAS',
    );
  });

  test('refuses an unknown system, naming it and the known ones', () => {
    expect(problemOf({ EMAIL: ['LDAP'] })).toContain(
      'LDAP, which does not exist; known are IDAAS, WELINK, EMAIL',
    );
  });
});

test('settings of a system are named after it in lower case', () => {
  expect(rateLimitKey('WELINK')).toBe('rate_limit_welink_per_second');
  expect(maxConcurrencyKey('WELINK')).toBe('max_concurrency_welink');
});

test('an installation without systems still has the common settings', () => {
  expect(Object.keys(settingsCatalogue([]))).toEqual(expect.arrayContaining(Object.keys(commonSettings)));
  expect(accepts('enabled_account_types', [], settingsCatalogue([]))).toBe(true);
});
