import { pino } from 'pino';
import { expect, test } from 'vitest';
import { settingsCatalogue } from '../../domain/settings-catalogue.ts';
import { LiveSettings } from './live-settings.ts';

const catalogue = settingsCatalogue([
  { system: 'IDAAS', ratePerSecond: 10, maxConcurrency: 8, dependsOn: [], patterns: {} },
  {
    system: 'EMAIL',
    ratePerSecond: 3,
    maxConcurrency: 2,
    dependsOn: ['IDAAS'],
    patterns: { email_pattern: { value: 'a|b', zh: '模式', en: 'pattern' } },
  },
]);
const settings = new LiveSettings(catalogue, pino({ level: 'silent' }));

test('before anything was read, every setting has its default', () => {
  for (const [key, definition] of Object.entries(catalogue))
    expect(settings.raw(key)).toEqual(definition.defaultValue);
});

test('a common setting is read with its type', () => {
  const enabled: boolean = settings.get('account_creation_enabled');
  const delays: readonly number[] = settings.get('account_creation_retry_delays_seconds');
  expect(enabled).toBe(true);
  expect(delays).toEqual([2, 15, 120, 600, 1_800]);
});

test('settings that follow from the registered systems are read by system', () => {
  expect(settings.enabledSystems).toEqual(['IDAAS', 'EMAIL']);
  expect(settings.dependencies).toEqual({ IDAAS: [], EMAIL: ['IDAAS'] });
  expect(settings.ratePerSecond('EMAIL')).toBe(3);
  expect(settings.maxConcurrency('EMAIL')).toBe(2);
  expect(settings.raw('email_pattern')).toBe('a|b');
});

test('a system that is not registered has no limits to read', () => {
  expect(() => settings.ratePerSecond('VPN')).toThrow();
  expect(settings.raw('no_such_setting')).toBeUndefined();
});
