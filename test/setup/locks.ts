import { sql } from 'kysely';
import { vi } from 'vitest';
import type { Sql } from '../../src/entities/tables.ts';

/**
 * Waits until `work` is over or some statement of this database waits for a lock; returns whether one does. For
 * tests that must not go on before the other side is either through or stopped.
 */
export async function isBlocked(db: Sql, work: Promise<unknown>): Promise<boolean> {
  let over = false;
  const ended = () => {
    over = true;
  };
  work.then(ended, ended);
  return vi.waitFor(
    async () => {
      if (over) return false;
      const { rows } = await sql`
        select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
      if (rows.length === 0) throw new Error('It neither ended nor waits for a lock.');
      return true;
    },
    { timeout: 60_000, interval: 5 },
  );
}
