import { sql } from 'kysely';
import { z } from 'zod';
import type { Sql } from '../../entities/tables.ts';

const fired = z.object({ schedule: z.string().max(100) });

/** Stores when a schedule fired last, if `data` belongs to a job that a schedule sent. */
export async function noteFiring(db: Sql, data: unknown): Promise<void> {
  const job = fired.safeParse(data);
  if (!job.success) return;
  await sql`
    insert into schedule_firing (name, fired_at) values (${job.data.schedule}, clock_timestamp())
    on conflict (name) do update set fired_at = excluded.fired_at`.execute(db);
}
