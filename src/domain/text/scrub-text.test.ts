import { describe, expect, test } from 'vitest';
import { scrubErrorText, scrubText } from './scrub-text.ts';

describe('scrubText', () => {
  test.each([
    ['phone 13812345678 taken', 'phone 138****5678 taken'],
    ['手机号13812345678已存在', '手机号138****5678已存在'],
    ['+86 138-1234-5678', '138****5678'],
    ['8613812345678', '138****5678'],
    ['+49 170 1234567', '491****4567'],
    ['11010119900307423X', '****'],
    ['zhang.san@mail.example.com', 'z***@mail.example.com'],
    ['Authorization: Bearer abc.def-ghi', 'Authorization: Bearer [redacted]'],
    ['signed with whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'signed with whsec_[redacted]'],
    [`as_live_${'0123456789abcdef'.repeat(3)}`, 'as_live_01234567…'],
    [`key ask_${'A'.repeat(32)}`, 'key ask_[redacted]'],
    ['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln', '[redacted]'],
    [
      'GET https://api.example.com/x?access_token=secret1&page=2',
      'GET https://api.example.com/x?access_token=[redacted]&page=2',
    ],
    ['postgres://user:hunter2@db:5432/x', 'postgres://[redacted]@db:5432/x'],
  ])('%s', (text, scrubbed) => {
    expect(scrubText(text)).toBe(scrubbed);
  });

  test.each([
    'req_20261122_138123456789',
    'P13812345678_IDAAS_0123abcd',
    '2026-11-22T10:30:56.944Z',
    'evt_0f3c6a0e5c0b4f0c9d0e13812345678d',
    'enc1.0123456789ab.AAAA.BBBB',
    'took 1795320000000 ms, 13812345 rows',
    'at file:///app/src/jobs/kit/job.ts:138:12',
    'http://127.0.0.1:4000/graphql?query=x',
    '张三',
  ])('leaves %s as it is', (text) => {
    expect(scrubText(text)).toBe(text);
  });
});

test('of words in Chinese in an error the first character stays', () => {
  expect(scrubErrorText('no such person: 张三丰 (阿卜杜拉·买买提), 13812345678')).toBe(
    'no such person: 张* (阿*), 138****5678',
  );
});
