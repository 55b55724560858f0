import { expect, test } from 'vitest';
import { LeastRecentlyUsed } from './least-recently-used.ts';

test('forgets what was not asked for longest, and never holds more than its capacity', () => {
  const remembered = new LeastRecentlyUsed<string, number>(2);
  remembered.set('a', 1);
  remembered.set('b', 2);
  expect(remembered.get('a')).toBe(1);
  remembered.set('c', 3);
  expect([remembered.get('a'), remembered.get('b'), remembered.get('c')]).toEqual([1, undefined, 3]);
  remembered.set('a', 4);
  expect([remembered.size, remembered.get('a')]).toEqual([2, 4]);
});
