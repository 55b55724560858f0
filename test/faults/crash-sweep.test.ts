import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseSeed } from './setup/seed.ts';
import { CrashSweep } from './setup/sweep.ts';

/** The whole sweep is in `npm run test:faults`. */
const POINTS = 2;

let sweep: CrashSweep;
let operations: string[];
beforeAll(async () => {
  sweep = await CrashSweep.start();
  operations = await sweep.operations();
});
afterAll(() => sweep.stop());

test('the work is what it is counted to be', () => {
  expect(operations.filter((line) => line.endsWith('HTTP')).length).toBeGreaterThanOrEqual(5);
  expect(operations.length).toBeGreaterThan(30);
});

test('a worker killed before or after an operation leaves exactly one account each', async () => {
  const seed = chooseSeed('two crash points');
  const step = Math.floor(operations.length / POINTS);
  for (let index = 0; index < POINTS; index += 1) {
    const at = 1 + index * step + (seed % step);
    const point = { at, when: index % 2 === 0 ? 'before' : 'after' } as const;
    const { violations } = await sweep.crash(point);
    expect({ seed, point, operation: operations[at - 1], violations }).toMatchObject({ violations: [] });
  }
});
