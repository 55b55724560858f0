import type { PgBoss } from 'pg-boss';
import { sealAuditJob } from './audit/seal-audit.ts';
import { verifyAuditJob } from './audit/verify-by-itself.ts';
import type { LiveSettings } from './kit/live-settings.ts';
import { purgeJob } from './maintenance/purge-job.ts';
import { relayJob } from './notifications/notification-jobs.ts';
import { schedules } from './schedule-list.ts';

/** At night, and not on the hour, when everybody's schedules fire. */
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
  for (const { name, queue, key, intervalMinutes, enabled, needsHr } of schedules) {
    if (needsHr && !options.hr) continue;
    if (!enabled(settings)) {
      await boss.unschedule(queue, key);
      continue;
    }
    const rule = `FREQ=MINUTELY;INTERVAL=${intervalMinutes(settings)}`;
    await boss.schedule(queue, rule, { schedule: name }, { key, singletonKey: key, missed: 'once' });
  }
  // Upkeep: no runs, and no Setting stops it.
  const relay = { key: 'relay', singletonKey: 'relay', missed: 'once' } as const;
  await boss.schedule(relayJob.name, 'FREQ=MINUTELY', {}, relay);
  const seal = { key: 'seal', singletonKey: 'seal', missed: 'once' } as const;
  await boss.schedule(sealAuditJob.name, 'FREQ=MINUTELY', {}, seal);
  const verify = {
    key: 'verify',
    singletonKey: 'verify',
    missed: 'once',
    tz: options.displayTimeZone,
  } as const;
  await boss.schedule(verifyAuditJob.name, NIGHTLY, {}, verify);
  const purge = { key: 'purge', singletonKey: 'purge', missed: 'once', tz: options.displayTimeZone } as const;
  await boss.schedule(purgeJob.name, NIGHTLY, {}, purge);
}
