import { expect, test } from 'vitest';
import { startTestServer } from '../../../test/setup/server.ts';
import { negotiateLocale } from './negotiate-locale.ts';

test.each([
  ['zh-CN,zh;q=0.9,en;q=0.8', 'ZH_CN'],
  ['en-US,en;q=0.9', 'EN'],
  ['en;q=0.5, zh-TW;q=0.8', 'ZH_CN'],
  ['fr, en;q=0.1', 'EN'],
  ['fr', 'ZH_CN'],
  ['zh;q=0, en', 'EN'],
  ['ZH_CN', 'ZH_CN'],
  ['EN', 'EN'],
  ['', 'ZH_CN'],
  [';;;q=x', 'ZH_CN'],
  [undefined, 'ZH_CN'],
  [42, 'ZH_CN'],
])('%j is read as %s', (accepted, locale) => {
  expect(negotiateLocale(accepted, 'ZH_CN')).toBe(locale);
});

test('an operation sees the language of its request', async () => {
  await using server = await startTestServer();
  const english = await (await server.post({ query: '{ locale }' }, { 'accept-language': 'en-GB' })).json();
  expect(english.data.locale).toBe('EN');
  const unsaid = await (await server.post({ query: '{ locale }' }, { 'accept-language': '*' })).json();
  expect(unsaid.data.locale).toBe('ZH_CN');
});
