import { expect, test } from 'vitest';
import { sayIn } from './locale.ts';
import { momentOf } from './since.ts';

const now = Date.parse('2026-11-22T08:00:00Z');

test.for([
  ['24h', '2026-11-21T08:00:00.000Z'],
  ['30m', '2026-11-22T07:30:00.000Z'],
  ['7d', '2026-11-15T08:00:00.000Z'],
  ['2026-11-22T08:00:00+08:00', '2026-11-22T00:00:00.000Z'],
] as const)('%s is %s', ([text, moment]) => {
  expect(momentOf(text, now, sayIn('en'))).toBe(moment);
});

test('anything else is refused', () => {
  expect(() => momentOf('yesterday', now, sayIn('en'))).toThrow('yesterday is no moment');
});
