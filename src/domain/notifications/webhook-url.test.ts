import { expect, test } from 'vitest';
import { checkWebhookUrl, isUrlAllowed } from './webhook-url.ts';

test.each([
  ['https://portal.example.com/hooks?team=1#top', 'https://portal.example.com/hooks?team=1'],
  ['https://10.1.2.3/hooks', 'https://10.1.2.3/hooks'],
  ['http://127.0.0.1:9000/', 'http://127.0.0.1:9000/'],
  ['http://localhost:9000', 'http://localhost:9000/'],
  ['http://[::1]:9000/', 'http://[::1]:9000/'],
])('%s may be sent to', (text, url) => {
  expect(checkWebhookUrl(text, [])).toEqual({ url });
});

test.each([
  ['portal.example.com/hooks', 'URL'],
  ['', 'URL'],
  [`https://portal.example.com/${'a'.repeat(2_000)}`, 'URL'],
  ['http://portal.example.com/hooks', 'URL_SCHEME'],
  ['http://127.0.0.1.nip.io/', 'URL_SCHEME'],
  ['file:///etc/passwd', 'URL_SCHEME'],
  ['javascript:alert(1)', 'URL_SCHEME'],
  ['https://user:secret@portal.example.com/', 'URL_CREDENTIALS'],
  ['https://169.254.169.254/latest/meta-data', 'URL_ADDRESS'],
  ['https://0xA9FEA9FE/', 'URL_ADDRESS'],
  ['https://[::ffff:169.254.169.254]/', 'URL_ADDRESS'],
  ['https://[fe80::1]/', 'URL_ADDRESS'],
  ['https://0.0.0.0/', 'URL_ADDRESS'],
])('%s may not: %s', (text, problem) => {
  expect(checkWebhookUrl(text, [])).toEqual({ problem });
});

test.each([
  ['http://10.20.30.40:8080/hooks', ['10.20.30.40:8080'], true],
  ['http://10.20.30.40:8080/hooks', ['10.20.30.40'], true],
  ['http://10.20.30.40/hooks', ['10.20.30.40:8080'], false],
  ['http://Portal.corp.example/', ['portal.CORP.example'], true],
  ['http://portal.corp.example.evil.com/', ['portal.corp.example'], false],
  ['http://169.254.169.254/', ['169.254.169.254'], false],
  ['http://user:secret@portal.corp.example/', ['portal.corp.example'], false],
  ['ftp://portal.corp.example/', ['portal.corp.example'], false],
] as const)('DP04: %s may be unencrypted where %o may: %s', (url, hosts, expected) => {
  expect('url' in checkWebhookUrl(url, hosts)).toBe(expected);
});

test.each([
  ['https://portal.example.com/hooks/7', ['https://portal.example.com/hooks'], true],
  ['https://portal.example.com/hooks?form=7', ['https://portal.example.com/hooks/'], true],
  ['https://portal.example.com/hooks-of-others', ['https://portal.example.com/hooks'], false],
  ['https://portal.example.com/hooks/../admin', ['https://portal.example.com/hooks'], false],
  ['https://portal.example.com.evil.com/', ['https://portal.example.com'], false],
  ['https://portal.example.com:8443/', ['https://portal.example.com'], false],
  ['https://portal.example.com/x', ['other.example.com', 'Portal.Example.com'], true],
  ['https://portal.example.com:8443/x', ['portal.example.com'], true],
  ['https://portal.example.com/x', ['portal.example.com:8443'], false],
  ['https://sub.portal.example.com/x', ['portal.example.com'], false],
  ['https://portal.example.com/x', [], false],
] as const)('%s under %o is allowed: %s', (url, allowlist, expected) => {
  expect(isUrlAllowed(url, allowlist)).toBe(expected);
});
