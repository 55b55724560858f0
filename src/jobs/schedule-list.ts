import type { PgBoss, Schedule } from 'pg-boss';
import type { RunKind } from '../domain/runs/run-states.ts';
import type { LiveSettings } from './kit/live-settings.ts';
import { syncPeopleJob } from './provisioning/hr-sync/sync-people-job.ts';
import { sweepJob } from './provisioning/sweep.ts';
import { createTasksJob } from './provisioning/task-runs/create-tasks-job.ts';

/** Something that happens by itself every so many minutes. */
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
  readonly enabled: (settings: LiveSettings) => boolean;
  /** Only a worker that reaches HR may say whether there is such a schedule. */
  readonly needsHr: boolean;
}

/** Every schedule of this service. */
export const schedules: readonly ScheduleDefinition[] = [
  {
    name: 'hr_sync',
    kind: 'HR_SYNC',
    queue: syncPeopleJob.name,
    key: 'schedule',
    intervalMinutes: (settings) => settings.get('hr_sync_interval_minutes'),
    enabled: (settings) => settings.get('hr_sync_enabled'),
    needsHr: true,
  },
  {
    name: 'task_creation',
    kind: 'TASK_CREATION',
    queue: createTasksJob.name,
    key: 'schedule',
    intervalMinutes: (settings) => settings.get('task_creation_interval_minutes'),
    enabled: (settings) =>
      settings.get('account_creation_enabled') && settings.get('task_auto_creation_enabled'),
    needsHr: false,
  },
  {
    // The safety net of everything that is under way, so no switch stops it; what is off it leaves alone by itself.
    name: 'task_processing',
    kind: 'TASK_PROCESSING',
    queue: sweepJob.name,
    key: 'sweep',
    intervalMinutes: (settings) => settings.get('task_processing_interval_minutes'),
    enabled: () => true,
    needsHr: false,
  },
];

/** What the schedules are made of: a change of one of these puts them in line again. */
export const scheduleSettings: ReadonlySet<string> = new Set([
  'hr_sync_enabled',
  'hr_sync_interval_minutes',
  'account_creation_enabled',
  'task_auto_creation_enabled',
  'task_creation_interval_minutes',
  'task_processing_interval_minutes',
]);

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
