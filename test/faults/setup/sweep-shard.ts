import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CrashSweep } from './sweep.ts';

/** Files that share the sweep, so that processors share it too. */
const SHARDS = 3;
/** A process that dies after a plain read has done nothing more than one that dies before what follows. */
const READS = /^operation \d+ (select|begin)\b/i;

/**
 * Kills a worker before every operation of one person at three systems, and after every one that writes, commits or
 * calls; each file does its third.
 */
export function sweepShard(shard: number): void {
  describe.each(['before', 'after'] as const)('a worker killed %s an operation', (when) => {
    let sweep: CrashSweep;
    beforeAll(async () => {
      sweep = await CrashSweep.start();
    });
    afterAll(() => sweep.stop());

    test('leaves exactly one account each, whichever it was', { timeout: 900_000 }, async () => {
      const operations = await sweep.operations();
      let reached = 0;
      for (const [index, operation] of operations.entries()) {
        if (index % SHARDS !== shard || (when === 'after' && READS.test(operation))) continue;
        const outcome = await sweep.crash({ at: index + 1, when });
        if (outcome.reached) reached += 1;
        expect({ operation, when, violations: outcome.violations }).toMatchObject({ violations: [] });
      }
      // The last few may never come: two tasks side by side share transactions as it falls out.
      expect(reached).toBeGreaterThan(operations.length / SHARDS / 3);
    });
  });
}
