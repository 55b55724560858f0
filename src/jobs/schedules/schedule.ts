import type { PgBoss, Schedule } from 'pg-boss';
import type { RunKind } from '../../domain/runs/run-kinds.ts';
import type { LiveSettings } from '../kit/live-settings.ts';

/** Work that is started at times, once for all replicas. */
export interface ScheduleDefinition {
  /** Stable, for programs. */
  readonly name: string;
  /** Kind of its runs. */
  readonly kind: RunKind;
  /** The queue of the job it sends. */
  readonly queue: string;
  /** Key of the job: a live job of this key serves this firing too. */
  readonly key: string;
  readonly intervalMinutes: (settings: LiveSettings) => number;
  /** RRULE in the display time zone; default: an interval in minutes. */
  readonly rule?: (settings: LiveSettings) => string;
  readonly enabled: (settings: LiveSettings) => boolean;
  /** Settings that the above read: a change of one adjusts the schedules. */
  readonly settings: readonly string[];
  /** Upstream that the schedule needs: only a worker that reaches it applies the schedule. */
  readonly needs?: string;
}

/** Maintenance: no run shows it and no Setting stops it. */
export interface UpkeepDefinition {
  readonly queue: string;
  readonly key: string;
  /** RRULE in the display time zone. */
  readonly rule: string;
}

/** When a schedule fires next; null when it does not. */
export function nextFiring(
  boss: PgBoss,
  rows: readonly Schedule[],
  { queue, key }: ScheduleDefinition,
): Date | null {
  const row = rows.find((candidate) => candidate.name === queue && candidate.key === key);
  if (row === undefined) return null;
  return boss.previewSchedule(row.cron, { tz: row.timezone, count: 1 })[0] ?? null;
}
