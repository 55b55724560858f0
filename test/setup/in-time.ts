import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Sql } from '../../src/entities/tables.ts';

const LOOK_EVERY_MS = 10;

/**
 * Whether it happens within so many milliseconds, as this process and Postgres live them: a machine that has no time for
 * either for a while does not make what happens at once late.
 */
export async function inTime(
  db: Sql,
  withinMs: number,
  happened: () => boolean | Promise<boolean>,
): Promise<boolean> {
  for (let livedMs = 0; livedMs < withinMs; livedMs += LOOK_EVERY_MS) {
    if (await happened()) return true;
    await Promise.all([delay(LOOK_EVERY_MS), sql`select 1`.execute(db)]);
  }
  return happened();
}
