import type { PgBoss } from 'pg-boss';
import type { LiveSettings } from '../entities/settings/live-settings.ts';
import { sweepJob } from './provisioning/sweep.ts';

/**
 * Puts the schedules in line with the Settings. Every replica may call it: the row is the same, and pg-boss fires each
 * occurrence once. Occurrences missed while nothing ran are caught up by one.
 */
export async function applySchedules(boss: PgBoss, settings: LiveSettings): Promise<void> {
  const minutes = settings.get('task_processing_interval_minutes');
  await boss.schedule(
    sweepJob.name,
    `FREQ=MINUTELY;INTERVAL=${minutes}`,
    {},
    { key: 'sweep', singletonKey: 'sweep', missed: 'once' },
  );
}
