import { expect, test } from 'vitest';
import { formatKey, isKey, prefixOf } from './key-format.ts';

const entropy = '0123456789abcdef0123456789abcdef01234567';

test('a key is recognised by its form and its checksum', () => {
  const key = formatKey('live', entropy);
  expect(key).toMatch(/^as_live_[0-9a-f]{48}$/);
  expect(isKey(key)).toBe(true);
  expect(isKey(formatKey('watch', entropy))).toBe(true);
  // The checksum covers the kind: a key of one kind is not one of the other.
  expect(isKey(key.replace('live', 'watch'))).toBe(false);
  expect(isKey(key.replace('0123', '0124'))).toBe(false);
  for (const text of ['', 'as_live_', `${key} `, `${key}\n`, key.toUpperCase()])
    expect(isKey(text)).toBe(false);
});

test('what is shown of a key is its beginning', () => {
  expect(prefixOf(formatKey('live', entropy))).toBe('as_live_01234567');
  expect(prefixOf(formatKey('watch', entropy))).toBe('as_watch_01234567');
});
