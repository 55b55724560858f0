import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deadLetterOf } from '../../src/jobs/kit.ts';
import { findViolations } from './setup/invariants.ts';
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
  const seed = Date.now() % 100_000;
  const step = Math.floor(operations.length / POINTS);
  for (let index = 0; index < POINTS; index += 1) {
    const at = 1 + index * step + (seed % step);
    const point = { at, when: index % 2 === 0 ? 'before' : 'after' } as const;
    const { violations } = await sweep.crash(point);
    expect({ seed, point, operation: operations[at - 1], violations }).toMatchObject({ violations: [] });
  }
});

test('the checker sees what is broken', async () => {
  const { bench } = sweep;
  const violations = () => findViolations(bench, { processes: 20 });
  expect(await violations()).toEqual([]);
  const damage: Readonly<Record<string, () => Promise<unknown> | unknown>> = {
    I2: () => bench.sandbox.control.putAccount({ system: 'WELINK', key: 'NOBODY-1' }),
    I3: () =>
      sql`update account_task set status = 'RETRY' where id = (select min(id) from account_task)`.execute(
        bench.sql,
      ),
    I4: () =>
      sql`update request_item set status = 'FAILED' where id = (select min(id) from request_item)`.execute(
        bench.sql,
      ),
    I8: () => bench.core.boss.send(deadLetterOf('provisioning.intake-request'), {}),
    I10: () =>
      sql`insert into task_attempt (task_id, execution_attempt, outcome, started_at, finished_at)
        select (select max(id) from account_task), 100 + n, 'RETRYABLE', now(), now() from generate_series(1, 20) n`.execute(
        bench.sql,
      ),
    I1: () => bench.sandbox.control.reset(),
  };
  for (const [invariant, breakIt] of Object.entries(damage)) {
    await breakIt();
    const found = (await violations()).map((text) => text.split(':')[0]);
    expect(found).toContain(invariant);
  }
});
