import { afterAll, beforeAll, expect, test } from 'vitest';
import { CrashSweep } from '../setup/sweep.ts';

let sweep: CrashSweep;
beforeAll(async () => {
  sweep = await CrashSweep.start();
});
afterAll(() => sweep.stop());

/** Numbers that look random and come again for the same seed. */
function* numbersOf(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

test('ten points of three people at three systems, by a seed', { timeout: 600_000 }, async () => {
  const seed = 1 + (Date.now() % 1_000_000);
  const random = numbersOf(seed);
  const { length } = await sweep.operations();
  for (let round = 1; round <= 10; round += 1) {
    const at = 1 + Math.floor((random.next().value ?? 0) * 2 * length);
    const point = { at, when: round % 2 === 0 ? 'before' : 'after' } as const;
    const { violations } = await sweep.crash(point, 3);
    expect({ seed, point, violations }).toMatchObject({ violations: [] });
  }
});
