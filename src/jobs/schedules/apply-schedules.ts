import type { PgBoss } from 'pg-boss';
import type { LiveSettings } from '../kit/live-settings.ts';
import type { ScheduleDefinition, UpkeepDefinition } from './schedule.ts';

/**
 * Adjusts the schedules to the Settings. Every replica may call it: the row is the same, and pg-boss fires each
 * occurrence once. Occurrences missed while nothing ran are made up for by one.
 */
export async function applySchedules(
  boss: PgBoss,
  settings: LiveSettings,
  options: {
    readonly schedules: readonly ScheduleDefinition[];
    readonly upkeep: readonly UpkeepDefinition[];
    /** Upstreams that this worker reaches. */
    readonly reaches: ReadonlySet<string>;
    readonly displayTimeZone: string;
  },
): Promise<void> {
  const tz = options.displayTimeZone;
  for (const { name, queue, key, intervalMinutes, rule, enabled, needs } of options.schedules) {
    if (needs !== undefined && !options.reaches.has(needs)) continue;
    if (!enabled(settings)) {
      await boss.unschedule(queue, key);
      continue;
    }
    const every = rule?.(settings) ?? `FREQ=MINUTELY;INTERVAL=${intervalMinutes(settings)}`;
    const zone = rule === undefined ? {} : { tz };
    await boss.schedule(
      queue,
      every,
      { schedule: name },
      { key, singletonKey: key, missed: 'once', ...zone },
    );
  }
  for (const { queue, key, rule } of options.upkeep)
    await boss.schedule(queue, rule, {}, { key, singletonKey: key, missed: 'once', tz });
}
