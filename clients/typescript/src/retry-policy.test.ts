import { expect, test } from 'vitest';
import { backoffMs, defaultRetryPolicy, parseRetryAfter } from './retry-policy.ts';

test('delays double up to the longest, and are shortened by chance', () => {
  const delays = [1, 2, 3, 7, 30].map((retry) => backoffMs(defaultRetryPolicy, retry, 0));
  expect(delays).toEqual([500, 1_000, 2_000, 30_000, 30_000]);
  expect(backoffMs(defaultRetryPolicy, 2, 1)).toBe(500);
});

test('Retry-After is read as seconds and as a date', () => {
  const now = Date.parse('2026-11-22T07:00:00Z');
  expect(parseRetryAfter('7', now)).toBe(7);
  expect(parseRetryAfter('Sun, 22 Nov 2026 07:00:30 GMT', now)).toBe(30);
  expect(parseRetryAfter('Sun, 22 Nov 2026 06:00:00 GMT', now)).toBe(0);
  expect(parseRetryAfter('soon', now)).toBeNull();
  expect(parseRetryAfter(null, now)).toBeNull();
});
