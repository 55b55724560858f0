import { expect, test } from 'vitest';
import { FailingTargets } from './failing-targets.ts';

test('a receiver that fails gets one attempt at a time, until one arrives', async () => {
  const failing = new FailingTargets();
  await failing.watch('a', async () => false);
  expect(failing.admits('a')).toBe(true);
  const attempt = Promise.withResolvers<boolean>();
  const watched = failing.watch('a', () => attempt.promise);
  expect([failing.admits('a'), failing.admits('b')]).toEqual([false, true]);
  attempt.resolve(true);
  await watched;
  const others = [1, 2].map(() => Promise.withResolvers<boolean>());
  const both = others.map(({ promise }) => failing.watch('a', () => promise));
  expect(failing.admits('a')).toBe(true);
  for (const { resolve } of others) resolve(false);
  await Promise.all(both);
  expect(failing.admits('a')).toBe(true);
});
