import type { PgBoss, Schedule } from 'pg-boss';
import type { RunKind } from '../../domain/runs/run-states.ts';
import type { LiveSettings } from '../kit/live-settings.ts';

/** Something that happens by itself, once whatever the number of replicas. */
export interface ScheduleDefinition {
  /** Stable, for programs. */
  readonly name: string;
  /** What its runs are. */
  readonly kind: RunKind;
  /** The queue of the job it sends. */
  readonly queue: string;
  /** A job of this key that is queued already (or, by the policy of the queue, active) does for this firing too. */
  readonly key: string;
  readonly intervalMinutes: (settings: LiveSettings) => number;
  /** RRULE in the display time zone; default: every so many minutes. */
  readonly rule?: (settings: LiveSettings) => string;
  readonly enabled: (settings: LiveSettings) => boolean;
  /** Settings that the above read: a change of one of these puts the schedules in line again. */
  readonly settings: readonly string[];
  /** Only a worker that reaches this upstream may say whether there is such a schedule. */
  readonly needs?: string;
}

/** Work that no run shows and no Setting stops. */
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
