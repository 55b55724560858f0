import { describe, expect, test } from 'vitest';
import { allErrors } from '../catalogue/all-errors.ts';
import type { Locale } from '../errors/error-entry.ts';
import { renderError } from '../errors/render-error.ts';
import { settingsCatalogue } from '../settings-catalogue.ts';
import { checkSetting, SETTING_VALUE_MAX_UNITS } from './check-setting.ts';

const catalogue = settingsCatalogue(
  ['IDAAS', 'WELINK'].map((system) => ({
    system,
    ratePerSecond: 10,
    maxConcurrency: 8,
    dependsOn: [],
    patterns:
      system === 'WELINK' ? { welink_exists_pattern: { value: 'exist', zh: '已存在', en: 'exists' } } : {},
  })),
);

function check(key: string, value: unknown) {
  const definition = catalogue[key];
  if (definition === undefined) throw new Error(`There is no setting ${key}.`);
  return checkSetting(key, definition, value);
}

/** Path and message of everything that is wrong. */
function problems(key: string, value: unknown, locale: Locale = 'EN'): [path: string, message: string][] {
  return check(key, value).problems.map((problem) => [
    problem.path.join('.'),
    renderError(allErrors, problem, locale),
  ]);
}

test('a good value comes back as it is to be stored', () => {
  expect(check('account_creation_max_retries', 7)).toEqual({ value: 7, problems: [] });
});

describe('what is expected is said in both languages', () => {
  test.for<[key: string, value: unknown, path: string, en: string, zh: string]>([
    ['account_creation_max_retries', '7', 'value', 'expected number', '应为数字'],
    ['account_creation_max_retries', 101, 'value', '<=100', '<=100'],
    ['task_processing_enabled', 'yes', 'value', 'expected boolean', '应为布尔值'],
    ['task_processing_enabled', null, 'value', 'expected boolean', '应为布尔值'],
    ['person_name_check', 'lax', 'value', '"strict"|"warn"', '"strict"|"warn"'],
    ['account_creation_retry_delays_seconds', [1, -1], 'value.1', '>=0', '>=0'],
    ['enabled_account_types', ['IDAAS', 'LDAP'], 'value.1', '"IDAAS"|"WELINK"', '"IDAAS"|"WELINK"'],
    ['country_aliases', { 中国: 'CHN' }, 'value.中国', 'no two-letter code', '不是国家的两位代码'],
    ['country_aliases', { 中国: 'XX' }, 'value.中国', 'no two-letter code', '不是国家的两位代码'],
    ['enabled_account_types', ['IDAAS', 'IDAAS'], 'value.1', 'in entry 0 already', '与第 0 项'],
    ['operator_emails', ['a@x.cn', 'A@x.cn'], 'value.1', 'in entry 0 already', '与第 0 项'],
    ['valid_employee_statuses', ['1', '1'], 'value.1', 'in entry 0 already', '与第 0 项'],
    ['country_aliases', { ['x'.repeat(51)]: 'CN' }, `value.${'x'.repeat(51)}`, '<=50', '<=50'],
    ['welink_exists_pattern', '(', 'value', 'not a regular expression', '不是有效的正则表达式'],
    ['account_dependencies', { IDAAS: ['LDAP'] }, 'value', 'known are IDAAS, WELINK', 'IDAAS、WELINK'],
  ])('%s: %j', ([key, value, path, en, zh]) => {
    expect(problems(key, value)).toEqual([[path, expect.stringContaining(en)]]);
    expect(problems(key, value, 'ZH_CN')).toEqual([[path, expect.stringContaining(zh)]]);
    expect(problems(key, value, 'ZH_CN')[0]?.[1]).toContain('设置');
  });
});

test('Chinese messages are Chinese but for what has no other name', () => {
  const values = [
    null,
    true,
    1.5,
    -1,
    'x',
    ['x'],
    { x: 1 },
    1e9,
    '',
    [],
    {},
    [{ system: 'IDAAS', reason: '' }],
  ];
  for (const key of Object.keys(catalogue))
    for (const value of values)
      for (const [, message] of problems(key, value, 'ZH_CN')) {
        const words = message.replaceAll(/设置 \w+|的 value\S*|"[^"]*"|（[^）]*）/g, '');
        expect([key, value, words.match(/[a-z]{4,}( [a-z]{2,})+/i)]).toEqual([key, value, null]);
      }
});

test('every problem of a value is reported', () => {
  expect(problems('account_creation_retry_delays_seconds', ['a', 1, 'b']).map(([path]) => path)).toEqual([
    'value.0',
    'value.2',
  ]);
});

test('a cycle is named', () => {
  const graph = { IDAAS: ['WELINK'], WELINK: ['IDAAS'] };
  expect(check('account_dependencies', graph).problems).toMatchObject([{ code: 'DEPENDENCY_CYCLE' }]);
  expect(problems('account_dependencies', graph)).toEqual([
    ['value', expect.stringContaining('IDAAS → WELINK → IDAAS')],
  ]);
});

test.for<[value: unknown, path: string]>([
  [['ok', 'a\0b'], 'value.1'],
  [['\ud800'], 'value.0'],
])('texts that cannot be stored are refused: %j', ([value, path]) => {
  expect(problems('reserved_local_parts', value)).toEqual([[path, expect.stringContaining('U+')]]);
});

test('a system is paused once at most, by an end with its time zone', () => {
  const pause = { system: 'IDAAS', reason: '升级' };
  expect(problems('paused_systems', [pause, pause])).toEqual([
    ['value.1.system', expect.stringContaining('IDAAS is paused by an entry before')],
  ]);
  expect(problems('paused_systems', [{ ...pause, until: 'tomorrow' }])).toEqual([
    ['value.0.until', expect.stringContaining('ISO datetime')],
  ]);
});

test('a key that cannot be stored is refused', () => {
  expect(problems('country_aliases', { 'a\0': 'CN' })).toEqual([
    ['value', expect.stringContaining('U+0000')],
  ]);
});

test('a value beyond all measure is refused', () => {
  const value = Object.fromEntries(
    Array.from({ length: SETTING_VALUE_MAX_UNITS / 10 }, (_, index) => [`c${index}`, 'CN']),
  );
  expect(problems('country_aliases', value)).toEqual([['value', expect.stringContaining('200000')]]);
});
