import { afterAll, beforeAll, expect, test } from 'vitest';
import { processEnvironment } from '../../../src/environment/env.ts';
import type { CrashPoint } from './crashing-worker.ts';
import { chooseSeed } from './seed.ts';
import { CrashSweep } from './sweep.ts';

/** Files that share the sweep, so that processors share it too. */
const SHARDS = 3;
/**
 * Nobody but the process itself knows that it is past a plain read, or past a statement whose transaction is still
 * open: dying there is dying before what follows.
 */
const KNOWN_TO_NOBODY = /^operation \d+ (unseen|seen: (select|begin))\b/i;

/** A run takes one point of so many, so that a suite of all faults fits its ten minutes; three seeds have seen all. */
const ONE_OF = 3;

/**
 * Kills a worker before every operation of one person at three systems, and after every one that others see: each file
 * does its share. A run takes a third of the points by a seed; FAULT_SWEEP=all takes all of them.
 * FAULT_POINT=before:57 does that one alone.
 */
export function sweepShard(shard: number): void {
  let sweep: CrashSweep;
  beforeAll(async () => {
    sweep = await CrashSweep.start();
  });
  afterAll(() => sweep.stop());

  test('a worker killed at any operation leaves exactly one account each', { timeout: 900_000 }, async () => {
    const operations = await sweep.operations();
    const { FAULT_POINT: only, FAULT_SWEEP: extent } = processEnvironment();
    const points = operations.flatMap((operation, index): CrashPoint[] => [
      { at: index + 1, when: 'before' },
      ...(KNOWN_TO_NOBODY.test(operation) ? [] : [{ at: index + 1, when: 'after' } as const]),
    ]);
    const ofShard = points.filter((_, index) => index % SHARDS === shard);
    const ours = pick({ points, ofShard, only, all: extent === 'all' });
    // A point that is named and is none must not pass for one that holds.
    expect(ours).not.toEqual([]);
    let reached = 0;
    for (const point of ours) {
      const outcome = await sweep.crash(point);
      if (outcome.reached) reached += 1;
      const { violations } = outcome;
      const again = `FAULT_POINT=${point.when}:${point.at}`;
      expect({ again, operation: operations[point.at - 1], violations }).toMatchObject({ violations: [] });
    }
    // The last few may never come: two tasks side by side share transactions as it falls out.
    expect(reached).toBeGreaterThanOrEqual(Math.floor(ours.length / 2));
    console.log(`${reached} of ${ours.length} points of ${operations.length} operations were reached`);
  });
}

function pick(choice: {
  readonly points: readonly CrashPoint[];
  readonly ofShard: readonly CrashPoint[];
  readonly only: string | undefined;
  readonly all: boolean;
}): readonly CrashPoint[] {
  const { points, ofShard, only, all } = choice;
  if (only !== undefined) return points.filter((point) => only === `${point.when}:${point.at}`);
  if (all) return ofShard;
  const seed = chooseSeed('crash sweep');
  return ofShard.filter((_, index) => index % ONE_OF === seed % ONE_OF);
}
