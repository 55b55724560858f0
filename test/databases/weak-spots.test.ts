import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Weak spots of the first system, W1 to W31: none may come back. */
const WEAK_SPOTS = 31;

test('every weak spot of the first system has a test that is named by its number', () => {
  const files = globSync(['test/databases/*.test.ts', 'src/domain/databases/**/*.test.ts']);
  const titles = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^ *test\('((?:W\d+(?:, )?)+):/gm)].map(([, numbers]) => numbers),
  );
  const named = new Set(titles.flatMap((numbers) => numbers?.split(', ') ?? []));
  const missing = Array.from({ length: WEAK_SPOTS }, (_, index) => `W${index + 1}`).filter(
    (one) => !named.has(one),
  );
  expect(missing).toEqual([]);
});
