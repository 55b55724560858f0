import type { PgBoss } from 'pg-boss';
import type { LiveSettings } from '../entities/settings/live-settings.ts';
import { schedules } from './schedule-list.ts';

/**
 * Puts the schedules in line with the Settings. Every replica may call it: the row is the same, and pg-boss fires each
 * occurrence once. Occurrences missed while nothing ran are caught up by one.
 */
export async function applySchedules(
  boss: PgBoss,
  settings: LiveSettings,
  options: { readonly hr: boolean },
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
}
