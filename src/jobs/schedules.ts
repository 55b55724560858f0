import type { PgBoss } from 'pg-boss';
import type { LiveSettings } from '../entities/settings/live-settings.ts';
import { purgeJob } from './maintenance/purge-job.ts';
import { relayJob } from './notifications/notification-jobs.ts';
import { sweepJob } from './provisioning/sweep.ts';
import { syncPeopleJob } from './provisioning/sync-people-job.ts';

/** When nobody works and nothing else is scheduled on the hour. */
const NIGHTLY = 'FREQ=DAILY;BYHOUR=3;BYMINUTE=20';

/**
 * Puts the schedules in line with the Settings. Every replica may call it: the row is the same, and pg-boss fires each
 * occurrence once. Occurrences missed while nothing ran are caught up by one.
 */
export async function applySchedules(
  boss: PgBoss,
  settings: LiveSettings,
  options: {
    readonly hr: boolean;
    /** Where night is night. */
    readonly displayTimeZone: string;
  },
): Promise<void> {
  const minutes = settings.get('task_processing_interval_minutes');
  await boss.schedule(
    sweepJob.name,
    `FREQ=MINUTELY;INTERVAL=${minutes}`,
    {},
    { key: 'sweep', singletonKey: 'sweep', missed: 'once' },
  );
  await boss.schedule(
    relayJob.name,
    'FREQ=MINUTELY',
    {},
    { key: 'relay', singletonKey: 'relay', missed: 'once' },
  );
  await boss.schedule(
    purgeJob.name,
    NIGHTLY,
    {},
    { key: 'purge', singletonKey: 'purge', missed: 'once', tz: options.displayTimeZone },
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
