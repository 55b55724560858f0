import { describe, expect, it } from 'vitest';
import { formatDateTime, parseDateTime } from './date-time.ts';

describe('a moment that is shown', () => {
  it.each([
    ['2026-11-22 03:28:16.023127+00', '2026-11-22T03:28:16.023Z'],
    ['2026-11-22 03:28:16.5+00', '2026-11-22T03:28:16.500Z'],
    ['2026-11-22 03:28:16+00', '2026-11-22T03:28:16.000Z'],
    ['2026-11-22 11:28:16.023+08', '2026-11-22T03:28:16.023Z'],
  ])('is RFC 3339 in UTC with milliseconds: %s', (text, shown) => {
    expect(formatDateTime(text)).toBe(shown);
  });

  it('may come as a Date', () => {
    expect(formatDateTime(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
  });

  it('is refused when it is none', () => {
    expect(() => formatDateTime('soon')).toThrow(TypeError);
  });
});

describe('a moment that is given', () => {
  it.each([
    ['2026-11-22T03:28:16Z', '2026-11-22T03:28:16Z'],
    ['2026-11-22T11:28:16.023127+08:00', '2026-11-22T03:28:16.023127Z'],
    ['2024-02-29t00:00:00z', '2024-02-29T00:00:00Z'],
  ])('is taken in any offset: %s', (text, utc) => {
    expect(parseDateTime(text)).toBe(utc);
  });

  it.each([
    '2026-11-22',
    '2026-11-22T03:28:16',
    '2026-02-30T00:00:00Z',
    '2026-11-22T24:00:00Z',
    'x',
    '2026-11-22T03:28:16+99:00',
  ])('is refused when no such moment exists: %s', (text) => {
    expect(parseDateTime(text)).toBeNull();
  });
});
