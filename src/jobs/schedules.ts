import type { PgBoss } from 'pg-boss';
import type { LiveSettings } from '../entities/settings/live-settings.ts';
import { sweepJob } from './provisioning/sweep.ts';
import { syncPeopleJob } from './provisioning/sync-people-job.ts';

/**
 * Puts the schedules in line with the Settings. Every replica may call it: the row is the same, and pg-boss fires each
 * occurrence once. Occurrences missed while nothing ran are caught up by one.
 */
export async function applySchedules(
  boss: PgBoss,
  settings: LiveSettings,
  options: { readonly hr: boolean } = { hr: false },
): Promise<void> {
  const minutes = settings.get('task_processing_interval_minutes');
  await boss.schedule(
    sweepJob.name,
    `FREQ=MINUTELY;INTERVAL=${minutes}`,
    {},
    { key: 'sweep', singletonKey: 'sweep', missed: 'once' },
  );
  // A worker without an HR source leaves the schedule to those that have one.
  if (!options.hr) return;
  if (settings.get('hr_sync_enabled')) {
    await boss.schedule(
      syncPeopleJob.name,
      `FREQ=MINUTELY;INTERVAL=${settings.get('hr_sync_interval_minutes')}`,
      {},
      { key: 'schedule', singletonKey: 'schedule', missed: 'once' },
    );
  } else await boss.unschedule(syncPeopleJob.name, 'schedule');
}
