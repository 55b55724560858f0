import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseSeed, numbersOf } from '../setup/seed.ts';
import { CrashSweep } from '../setup/sweep.ts';

let sweep: CrashSweep;
beforeAll(async () => {
  sweep = await CrashSweep.start();
});
afterAll(() => sweep.stop());

test('ten points of three people at three systems, by a seed', { timeout: 600_000 }, async () => {
  const seed = chooseSeed('ten crash points');
  const random = numbersOf(seed);
  const { length } = await sweep.operations();
  for (let round = 1; round <= 10; round += 1) {
    const at = 1 + Math.floor(random.next().value * 2 * length);
    const point = { at, when: round % 2 === 0 ? 'before' : 'after' } as const;
    const { violations } = await sweep.crash(point, 3);
    expect({ seed, point, violations }).toMatchObject({ violations: [] });
  }
});
