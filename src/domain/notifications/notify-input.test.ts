import { expect, test } from 'vitest';
import { checkNotify, normaliseNotify, recipientsOf } from './notify-input.ts';

const rules = { allowlist: ['https://portal.example.com/hooks'], httpHosts: [] };

test('nothing given is nothing, and a URL has one form', () => {
  expect(normaliseNotify(null)).toBeNull();
  expect(normaliseNotify({ emails: [], webhookUrl: ' ' })).toBeNull();
  expect(normaliseNotify({ webhookUrl: 'HTTPS://Portal.example.com/hooks#1' })).toEqual({
    emails: [],
    webhookUrl: 'https://portal.example.com/hooks',
  });
});

test('repeated addresses are one recipient', () => {
  const notify = normaliseNotify({ emails: [' a@example.com', 'b@example.com', 'A@Example.com'] });
  expect(notify && recipientsOf(notify)).toEqual(['A@Example.com', 'b@example.com']);
});

test('what is right has no problems', () => {
  const emails = ['ops@example.com', 'zhang.san+oa@corp.example.cn'];
  const notify = normaliseNotify({ emails, webhookUrl: 'https://portal.example.com/hooks/7' });
  expect(checkNotify(notify, rules)).toEqual([]);
});

test('every problem is reported with its place', () => {
  const notify = normaliseNotify({
    emails: ['ops@example.com', 'nobody', 'a@b.cn\r\nBcc: x@y.cn'],
    webhookUrl: 'https://other.example.com/',
  });
  expect(checkNotify(notify, rules)).toEqual([
    { code: 'INVALID', parameters: { variant: 'EMAIL' }, path: ['emails', '1'] },
    { code: 'INVALID', parameters: { variant: 'EMAIL' }, path: ['emails', '2'] },
    { code: 'INVALID', parameters: { variant: 'URL_NOT_ALLOWED' }, path: ['webhookUrl'] },
  ]);
  expect(checkNotify({ emails: [], webhookUrl: 'http://portal.example.com/hooks' }, rules)).toMatchObject([
    { parameters: { variant: 'URL_SCHEME' } },
  ]);
  const many = Array.from({ length: 11 }, (_, n) => `p${n}@example.com`);
  expect(checkNotify({ emails: many, webhookUrl: null }, { allowlist: [], httpHosts: [] })).toMatchObject([
    { code: 'TOO_MANY', path: ['emails'] },
  ]);
});

test('DP04: an unencrypted URL needs both Settings, and has one form', () => {
  const notify = normaliseNotify({ webhookUrl: 'HTTP://Portal.corp.example/hooks#1' });
  expect(notify?.webhookUrl).toBe('http://portal.corp.example/hooks');
  const allowlist = ['http://portal.corp.example/hooks'];
  const httpHosts = ['portal.corp.example'];
  expect(checkNotify(notify, { allowlist, httpHosts })).toEqual([]);
  expect(checkNotify(notify, { allowlist, httpHosts: [] })).toHaveLength(1);
  expect(checkNotify(notify, { allowlist: [], httpHosts })).toHaveLength(1);
});
