import { sql } from 'kysely';
import type { Sql } from '../../src/entities/tables.ts';
import { bringForward } from '../../src/jobs/kit/job.ts';
import { deliverJob } from '../../src/jobs/notifications/notification-jobs.ts';

/** Stands for time that passes: every delivery that waits is tried now. */
export async function hurryDeliveries(db: Sql): Promise<void> {
  const { rows } = await sql<{ delivery: string }>`
    update notification_delivery set next_attempt_at = now() where status in ('PENDING', 'RETRY') returning id as delivery`.execute(
    db,
  );
  await bringForward(db, deliverJob, rows);
}
